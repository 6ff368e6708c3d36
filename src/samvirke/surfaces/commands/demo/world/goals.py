"""What people want, in their own words, and what is done about it. No health, no debts, nobody's secret."""

from __future__ import annotations

from samvirke.kernel.codes import AgencyKind, TargetGroup
from samvirke.kernel.gate_words import DataKind
from samvirke.surfaces.commands.demo.world.types import ActionPattern, GoalPattern
from samvirke.surfaces.commands.demo.world.types import InTwoLanguages as Two

NAV = AgencyKind.NAV_STATE
SOCIAL = AgencyKind.SOCIAL_SERVICE
WEEKLY = Two("én time i uka", "one hour a week")
FORTNIGHTLY = Two("annenhver uke", "every other week")
ONCE = Two("én gang", "once")
TWO_DAYS = Two("to dager i uka", "two days a week")
THREE_DAYS = Two("tre dager i uka", "three days a week")
FULL_TIME = Two("fem dager i uka", "five days a week")

GOALS: tuple[GoalPattern, ...] = (
    GoalPattern(
        DataKind.EMPLOYMENT,
        Two("Jeg vil ha en jobb der jeg får bruke hendene.", "I want a job where I can use my hands."),
        Two("Fast jobb i minst 50 prosent", "A permanent job of at least 50 per cent"),
        12,
        (
            ActionPattern(
                NAV,
                Two("Praksisplass på et verksted", "Practice placement in a workshop"),
                Two(
                    "Sammen med en arbeidsgiver som lærer bort faget",
                    "With an employer who teaches the trade",
                ),
                THREE_DAYS,
                13,
            ),
            ActionPattern(
                SOCIAL,
                Two("Støtte til arbeidstøy og reise", "Support for work clothes and travel"),
                Two("Søknaden skrives sammen", "The application is written together"),
                ONCE,
                3,
            ),
        ),
    ),
    GoalPattern(
        DataKind.EMPLOYMENT,
        Two("Jeg vil tjene mine egne penger igjen.", "I want to earn my own money again."),
        Two("Lønn som hovedinntekt", "Wages as main income"),
        12,
        (
            ActionPattern(
                NAV,
                Two("Jobbsøking sammen med veileder", "Job seeking together with an adviser"),
                Two("To søknader for hver samtale", "Two applications for each meeting"),
                WEEKLY,
                26,
            ),
            ActionPattern(
                NAV,
                Two("Lønnstilskudd hos en arbeidsgiver i nærheten", "Wage subsidy with an employer nearby"),
                Two("Arbeidsgiver og veileder møtes hver måned", "Employer and adviser meet every month"),
                FULL_TIME,
                26,
            ),
        ),
    ),
    GoalPattern(
        DataKind.EDUCATION,
        Two("Jeg vil fullføre videregående.", "I want to finish upper secondary school."),
        Two("Vitnemål fra videregående", "A diploma from upper secondary school"),
        18,
        (
            ActionPattern(
                NAV,
                Two("Voksenopplæring med tilrettelagt timeplan", "Adult education with an adapted timetable"),
                Two("Fagene tas ett og ett", "The subjects are taken one at a time"),
                THREE_DAYS,
                40,
            ),
            ActionPattern(
                SOCIAL,
                Two(
                    "Kontaktperson som følger opp skoledagen",
                    "A contact person who follows up the school day",
                ),
                Two("Melding etter hver skoleuke", "A message after each school week"),
                WEEKLY,
                40,
            ),
        ),
        frozenset({TargetGroup.YOUTH}),
    ),
    GoalPattern(
        DataKind.EDUCATION,
        Two("Jeg vil bli fagarbeider.", "I want to become a skilled worker."),
        Two("Læreplass innen høsten", "An apprenticeship by the autumn"),
        12,
        (
            ActionPattern(
                NAV,
                Two("Prøve tre yrker, to uker i hvert", "Try three occupations, two weeks in each"),
                Two("Samtale etter hver periode", "A talk after each period"),
                FULL_TIME,
                6,
            ),
            ActionPattern(
                NAV,
                Two("Søke læreplass", "Apply for an apprenticeship"),
                Two("Veileder blir med til bedriften", "The adviser comes along to the firm"),
                FORTNIGHTLY,
                16,
            ),
        ),
        frozenset({TargetGroup.YOUTH}),
    ),
    GoalPattern(
        DataKind.SOCIAL,
        Two("Jeg vil ha noe å stå opp til om morgenen.", "I want something to get up for in the morning."),
        Two("Fast aktivitet minst to dager i uka", "A regular activity at least two days a week"),
        6,
        (
            ActionPattern(
                SOCIAL,
                Two("Plass på kommunens aktivitetssenter", "A place in the municipality's activity centre"),
                Two("Første gang sammen med kontaktpersonen", "The first time with the contact person"),
                TWO_DAYS,
                20,
            ),
            ActionPattern(
                NAV,
                Two("Arbeidstrening i rolig tempo", "Work training at a calm pace"),
                Two("Dagene økes når det kjennes riktig", "More days when it feels right"),
                TWO_DAYS,
                16,
            ),
        ),
    ),
    GoalPattern(
        DataKind.ECONOMY,
        Two(
            "Jeg vil vite hva jeg har å leve for hver måned.",
            "I want to know what I have to live on each month.",
        ),
        Two("Oversikt over inntekter og faste utgifter", "An overview of income and fixed expenses"),
        4,
        (
            ActionPattern(
                SOCIAL,
                Two("Budsjett som blir holdt ved like", "A budget that is kept up to date"),
                Two("Gjennomgang den første uka i måneden", "A review in the first week of the month"),
                Two("én gang i måneden", "once a month"),
                16,
            ),
            ActionPattern(
                NAV,
                Two("Felles utbetalingsdato for ytelsene", "One payment day for the benefits"),
                Two("Etatene avtaler datoen seg imellom", "The agencies agree on the day between them"),
                ONCE,
                6,
            ),
        ),
    ),
    GoalPattern(
        DataKind.HOUSING,
        Two("Jeg vil bo et sted der jeg kan bli boende.", "I want to live in a place where I can stay."),
        Two("Leiekontrakt på minst tre år", "A lease of at least three years"),
        9,
        (
            ActionPattern(
                SOCIAL,
                Two(
                    "Søke kommunal bolig og se på private",
                    "Apply for municipal housing and view private flats",
                ),
                Two("Kontaktpersonen blir med på visning", "The contact person comes along to viewings"),
                FORTNIGHTLY,
                20,
            ),
            ActionPattern(
                SOCIAL,
                Two("Garanti for depositum", "A guarantee for the deposit"),
                Two("Søkes når boligen er funnet", "Applied for when the home is found"),
                ONCE,
                4,
            ),
        ),
    ),
    GoalPattern(
        DataKind.EMPLOYMENT,
        Two(
            "Jeg vil ha en jobb som lar seg forene med barnehagen.",
            "I want a job that goes together with the kindergarten.",
        ),
        Two("Dagjobb i gangavstand eller med buss", "A day job within walking distance or by bus"),
        12,
        (
            ActionPattern(
                SOCIAL,
                Two(
                    "Barnehageplass som følger arbeidstida", "A kindergarten place that follows working hours"
                ),
                Two("Søkes før tiltaket starter", "Applied for before the intervention starts"),
                ONCE,
                6,
            ),
            ActionPattern(
                NAV,
                Two("Arbeidspraksis med kortere dager", "Work practice with shorter days"),
                Two("Start klokka ni, slutt klokka to", "From nine o'clock to two o'clock"),
                FULL_TIME,
                13,
            ),
        ),
        frozenset({TargetGroup.SINGLE_PROVIDER}),
    ),
    GoalPattern(
        DataKind.EDUCATION,
        Two(
            "Jeg vil ta igjen den utdanningen jeg måtte avbryte.",
            "I want to take up the studies I had to break off.",
        ),
        Two("Opptak til neste studieår", "Admission for the next academic year"),
        14,
        (
            ActionPattern(
                NAV,
                Two("Karriereveiledning", "Career guidance"),
                Two("Tre samtaler og en plan for opptak", "Three talks and a plan for admission"),
                FORTNIGHTLY,
                8,
            ),
            ActionPattern(
                SOCIAL,
                Two("Avlastning på kveldstid i eksamenstida", "Relief in the evenings during exams"),
                Two("Avtales for to måneder om gangen", "Agreed for two months at a time"),
                TWO_DAYS,
                9,
            ),
        ),
        frozenset({TargetGroup.SINGLE_PROVIDER, TargetGroup.LONG_TERM_RECIPIENT}),
    ),
    GoalPattern(
        DataKind.EDUCATION,
        Two(
            "Jeg vil snakke norsk så godt at jeg kan ta telefonen på jobben.",
            "I want to speak Norwegian well enough to answer the phone at work.",
        ),
        Two("Norskprøve på nivå B1", "The Norwegian test at level B1"),
        12,
        (
            ActionPattern(
                SOCIAL,
                Two("Norskkurs på formiddagen", "Norwegian classes in the morning"),
                Two("Plassen er sikret ut året", "The place is secured for the year"),
                FULL_TIME,
                40,
            ),
            ActionPattern(
                NAV,
                Two("Språkpraksis i butikk", "Language practice in a shop"),
                Two("En kollega er språkvenn", "A colleague is language friend"),
                TWO_DAYS,
                20,
            ),
        ),
        frozenset({TargetGroup.IMMIGRANT_OR_REFUGEE}),
    ),
    GoalPattern(
        DataKind.EMPLOYMENT,
        Two("Jeg vil få bruke yrket mitt her også.", "I want to use my profession here too."),
        Two("Godkjent utdanning og en jobb i faget", "Recognised education and a job in the field"),
        18,
        (
            ActionPattern(
                NAV,
                Two("Søknad om godkjenning av utdanning", "Application for recognition of education"),
                Two("Papirene samles og oversettes", "The papers are gathered and translated"),
                ONCE,
                12,
            ),
            ActionPattern(
                NAV,
                Two("Hospitering hos en arbeidsgiver i faget", "A work visit with an employer in the field"),
                Two("Mentor på arbeidsplassen", "A mentor at the workplace"),
                THREE_DAYS,
                13,
            ),
        ),
        frozenset({TargetGroup.IMMIGRANT_OR_REFUGEE}),
    ),
    GoalPattern(
        DataKind.NETWORK,
        Two("Jeg vil bli kjent med flere på stedet.", "I want to get to know more people in the village."),
        Two("Med i en forening eller et lag", "A member of a club or an association"),
        8,
        (
            ActionPattern(
                SOCIAL,
                Two("Besøke tre foreninger", "Visit three associations"),
                Two("En frivillig blir med", "A volunteer comes along"),
                FORTNIGHTLY,
                8,
            ),
        ),
    ),
    GoalPattern(
        DataKind.SOCIAL,
        Two(
            "Jeg vil ha førerkort, så jeg kommer meg rundt.",
            "I want a driving licence, so that I can get around.",
        ),
        Two("Bestått teoriprøve, så oppkjøring", "The theory test passed, then the driving test"),
        10,
        (
            ActionPattern(
                SOCIAL,
                Two("Teorikurs på biblioteket", "Theory course at the library"),
                Two("I gruppe, på kveldstid", "In a group, in the evening"),
                WEEKLY,
                12,
            ),
        ),
    ),
    GoalPattern(
        DataKind.EMPLOYMENT,
        Two("Jeg vil at noen skal se hva jeg kan.", "I want somebody to see what I can do."),
        Two("Kompetansekartlegging og én attest", "A mapping of skills and one reference"),
        6,
        (
            ActionPattern(
                NAV,
                Two("Kartlegge det jeg har gjort før", "Map what I have done before"),
                Two("To samtaler og en praktisk prøve", "Two talks and a practical test"),
                FORTNIGHTLY,
                5,
            ),
            ActionPattern(
                NAV,
                Two("Kort praksis med attest", "A short placement with a reference"),
                Two(
                    "Arbeidsgiver skriver attesten sammen med meg", "The employer writes it together with me"
                ),
                FULL_TIME,
                6,
            ),
        ),
    ),
)
