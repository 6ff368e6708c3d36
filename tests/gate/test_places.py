"""A protected place: own lists, raw rows, its expiry, lifting it, and who is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

import people
from people import CANARY_WORDS, Family, acting_as, family, on_plan
from samvirke.coordination import queries as coordination
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import operations as people_operations
from samvirke.people import places
from samvirke.people import queries as people_queries
from samvirke.people.models import Person, Referral, Whereabouts
from samvirke.people.national_ids import make_synthetic
from samvirke.people.types import Places
from samvirke.plan import operations as plan
from samvirke.plan import policies
from samvirke.plan.audience import readers
from samvirke.plan.models import TeamMember
from samvirke.programmes import queries as programmes
from samvirke.surfaces.commands.catalogue.declared import SUBJECT_TABLES
from surfaces.everywhere import world

pytestmark = people.database
TODAY = people.NOW.date()
NAMED = "Sosialkonsulent i Nordeng"


def of_mother(one: Family) -> UUID:
    """The protected person."""
    return one.mother.person.person_id


def municipalities(who: UUID) -> dict[str, str]:
    """What the own list says of each record's municipality."""
    with acting_as(who) as viewer:
        return {row.external_id: row.municipality for row in programmes.records(viewer, outcome="").rows}


class TestOwnLists:
    def test_the_municipality_is_for_those_who_may_know_the_place(self, tmp_path: Path) -> None:
        one = world(tmp_path).family
        number = make_synthetic(birth_date=date(1994, 5, 4), sex=Sex.FEMALE, serial=4)
        people.record(people.Client(external_id="S-2", national_id=number))
        on_plan(people.Client(external_id="S-1"))
        hidden = {"F-1": "", "F-2": "", "F-3": ""}
        open_to_all = {"S-1": "Fjordvik", "S-2": "Fjordvik"}
        for who in (people.SOCIAL_WORKER, people.SOCIAL_COLLEAGUE, people.SOCIAL_LEADER):
            keeps_out = {"F-1"} if who == people.SOCIAL_COLLEAGUE else set()  # see `conflict`
            shown = hidden | open_to_all
            assert municipalities(who) == {key: shown[key] for key in shown.keys() - keeps_out}
        assert municipalities(people.NAV_LEADER) == {"N-1": ""}
        with acting_as(one.mother.person.citizen_id) as viewer:
            places.tell_post(person_id=of_mother(one), post_id=people.SOCIAL_WORKER, by=viewer)
        assert municipalities(people.SOCIAL_WORKER)["F-2"] == people.CANARIES.municipality
        assert municipalities(people.SOCIAL_COLLEAGUE)["F-2"] == ""


class TestTheFamilysTeam:
    """Its rows are read by every parent, so they name no post that one parent alone has named."""

    def test_a_post_that_one_member_alone_names_does_not_join(self) -> None:
        one = family()
        mothers = one.mother.person.consent_id
        with acting_as(people.COORDINATOR) as viewer, transaction.atomic():
            with pytest.raises(policies.NotOpenToPost), transaction.atomic():
                plan.add_members(
                    plan_id=one.plan_id, post_ids=[people.STRANGER], consent_id=mothers, by=viewer
                )
            assert not TeamMember.objects.filter(plan_id=one.plan_id, post_id=people.STRANGER).exists()

    def test_a_post_that_every_member_names_does(self) -> None:
        one = family()
        persons = (one.father.person, one.mother.person, one.child)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            (member,) = plan.add_family_members(
                plan_id=one.plan_id,
                post_ids=[people.NAV_ADVISER],
                consent_ids=[person.consent_id for person in persons],
                by=viewer,
            )
            assert TeamMember.objects.get(pk=member).post_id == people.NAV_ADVISER


def tells(text: str, word: str) -> bool:
    """Whether rows as text hold the word; a number not where it is part of an id, a day or a seal."""
    return bool(re.search(rf"(?<![\w.-]){word}(?![\w.-])", text)) if word.isdigit() else word in text


