"""What pages read about client records, consents and the access log."""

from __future__ import annotations

from uuid import UUID

from django.db.models import OuterRef, Subquery

from samvirke.agencies import queries as agencies
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.models import AccessEntry, Consent
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import Purpose, kinds_in
from samvirke.people import verbs
from samvirke.people.models import ClientRecord, Person, RecordAssessment
from samvirke.people.types import ConsentRow, ScreeningInput, SeenRow

NEWEST_LINES = 200


def myself(viewer: Viewer) -> UUID:
    """The person a citizen is. Raises Person.DoesNotExist for anybody else."""
    return Person.objects.values_list("pk", flat=True).get(citizen_id=viewer.post_id)


def name_of(person: Person) -> str:
    """The name as it is written."""
    return f"{person.given_name} {person.family_name}".strip()


def persons(subject_ids: set[UUID]) -> dict[UUID, Person]:
    """The persons among these subjects whom the viewer of this transaction may see."""
    return Person.objects.in_bulk(list(subject_ids))


def my_consents(viewer: Viewer) -> list[ConsentRow]:
    """The person's own consents, newest first. Raises Refused."""
    person_id = myself(viewer)
    ask.require(viewer, verbs.READ_CONSENTS, person_id)
    consents = list(Consent.objects.filter(subject_id=person_id).order_by("-given_at"))
    names = agencies.unit_names(unit for consent in consents for unit in consent.from_units + consent.to_units)
    return [_consent_row(consent, names) for consent in consents]


def who_has_seen(viewer: Viewer) -> list[SeenRow]:
    """Who has read what about the person, and why; newest first, without the person's own visits."""
    person_id = myself(viewer)
    ask.require(viewer, verbs.READ_ACCESS_LOG, person_id)
    lines = list(
        AccessEntry.objects.filter(subject_id=person_id)
        .exclude(post_id=viewer.post_id)
        .order_by("-at", "-seq")[:NEWEST_LINES]
    )
    posts = agencies.posts(line.post_id for line in lines)
    return [
        SeenRow(
            at=line.at,
            who=posts[line.post_id].title if line.post_id in posts else "",
            unit_name=posts[line.post_id].unit_name if line.post_id in posts else "",
            agency_name=posts[line.post_id].agency_name if line.post_id in posts else "",
            purpose=Purpose(line.purpose),
            kinds=tuple(kinds_in(line.kinds)),
            verb=line.verb,
            basis=line.basis,
            allowed=line.outcome == audit.ALLOWED,
        )
        for line in lines
    ]


def screening_input(viewer: Viewer) -> list[ScreeningInput]:
    """The viewer's own agency's records with what is known for screening; a worker's word beats the system's."""
    newest = RecordAssessment.objects.filter(record=OuterRef("pk")).order_by("-assessed_at")
    records = ask.visible(viewer, verbs.READ_RECORDS, ClientRecord.objects.all(), subject="id").annotate(
        said_income=Subquery(newest.values("main_income")[:1]),
        said_risk=Subquery(newest.values("assessed_at_risk")[:1]),
        said_relevant=Subquery(newest.values("relevant_for_labour_market")[:1]),
        said_special=Subquery(newest.values("assessed_needs_special_help")[:1]),
    )
    return [_screening_input(record) for record in records.order_by("external_id")]


def _screening_input(record: ClientRecord) -> ScreeningInput:
    said = record.__dict__
    return ScreeningInput(
        record_id=record.pk,
        municipality=record.municipality_id,
        birth_date=record.birth_date,
        facts={
            "main_income": _first(said["said_income"], record.main_income),
            "assessed_at_risk": _first(said["said_risk"], record.assessed_at_risk),
            "relevant_for_labour_market": _first(said["said_relevant"], record.relevant_for_labour_market),
            "assessed_needs_special_help": _first(said["said_special"], record.assessed_needs_special_help),
            "assistance_months_last_year": record.assistance_months_last_year,
            "assistance_years_of_last_three": record.assistance_years_of_last_three,
            "is_single_provider": record.is_single_provider,
            "has_insurance_rights": record.has_insurance_rights,
            "is_immigrant_or_refugee": record.is_immigrant_or_refugee,
        },
    )


def _first(*values: object) -> object:
    return next((value for value in values if value is not None), None)


def _consent_row(consent: Consent, names: dict[UUID, str]) -> ConsentRow:
    return ConsentRow(
        consent_id=consent.id,
        kinds=tuple(kinds_in(consent.kinds)),
        purposes=tuple(purpose for purpose in Purpose if consent.purposes & purpose),
        from_units=tuple(names[unit] for unit in consent.from_units),
        to_units=tuple(names[unit] for unit in consent.to_units),
        provisions=tuple(consent.provisions),
        form=consent.form,
        given_at=consent.given_at,
        valid_to=consent.valid_to,
        withdrawn_at=consent.withdrawn_at,
    )
