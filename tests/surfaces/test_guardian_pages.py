"""Who acts for whom, on the pages: a guardian's own, the worker's, and a young person's own room."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

import people
from gate.test_guardians import client
from people import CANARY_WORDS, acting_as, family, guardian
from people_and_plan.test_guardian_answers import OF_THE_CHILD, asked, both, given, says, young_person
from samvirke.gate.models import AccessEntry
from samvirke.kernel.gate_words import DataKind
from samvirke.people import guardian_answers, guardians
from surfaces.test_consent_pages import read, sent
from surfaces.test_writing_pages import visit

pytestmark = people.database


def question(child: UUID, draft_id: UUID) -> str:
    """Where a guardian answers."""
    return reverse("child_question", args=[child, draft_id])


class TestTheGuardian:
    def test_gives_says_who_is_waited_for_and_takes_back_with_as_few_clicks(self) -> None:
        one = family()
        child, (mother, father) = one.child.person_id, both(one)
        draft_id = asked(child)
        address = question(child, draft_id)
        assert "You and one more must say yes" in read(visit(mother), "/my-children/")
        assert "Nothing is shared before the other one" in sent(visit(mother), address, step="yes")
        assert given(one.child) == 1
        assert "The other one has said yes" in read(visit(father), address)
        assert "everybody has said yes who must" in sent(visit(father), address, step="yes")
        assert given(one.child) == 2
        with acting_as(mother) as viewer:
            consent_id = guardian_answers.question(viewer, child, draft_id).asked.consent_id
        back = reverse("child_withdraw", args=[child, consent_id])
        assert back in read(visit(mother), "/my-children/")  # one click to what follows, one to do it
        assert "for everybody" in read(visit(mother), back)
        assert "It is taken back" in sent(visit(mother), back)
        assert given(one.child) == 1
        assert "Everybody has said yes" not in read(visit(father), address)

    def test_one_no_is_seen_by_both_and_tells_neither_place_nor_reason(self) -> None:
        one = family()
        child, (mother, father) = one.child.person_id, both(one)
        address = question(child, asked(child))
        sent(visit(father), address, step="no")
        for who in (mother, father):
            assert "Somebody has said no" in read(visit(who), address)
        page = read(visit(father), address) + read(visit(father), "/my-children/")
        assert not any(word in page for word in CANARY_WORDS)

    def test_a_question_is_for_those_who_act_for_the_child(self) -> None:
        one = family()
        child, (mother, father) = one.child.person_id, both(one)
        draft_id = asked(child)
        address = question(child, draft_id)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            (row,) = [row for row in guardians.around(viewer, child) if row.citizen_id == father]
            guardians.end(guardianship_id=row.guardianship_id, by=viewer)
        for who, status in ((mother, 200), (father, 404), (one.child.citizen_id, 404)):
            assert visit(who).get(address).status_code == status
            assert visit(who).post(address, {"step": "yes"}).status_code in (
                {302} if status == 200 else {404}
            )
        assert given(one.child) == 1

    def test_the_log_names_the_child_who_was_shown_and_no_child_who_was_not_asked_for(self) -> None:
        one = family()
        child, (mother, _) = one.child.person_id, both(one)

        def lines(address: str) -> int:
            about = AccessEntry.objects.filter(subject_id=child)
            with acting_as(one.child.citizen_id):
                before = about.count()
            visit(mother).get(address)
            with acting_as(one.child.citizen_id):
                return about.count() - before

        assert "Liv" in read(visit(mother), reverse("my_seen"))
        assert lines(reverse("my_seen")) == 1
        for route in ("child_withdraw", "child_visit"):
            assert lines(reverse(route, args=[uuid4(), uuid4()])) == 0

    def test_the_person_sees_who_acts_for_them_and_until_when(self) -> None:
        one = family()
        page = read(visit(one.child.citizen_id), "/my-plan/consents/")
        assert "Who acts for you" in page
        assert "Parent with shared parental responsibility" in page
        assert "1 September 2035" in page
        assert "Who acts for you" not in read(visit(one.mother.person.citizen_id), "/my-plan/consents/")


class TestTheWorker:
    def _form(self, citizen_id: UUID, **other: Any) -> dict[str, Any]:
        form = {
            "citizen_id": str(citizen_id),
            "name": "Ola",
            "footing": "no.parents_shared",
            "scope": [str(int(DataKind.ECONOMY))],
            "lives_with": "no",
            "reference": "Vedtak 12/2026",
            "seen_on": "2026-03-01",
            "until": "",
        }
        return form | other

    def _acts(self, who: UUID, child: UUID) -> list[Any]:
        with acting_as(who) as viewer:
            return [row.scope for row in guardians.wards(viewer) if row.person_id == child]

    def test_records_another_scope_and_ends_it(self) -> None:
        one = family()
        child, (_, father) = one.child.person_id, both(one)
        client = visit(people.SOCIAL_WORKER)
        page = sent(client, reverse("record_guardian", args=[child]), **self._form(father))
        assert "holds from now on" in page
        assert self._acts(father, child) == [(DataKind.ECONOMY,)]
        with acting_as(people.SOCIAL_WORKER) as viewer:
            (row,) = [
                row for row in guardians.around(viewer, child) if row.is_in_force and row.citizen_id == father
            ]
        address = reverse("end_guardian", args=[child, row.guardianship_id])
        assert "sees nothing" in read(client, address)
        assert self._acts(father, child) == [(DataKind.ECONOMY,)]
        sent(client, address)
        assert self._acts(father, child) == []

    @pytest.mark.parametrize(
        ("wrong", "says_so"),
        [
            ({"scope": []}, "Choose at least one kind"),
            ({"until": "2026-01-01"}, "end before it begins"),
            ({"seen_on": "2026-04-01"}, "That day is still to come"),
            ({"footing": "no.guardian_of_adult"}, "Nobody of this kind"),
            ({"footing": "no.parent_sole"}, "the two cannot both hold"),
            ({"reference": ""}, "Write which document"),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_is_kept(
        self, wrong: dict[str, Any], says_so: str
    ) -> None:
        one = family()
        father = one.father.person.citizen_id
        address = reverse("record_guardian", args=[one.child.person_id])
        answer = visit(people.SOCIAL_WORKER).post(address, self._form(father, **wrong))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert says_so in page
        assert "error-summary" in page or "ds-error-summary" in page
        assert 'value="Ola"' in page
        assert self._acts(father, one.child.person_id) != [(DataKind.ECONOMY,)]

    def test_sees_who_has_answered_what_the_child_thought_and_what_to_do(self) -> None:
        one = family()
        child, (mother, father) = one.child.person_id, both(one)
        draft_id = asked(child)
        says(mother, draft_id)
        address = reverse("person_guardians", args=[child])
        page = read(visit(people.SOCIAL_WORKER), address)
        assert "Anne: Yes" in page
        assert "Ola: no answer yet" in page
        assert "The child agrees" in page
        says(father, draft_id, yes=False)
        assert "Talk with each of them by themselves" in read(visit(people.SOCIAL_WORKER), address)
        for who in (people.STRANGER, people.NAV_ADVISER):
            assert visit(who).get(address).status_code == 404


class TestTheOwnRoom:
    def test_says_who_reads_it_before_one_writes_and_no_guardian_finds_it(self) -> None:
        young = young_person(date(2010, 1, 1))
        client = visit(young.citizen_id)
        page = read(client, "/my-plan/own-room/")
        assert page.index("cannot read it") < page.index("<textarea")
        empty = client.post("/my-plan/own-room/", {"text": " "})
        assert (empty.status_code, "Write something first" in empty.content.decode()) == (422, True)
        assert OF_THE_CHILD in sent(client, "/my-plan/own-room/", text=OF_THE_CHILD)
        around = reverse("person_guardians", args=[young.person_id])
        assert OF_THE_CHILD in read(visit(people.SOCIAL_WORKER), around)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            parent = guardians.around(viewer, young.person_id)[0].citizen_id
        for address in ("/my-children/", "/my-plan/", "/my-plan/own-room/"):
            assert OF_THE_CHILD not in read(visit(parent), address)
        assert visit(parent).get(around).status_code == 404

    def test_whoever_is_too_young_is_told_whom_to_turn_to(self) -> None:
        one = family()
        client = visit(one.child.citizen_id)
        assert "You do not have a room" in read(client, "/my-plan/own-room/")
        client.post("/my-plan/own-room/", {"text": OF_THE_CHILD})
        assert OF_THE_CHILD not in read(client, "/my-plan/own-room/")


def test_who_reads_a_goal_is_said_before_it_is_written() -> None:
    helper = people.said_yes(client("B-1", "Berit", date(1970, 1, 2)))
    grown = people.on_plan()
    reminder = "Remember that those who act for you"
    assert reminder not in read(visit(grown.person.citizen_id), "/my-plan/goals/new/")
    for scope, warned in ((DataKind.ECONOMY, False), (DataKind.PLAN, True)):
        new = guardian(helper.citizen_id, "Berit", footing="no.guardian_of_adult", scope=scope)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            guardians.record(person_id=grown.person.person_id, guardian=new, by=viewer)
        assert (reminder in read(visit(grown.person.citizen_id), "/my-plan/goals/new/")) is warned