class TestByRowSecurityAlone:
    """What the database shows whoever asks it past the pages."""

    def rows(self, who: UUID) -> dict[str, str]:
        """Every row of each table about persons that this viewer can select, as text."""
        found = {}
        with acting_as(who), connection.cursor() as cursor:
            for table in [*SUBJECT_TABLES, "people_recall", "gate_grant", "gate_consent", "gate_accessentry"]:
                cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")  # noqa: S608
                (found[table],) = cursor.fetchone()
        return found

    def test_the_other_parent_finds_no_row_that_names_the_place(self, tmp_path: Path) -> None:
        one = world(tmp_path).family
        self._child_referred(one)
        words = [*CANARY_WORDS, people.KANARIVIK, str(of_mother(one))]
        # That the mother is of the family; and a question to both parents, of which pages name no unit, nor
        # of the consent that came of it.
        members = {"people_familymember", "people_consentdraft"}
        told = self.rows(one.father.person.citizen_id)
        told["gate_consent"] = self._consents_of_others(one.father.person.citizen_id)
        assert people.SHARED_GOAL in told["plan_goalversion"]
        found = {
            table: [word for word in words if tells(text, word)]
            for table, text in told.items()
            if table not in members
        }
        assert {table: hits for table, hits in found.items() if hits} == {}

    def _consents_of_others(self, who: UUID) -> str:
        """Those this viewer can select and has not given."""
        with acting_as(who), connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(string_agg(t::text, ' '), '') FROM gate_consent t "
                "WHERE NOT %s = ANY (given_by_id || given_with)",
                [who],
            )
            (found,) = cursor.fetchone()
        return str(found)

    def test_the_control_who_may_know_finds_them(self, tmp_path: Path) -> None:
        one = world(tmp_path).family
        told = self.rows(one.mother.person.citizen_id)
        assert "Kanari" in told["people_whereabouts"]
        assert str(people.STRANGER) in told["plan_teammember"]

    def test_a_guardian_reads_neither_referrals_nor_links_of_the_child(self, tmp_path: Path) -> None:
        one = family()
        self._child_referred(one)
        for who, sees in ((people.SOCIAL_WORKER, True), (one.father.person.citizen_id, False)):
            with acting_as(who):
                assert Referral.objects.filter(subject_id=one.child.person_id).exists() is sees
                assert Person.objects.filter(pk=one.child.person_id).exists()

    def test_a_child_of_a_family_has_no_municipality(self) -> None:
        one = family()
        with acting_as(people.SOCIAL_WORKER):
            assert Person.objects.get(pk=one.child.person_id).municipality_id is None
            assert Person.objects.get(pk=one.father.person.person_id).municipality_id == people.FJORDVIK

    def _child_referred(self, one: Family) -> None:
        terms = people.terms(units=(people.SOCIAL, people.SOCIAL_NORDENG))
        people.mother_answers_alone(one)
        consent_id = people.guardian_says_yes(one.child.person_id, one.mother.person.citizen_id, terms)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            people_operations.refer(
                person_id=one.child.person_id,
                to_unit=people.SOCIAL_NORDENG,
                consent_id=consent_id,
                by=viewer,
            )


def protect(one: Family, expires_on: date) -> None:
    """The mother states the place anew, until this day, which may have come since."""
    with acting_as(one.mother.person.citizen_id) as viewer:
        places.state_whereabouts(
            person_id=of_mother(one),
            level="no.confidential",
            places=people.CANARIES,
            expires_on=TODAY + timedelta(days=365),
            by=viewer,
        )
        Whereabouts.objects.update(expires_on=expires_on)


def plan_as(who: UUID, one: Family) -> str:
    """The mother's plan page, in all its words."""
    with acting_as(who) as viewer:
        return repr(coordination.plan_page(viewer, one.mother.plan_id))


def protections(who: UUID, one: Family) -> list[str]:
    """What this viewer is reminded of."""
    with acting_as(who) as viewer:
        return [row.standing for row in places.protections(viewer, [of_mother(one)])]


@pytest.mark.parametrize(
    ("days", "standing"),
    [(61, "in_force"), (60, "ends_soon"), (0, "ends_soon"), (-1, "overdue")],
)
def test_who_may_know_is_reminded_and_an_expired_place_goes_on_hiding(days: int, standing: str) -> None:
    one = family()
    protect(one, TODAY + timedelta(days=days))
    for who in (one.mother.person.citizen_id, people.COORDINATOR):
        assert protections(who, one) == [standing]
    for who in (people.SOCIAL_WORKER, people.NAV_ADVISER, one.father.person.citizen_id):
        assert protections(who, one) == []
    assert NAMED not in plan_as(people.NAV_ADVISER, one)


