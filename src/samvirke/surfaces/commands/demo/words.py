"""What is written in the demonstration's plans: notes and statements. Neutral, and about nobody."""

from __future__ import annotations

from samvirke.kernel.gate_words import DataKind

NOTES: tuple[tuple[DataKind, str], ...] = (
    (DataKind.PLAN, "Vi snakket om hvordan uka har vært, og ble enige om å møtes igjen om fjorten dager."),
    (DataKind.EMPLOYMENT, "Praksisplassen går fint. Arbeidsgiveren er fornøyd og vil gjerne forlenge."),
    (DataKind.PLAN, "Ringte som avtalt. Neste steg er et felles møte med alle rundt bordet."),
    (DataKind.EMPLOYMENT, "Gikk gjennom to stillinger. Hjelp til søknaden er avtalt til fredag."),
    (DataKind.PLAN, "Det ble et kort møte i dag. Ønsket om flere timer er notert og tas opp med Nav."),
    (DataKind.EDUCATION, "Rådgiveren på skolen kan ta imot til en samtale. Vi går sammen dit."),
    (DataKind.PLAN, "Planen er gjennomgått sammen. To tiltak er i gang, ett venter på svar."),
    (DataKind.EMPLOYMENT, "Første uke er over. Det var slitsomt, men godt å komme i gang."),
    (DataKind.PLAN, "Avtalte hvem som ringer når noe haster, og hvem som steg inn i ferien."),
)

STATEMENTS: tuple[tuple[str, str], ...] = (
    ("strengths", "Er pålitelig og god med folk. Har erfaring fra butikk og lager."),
    ("needs", "Trenger hjelp til å holde oversikt over avtaler og økonomi."),
    ("own_contribution", "Møter til avtaler, sier fra når noe ikke går, og fører egen kalender."),
    ("cooperation", "Fastlege og voksenopplæringen bør være med når det trengs."),
)

# What a meeting is about, and what is agreed in it.
AGREED: tuple[tuple[str, str], ...] = (
    (
        "Hva som er gjort siden sist, og hva som er neste steg",
        "Praksisen fortsetter ut måneden. Nav ringer arbeidsgiveren, og vi ser på timene sammen neste gang.",
    ),
    (
        "Økonomien framover",
        "Sosialtjenesten ser på faste utgifter. Ingenting endres før alle har lest gjennom tallene.",
    ),
    (
        "Ønsket om kurs",
        "Ønsket står i planen. Nav svarer innen to uker, og koordinatoren ringer med svaret.",
    ),
    (
        "Hvem gjør hva når det blir travelt",
        "Koordinatoren er den som ringes først. Resten av teamet tar én oppgave hver.",
    ),
)

AS_STAND_IN = "Er inne mens koordinatoren er borte. Ringte som avtalt; alt går som planlagt."