WAYS: dict[str, Callable[[UUID, Viewer], None]] = {
    "renew": lambda person_id, by: places.renew_protection(
        person_id=person_id, expires_on=TODAY + timedelta(days=365), by=by
    ),
    "lift": lambda person_id, by: places.lift_protection(person_id=person_id, by=by),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("mother", True),
        ("coordinator", True),
        ("father", False),
        ("social worker", False),
        ("nav adviser", False),
        ("stranger", False),
        ("coordination leader", False),
    ],
)
def test_only_who_may_know_renews_and_lifts(way: str, who: str, may: bool) -> None:
    one = family()
    citizens = {"mother": one.mother.person.citizen_id, "father": one.father.person.citizen_id}
    with acting_as((people.EVERYBODY | citizens)[who]) as viewer:
        if may:
            WAYS[way](of_mother(one), viewer)
        else:
            with pytest.raises(Refused):
                WAYS[way](of_mother(one), viewer)
            with pytest.raises(DatabaseError, match="lifted"), transaction.atomic():
                gate.lift_place(person_id=of_mother(one))
    assert (NAMED in plan_as(people.NAV_ADVISER, one)) is (may and way == "lift")


def test_what_returns_when_it_is_lifted_and_what_does_not() -> None:
    one = family()
    mother = one.mother.person.citizen_id
    with acting_as(mother) as viewer:
        places.lift_protection(person_id=of_mother(one), by=viewer)
        found = places.whereabouts(viewer, of_mother(one))
    assert found is not None
    assert (found.level, found.expires_on, found.places) == ("none", None, Places())
    assert municipalities(people.SOCIAL_COLLEAGUE)["F-2"] == "Fjordvik"
    with acting_as(people.SOCIAL_WORKER):
        assert Person.objects.get(pk=of_mother(one)).municipality_id is None
    with acting_as(mother) as viewer:
        for way in WAYS.values():
            with pytest.raises(places.NotProtected):
                way(of_mother(one), viewer)


def test_a_renewal_reaches_ahead() -> None:
    one = family()
    with acting_as(one.mother.person.citizen_id) as viewer:
        with pytest.raises(places.DayHasBeen):
            places.renew_protection(person_id=of_mother(one), expires_on=TODAY, by=viewer)
        places.renew_protection(person_id=of_mother(one), expires_on=date(2030, 1, 1), by=viewer)
        found = places.whereabouts(viewer, of_mother(one))
    assert found is not None
    assert (found.expires_on, found.places) == (date(2030, 1, 1), people.CANARIES)


def test_the_person_tells_a_post_and_takes_it_back() -> None:
    one = family()
    mother = one.mother.person.citizen_id
    with acting_as(mother) as viewer:
        audience = places.who_knows(viewer, of_mother(one))
        assert [post.post_id for post in audience.knows] == [people.COORDINATOR]
        assert {post.post_id for post in audience.could} == {people.SOCIAL_WORKER, people.STRANGER}
        consent_id = places.tell_post(person_id=of_mother(one), post_id=people.SOCIAL_WORKER, by=viewer)
    assert NAMED in plan_as(people.SOCIAL_WORKER, one)
    with acting_as(mother) as viewer:
        people_operations.withdraw_consent(consent_id=consent_id, by=viewer)
    assert NAMED not in plan_as(people.SOCIAL_WORKER, one)
    with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(Refused):
        places.who_knows(viewer, of_mother(one))


def test_the_child_does_not_take_back_what_a_guardian_gave() -> None:
    one = family()
    with acting_as(one.child.citizen_id) as viewer:
        assert [row.may_withdraw for row in people_queries.my_consents(viewer)] == [False]
        with pytest.raises(Refused):
            people_operations.withdraw_consent(consent_id=one.child.consent_id, by=viewer)
    with acting_as(one.mother.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=one.child.consent_id, by=viewer)


def test_the_order_of_an_audience_tells_nothing_of_posts_that_are_not_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Posts keep their ids from plan to plan: an order by ids would tell which of them stands where."""
    one, as_ever = family(), ask.who_sees
    with acting_as(people.NAV_ADVISER) as viewer:
        rows = readers(viewer, one.mother.plan_id, DataKind.EMPLOYMENT)
        monkeypatch.setattr(ask, "who_sees", lambda *asked: dict(reversed(as_ever(*asked).items())))
        assert readers(viewer, one.mother.plan_id, DataKind.EMPLOYMENT) == rows
    unnamed = [row for row in rows if row.agency_kind and not row.agency_name]
    assert len({(row.agency_kind, row.sees) for row in unnamed}) > 2
