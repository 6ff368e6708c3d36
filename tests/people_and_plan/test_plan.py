"""The one plan: who is accountable, what was agreed, what law requires, and who sees which note."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import people
from people import OnPlan, acting_as, on_plan
from people_and_plan.stand_ins import add_action, another, execute, note, refused
from samvirke.coordination import operations as coordinating
from samvirke.coordination import queries as coordination
from samvirke.gate.types import Refused
from samvirke.kernel.codes import EndReason, Occupation, SupportSource
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import operations
from samvirke.plan import actions, content, policies
from samvirke.plan import operations as planning
from samvirke.plan import queries as plans
from samvirke.plan.audience import readers
from samvirke.plan.models import Action, GoalVersion, Note, Plan, TeamMember
from samvirke.plan.operations import StaleGoal
from samvirke.plan.types import AskedOnce, ContentCheck, PlanPage, Situation
from samvirke.statutes import queries as statutes
from samvirke.surfaces.actor import POST, PURPOSE
from surfaces.pdf_text import pdf_text

pytestmark = people.database


def page(plan: OnPlan, who: str = "coordinator") -> PlanPage:
    """The plan as somebody sees it."""
    with acting_as(people.EVERYBODY[who]) as viewer:
        return coordination.plan_page(viewer, plan.plan_id)


def end(plan: OnPlan) -> None:
    """The plan ends with a job."""
    with acting_as(people.COORDINATOR) as viewer:
        coordinating.end_plan(
            plan_id=plan.plan_id,
            reason=EndReason.JOB,
            situation=Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
            by=viewer,
        )


def start_another(plan: OnPlan, *kinds: str) -> UUID:
    """A further plan for the same person."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return coordinating.start_plan(
            person_id=plan.person.person_id,
            partnership_id=people.PARTNERSHIP,
            kinds=kinds or ["no.individual_plan"],
            consent_id=plan.person.consent_id,
            unit_id=people.COORDINATING,
            deputy=people.OTHER_COORDINATOR,
            next_review=date(2026, 6, 1),
            intake=people.intake(),
            by=viewer,
        )


class TestOpenAndEnd:
    def test_one_open_plan_for_each_person(self) -> None:
        plan = on_plan()
        with pytest.raises(IntegrityError, match="one_open_plan"), transaction.atomic():
            start_another(plan)
        end(plan)
        start_another(plan)
        with acting_as(people.SOCIAL_WORKER):
            assert Plan.objects.filter(subject_id=plan.person.person_id).count() == 2

    def test_of_two_plans_of_one_day_the_one_that_goes_on_is_the_person_s(self) -> None:
        plan = on_plan()
        end(plan)
        again = start_another(plan)
        with acting_as(plan.person.citizen_id) as viewer:
            mine = coordination.my_plan(viewer)
            assert mine is not None
            assert mine.plan_id == again
            assert plans.newest_plans([plan.person.person_id]) == {plan.person.person_id: again}

    def test_an_ended_plan_stays_as_it_was(self) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATOR) as viewer:
            action = add_action(plan, viewer)
        end(plan)
        with acting_as(people.COORDINATOR) as viewer:
            for act in (
                lambda: add_action(plan, viewer),
                lambda: actions.set_status(action_id=action, status="done", by=viewer),
                lambda: planning.write_note(
                    plan_id=plan.plan_id, kind=DataKind.PLAN, text="Sent notat.", by=viewer
                ),
                lambda: planning.state(plan_id=plan.plan_id, topic="needs", text="x", by=viewer),
                lambda: planning.hold_review(plan_id=plan.plan_id, next_review=date(2026, 7, 1), by=viewer),
            ):
                with pytest.raises(policies.PlanIsClosed):
                    act()
        assert page(plan).status == "closed"

    @pytest.mark.parametrize(
        ("kinds", "holds"),
        [
            (["no.individual_plan", "no.integration_plan"], True),
            (["no.individual_plan", "se.joint_plan"], False),
            (["dk.my_plan"], False),
        ],
        ids=["one country", "two countries", "another than the partnership's"],
    )
    def test_one_plan_follows_one_country(self, kinds: list[str], holds: bool) -> None:
        plan = on_plan()
        end(plan)
        if holds:
            start_another(plan, *kinds)
        else:
            with pytest.raises(policies.MixedCountries):
                start_another(plan, *kinds)

    @pytest.mark.parametrize(
        ("change", "constraint"),
        [
            (("no", ["no.individual_plan", "no.integration_plan"]), ""),
            (("no", []), ""),
            (("no", ["dk.my_plan", "no.individual_plan"]), "one_country_in_a_plan"),
            (("no", ["nodk.my_plan"]), "one_country_in_a_plan"),
            (("no", ["no.individual_plan", "dk.my_plan"]), "one_country_in_a_plan"),
            (("dk", ["no.individual_plan"]), "one_country_in_a_plan"),
            (("dk", ["dk.my_plan"]), "the_country_of_its_partnership"),
        ],
    )
    def test_the_database_refuses_a_second_country(
        self, change: tuple[str, list[str]], constraint: str
    ) -> None:
        plan = on_plan()
        statement = "UPDATE plan_plan SET country = %s, kinds = %s WHERE id = %s"
        with acting_as(people.COORDINATOR):
            said = refused(lambda: execute(statement, [*change, plan.plan_id]))
        assert (constraint in said) if constraint else said == ""

    @pytest.mark.parametrize("kind", ["no.activity_plan", "no.hoi_plan"])
    def test_a_kind_known_from_memory_alone_is_as_unknown_as_none(self, kind: str) -> None:
        plan = on_plan()
        end(plan)
        with pytest.raises(statutes.UnknownProvision):
            start_another(plan, kind)

    def test_a_plan_needs_a_consent_in_force(self) -> None:
        plan = on_plan()
        end(plan)
        with acting_as(plan.person.citizen_id) as viewer:
            operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
        with pytest.raises(Refused):
            start_another(plan)

    def test_a_review_lies_ahead(self) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATOR) as viewer:
            planning.hold_review(plan_id=plan.plan_id, next_review=date(2026, 3, 3), by=viewer)
            with pytest.raises(policies.ReviewInThePast):
                planning.hold_review(plan_id=plan.plan_id, next_review=date(2026, 3, 2), by=viewer)
        assert page(plan).next_review == date(2026, 3, 3)


class TestActions:
    def test_exactly_one_accountable_member_of_the_same_plan(self) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            add_action(plan, viewer)
            with pytest.raises(policies.NotInTheTeam):
                add_action(plan, viewer, accountable=people.FOLLOW_UP_ADVISER)
        (action,) = page(plan).actions
        assert (action.accountable, action.accountable_agency) == ("Veileder 1", "Nav")

    def test_the_database_refuses_another_plans_member(self) -> None:
        plan, other = on_plan(), on_plan(another(4))
        with acting_as(people.SOCIAL_WORKER) as viewer:
            action = add_action(plan, viewer)
            members = {
                which: TeamMember.objects.get(plan_id=which.plan_id, post_id=people.COORDINATOR).id
                for which in (plan, other)
            }

            def move(which: OnPlan) -> str:
                return refused(
                    lambda: execute(
                        "UPDATE plan_action SET accountable_member_id = %s WHERE id = %s",
                        [members[which], action],
                    )
                )

            assert move(plan) == ""
            assert "accountable_in_this_plan" in move(other)
            assert "null value" in refused(
                lambda: execute("UPDATE plan_action SET accountable_member_id = NULL WHERE id = %s", [action])
            )

    @pytest.mark.parametrize(
        ("standing", "reference", "holds"),
        [
            ("wish", "", True),
            ("decided", "Vedtak 12", True),
            ("wish", "Vedtak 12", False),
            ("decided", "", False),
        ],
    )
    def test_a_wish_is_not_a_decision(self, standing: str, reference: str, holds: bool) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            action = add_action(plan, viewer)
            said = refused(
                lambda: execute(
                    "UPDATE plan_action SET standing = %s, decision_reference = %s WHERE id = %s",
                    [standing, reference, action],
                )
            )
        assert (said == "") is holds
        assert holds or "a_decision_has_a_reference" in said

    def test_both_stand_in_the_plan_visibly_different(self) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            add_action(plan, viewer)
            add_action(plan, viewer, decision="Vedtak 12")
        found = {(action.standing, action.decision_reference) for action in page(plan).actions}
        assert found == {("wish", ""), ("decided", "Vedtak 12")}

    @pytest.mark.parametrize(
        ("way", "holds"),
        [
            (["in_progress", "done"], True),
            (["dropped"], True),
            (["done", "in_progress"], False),
            (["dropped", "done"], False),
            (["in_progress", "planned"], False),
        ],
    )
    def test_a_status_follows_another(self, way: list[str], holds: bool) -> None:
        plan = on_plan()
        with acting_as(people.NAV_ADVISER) as viewer:
            action = add_action(plan, viewer)
            *before, last = way
            for status in before:
                actions.set_status(action_id=action, status=status, why="Passet ikke.", by=viewer)
            if holds:
                actions.set_status(action_id=action, status=last, why="Passet ikke.", by=viewer)
            else:
                with pytest.raises(policies.StatusCannotFollow):
                    actions.set_status(action_id=action, status=last, why="Passet ikke.", by=viewer)
            assert (Action.objects.get(pk=action).status == last) is holds

    def test_a_member_joins_once(self) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            planning.add_members(
                plan_id=plan.plan_id,
                post_ids=[people.NAV_ADVISER, people.FOLLOW_UP_ADVISER, people.FOLLOW_UP_ADVISER],
                consent_id=plan.person.consent_id,
                by=viewer,
            )
        titles = [member.post_title for member in page(plan).team]
        assert titles.count("Veileder 1") == titles.count("Rådgiver") == 1


class TestGoals:
    def test_a_goal_is_revised_and_the_old_words_are_kept(self) -> None:
        plan = on_plan()
        assert self.revise(plan, seen=1, words="Jeg vil bli sveiser.") == 2
        (goal,) = page(plan).goals
        assert (goal.version, goal.own_words) == (2, "Jeg vil bli sveiser.")
        with acting_as(people.COORDINATOR):
            words = GoalVersion.objects.order_by("version").values_list("own_words", flat=True)
            assert list(words) == ["Jeg vil ha en jobb der jeg får bruke hendene.", "Jeg vil bli sveiser."]

    def test_a_stale_edit_is_refused_and_nothing_is_written(self) -> None:
        plan = on_plan()
        self.revise(plan, seen=1, words="Jeg vil bli sveiser.")
        with pytest.raises(StaleGoal) as stale:
            self.revise(plan, seen=1, words="Jeg vil bli kokk.")
        assert (stale.value.current.version, stale.value.current.own_words) == (2, "Jeg vil bli sveiser.")
        with acting_as(people.COORDINATOR):
            assert GoalVersion.objects.count() == 2

    def test_an_empty_goal_is_refused(self) -> None:
        plan = on_plan()
        with pytest.raises(policies.NothingWritten):
            self.revise(plan, seen=1, words="  \n")
        assert page(plan).goals[0].version == 1

    def test_the_agreed_words_cannot_be_changed_in_the_table(self) -> None:
        plan = on_plan()
        with acting_as(plan.person.citizen_id):
            said = refused(lambda: execute("UPDATE plan_goalversion SET own_words = %s", ["Annet"]))
        assert "permission denied" in said

    @staticmethod
    def revise(plan: OnPlan, *, seen: int, words: str) -> int:
        """Somebody who saw a version writes a new one."""
        with acting_as(people.NAV_ADVISER) as viewer:
            return planning.revise_goal(
                goal_id=plan.goal_id,
                seen_version=seen,
                own_words=words,
                target="Fagbrev",
                by_when=None,
                by=viewer,
            )


NOTES = {
    DataKind.PLAN: "Møtes på torsdag.",
    DataKind.EMPLOYMENT: "Har søkt på verkstedet.",
    DataKind.HOUSING: "Mister leiligheten.",
    DataKind.HEALTH: "Venter på time.",
}


class TestNotes:
    @pytest.mark.parametrize(
        ("who", "kinds"),
        [
            ("coordinator", {DataKind.PLAN, DataKind.EMPLOYMENT, DataKind.HOUSING, DataKind.HEALTH}),
            ("social worker", {DataKind.PLAN, DataKind.EMPLOYMENT, DataKind.HOUSING, DataKind.HEALTH}),
            ("nav adviser", {DataKind.PLAN, DataKind.EMPLOYMENT}),
            ("coordination leader", {DataKind.PLAN}),
        ],
    )
    def test_written_once_and_seen_by_whom_role_and_consent_allow(
        self, who: str, kinds: set[DataKind]
    ) -> None:
        plan = on_plan()
        for kind, text in NOTES.items():
            note(plan, kind, text)
        assert {row.text for row in page(plan, who).notes} == {NOTES[kind] for kind in kinds}
        with acting_as(people.EVERYBODY[who]):
            assert {DataKind(row.kind) for row in Note.objects.all()} == kinds

    def test_a_kind_the_consent_does_not_name_is_refused(self) -> None:
        plan = on_plan(consent=people.terms(kinds=DataKind.EMPLOYMENT))
        note(plan, DataKind.EMPLOYMENT, "Har søkt.")
        with pytest.raises(Refused):
            note(plan, DataKind.HEALTH, "Venter på time.")
        assert [row.text for row in page(plan).notes] == ["Har søkt."]

    def test_the_page_offers_just_the_kinds_one_may_write(self) -> None:
        plan = on_plan()
        offered = {who: set(page(plan, who).may_write_kinds) for who in ("coordinator", "nav adviser")}
        assert offered["nav adviser"] == {DataKind.PLAN, DataKind.EMPLOYMENT, DataKind.EDUCATION}
        assert offered["coordinator"] - offered["nav adviser"] == {DataKind.HOUSING, DataKind.HEALTH}

    def test_a_note_without_text_is_refused(self) -> None:
        plan = on_plan()
        with pytest.raises(policies.NothingWritten):
            note(plan, DataKind.PLAN, "   ")
        assert page(plan).notes == ()

    @pytest.mark.parametrize(
        ("kind", "nav", "leader"),
        [
            (DataKind.PLAN, (True, "consent"), (True, "consent")),
            (DataKind.EMPLOYMENT, (True, "consent"), (False, "role_may_not")),
            (DataKind.HOUSING, (False, "role_may_not"), (False, "role_may_not")),
            (DataKind.HEALTH, (False, "role_may_not"), (False, "role_may_not")),
            (DataKind.ECONOMY, (False, "no_basis"), (False, "no_basis")),
        ],
    )
    def test_the_audience_is_told_with_the_reason(
        self, kind: DataKind, nav: tuple[bool, str], leader: tuple[bool, str]
    ) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            rows = {row.who: (row.sees, row.reason) for row in readers(viewer, plan.plan_id, kind)}
        assert rows["Veileder 1"] == nav
        assert rows["Leder for koordinerende enhet"] == leader
        assert rows["Kari Eksempel"] == (True, "self")
        assert len(rows) == 5


def missing(plan: OnPlan, kind: str = "no.individual_plan") -> set[str]:
    """What one law still requires of the plan."""
    return {row.code for row in _check(plan, kind).missing}


def _check(plan: OnPlan, kind: str) -> ContentCheck:
    (found,) = (check for check in page(plan).content_checks if check.plan_kind == kind)
    return found


def _pages(plan: OnPlan) -> tuple[str, str]:
    """What the coordinator reads on the plan's page, and in the document."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(people.COORDINATOR), int(Purpose.COORDINATION)
    session.save()
    page = client.get(f"/plans/{plan.plan_id}/").content.decode()
    return page, pdf_text(client.get(f"/plans/{plan.plan_id}/document/").content)


@contextmanager
def law_packs(folder: Path) -> Iterator[None]:
    """The countries' own packs, with more files beside them."""
    for path in statutes.PACKS.glob("*.yaml"):
        shutil.copy(path, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statutes, "PACKS", folder)
        yield


DEBT_PLAN = """
country: "no"
owner: a test
topics:
  - {code: debts, label: All debts}
plan_kinds:
  - code: no.debt_plan
    label: Debt plan
    provision: an invented provision
    source: a test
    excerpt_seen: 2026-11
    valid_from: 2026-01-01
    requirements:
      - {code: overview, label: Overview of debts, needs: ["statement:debts"], who: The adviser}
      - {code: steps, label: Agreed steps, needs: [actions, how], who: The adviser}
"""


class TestStatutoryContent:
    def test_individual_plan(self) -> None:
        plan = on_plan()
        assert missing(plan) == {
            "goals_resources_needs",
            "contributions",
            "actions_and_responsibility",
            "how_carried_out",
            "other_cooperation",
        }
        with acting_as(people.COORDINATOR) as viewer:
            for topic in ("strengths", "needs", "own_contribution", "cooperation"):
                planning.state(plan_id=plan.plan_id, topic=topic, text="Tekst.", by=viewer)
        assert missing(plan) == {"contributions", "actions_and_responsibility", "how_carried_out"}
        with acting_as(people.COORDINATOR) as viewer:
            add_action(plan, viewer)
        assert missing(plan) == set()

    def test_integration_plan(self) -> None:
        plan = on_plan()
        end(plan)
        start_another(plan, "no.individual_plan", "no.integration_plan")
        with acting_as(people.COORDINATOR):
            plan_id = Plan.objects.get(ends_before=None).id
        new = OnPlan(plan.person, plan_id, plan.goal_id)
        assert missing(new, "no.integration_plan") == {
            "end_goal",
            "norwegian_goal",
            "training_extent",
            "content",
        }
        with acting_as(people.COORDINATOR) as viewer:
            planning.state(plan_id=plan_id, topic="end_goal", text="Fagbrev.", by=viewer)
        assert "end_goal" not in missing(new, "no.integration_plan")

    def test_what_several_kinds_ask_for_is_written_once_and_counted(self) -> None:
        plan = on_plan()
        assert page(plan).asked_once.spared == 0
        assert "Written once" not in _pages(plan)[0]
        end(plan)
        start_another(plan, "no.individual_plan", "no.qualification_programme")
        with acting_as(people.COORDINATOR):
            plan_id = Plan.objects.get(ends_before=None).id
        new = OnPlan(plan.person, plan_id, plan.goal_id)
        before = page(new).asked_once
        # 14 and 5 keys; actions, extent, who answers, period and review are the same ones
        assert (before.kinds, before.asked, before.here) == (2, 19, 14)
        assert before.spared == 2  # period and review
        assert "One by one they would have asked for 19 things; here they are 14." in _pages(new)[0]
        with acting_as(people.COORDINATOR) as viewer:
            planning.state(plan_id=plan_id, topic="needs", text="Et sted å bo.", by=viewer)
        after = page(new).asked_once
        assert (after.written, after.spared) == (before.written + 1, before.spared)

    def test_what_is_exempted_and_what_is_in_place_counts(self) -> None:
        held = frozenset({"actions", "accountable", "goals:employment"})
        today = people.NOW.date()
        codes = ("dk.my_plan", "dk.action_plan")
        exempt = [("dk.my_plan", "job_seeking", "2030-01-01", "En prøve")]
        every = AskedOnce.of([content.check(code, held, on=today) for code in codes])
        some = AskedOnce.of([content.check(code, held, on=today, exempt_from=exempt) for code in codes])
        assert (every.asked, every.here, every.written, every.spared) == (13, 11, 3, 2)
        assert (some.asked, some.here, some.spared) == (12, 10, 2)
        assert AskedOnce.of([]) == AskedOnce(0, 0, 0, 0, 0)

    def test_one_more_plan_kind_by_data_alone(self, tmp_path: Path) -> None:
        (tmp_path / "no-debts.yaml").write_text(DEBT_PLAN, encoding="utf-8")
        plan = on_plan()
        end(plan)
        with pytest.raises(statutes.UnknownProvision):
            start_another(plan, "no.debt_plan")
        with law_packs(tmp_path):
            start_another(plan, "no.debt_plan")
            with acting_as(people.COORDINATOR) as viewer:
                plan_id = Plan.objects.get(ends_before=None).id
                planning.state(plan_id=plan_id, topic="debts", text="To lån.", by=viewer)
            new = OnPlan(plan.person, plan_id, plan.goal_id)
            assert missing(new, "no.debt_plan") == {"steps"}
            assert _check(new, "no.debt_plan").label == "Debt plan"
            shown, document = _pages(new)
        for words in ("Debt plan", "Overview of debts", "Agreed steps", "All debts", "To lån."):
            assert words in shown
            assert words in document
        assert (
            document.index("Overview of debts") < document.index("To lån.") < document.index("Agreed steps")
        )

    def test_what_the_viewer_does_not_see_does_not_count_as_filled(self) -> None:
        """The page never tells that something hidden is there."""
        plan = on_plan()
        with acting_as(people.COORDINATOR) as viewer:
            add_action(plan, viewer, kind=DataKind.HEALTH, accountable=people.COORDINATOR)
        codes = {
            who: {row.code for row in page(plan, who).content_checks[0].missing}
            for who in ("coordinator", "nav adviser")
        }
        assert codes["nav adviser"] - codes["coordinator"] == {
            "actions_and_responsibility",
            "how_carried_out",
        }

    def test_an_unverified_provision_says_so(self) -> None:
        found = content.check("no.individual_plan", frozenset(), on=people.NOW.date())
        assert (found.verified_on, found.citation) == (None, "")


class TestCost:
    """One page costs the same number of statements, however much stands on it."""

    MOST_STATEMENTS = 14

    def count(self, plan: OnPlan) -> int:
        """Statements of one plan page, log included, without the savepoints of the test."""
        with CaptureQueriesContext(connection) as found, acting_as(people.COORDINATOR) as viewer:
            coordination.plan_page(viewer, plan.plan_id)
        return sum("SAVEPOINT" not in query["sql"] for query in found.captured_queries)

    def test_the_plan_page(self) -> None:
        plan = on_plan()
        before = self.count(plan)
        with acting_as(people.COORDINATOR) as viewer:
            for _ in range(8):
                add_action(plan, viewer)
            planning.add_members(
                plan_id=plan.plan_id,
                post_ids=[people.FOLLOW_UP_ADVISER, people.SOCIAL_COLLEAGUE],
                consent_id=plan.person.consent_id,
                by=viewer,
            )
            for kind, text in NOTES.items():
                planning.write_note(plan_id=plan.plan_id, kind=kind, text=text, by=viewer)
        assert len(page(plan).actions) == 8
        assert self.count(plan) == before <= self.MOST_STATEMENTS

    def test_the_worklist(self) -> None:
        on_plan()
        before = self.worklist(1)
        for serial in (4, 5, 6):
            on_plan(another(serial))
        assert self.worklist(4) == before <= self.MOST_STATEMENTS

    @staticmethod
    def worklist(expected: int) -> int:
        """Statements of a worklist of so many plans."""
        with CaptureQueriesContext(connection) as found, acting_as(people.COORDINATOR) as viewer:
            assert len(coordination.worklist(viewer)) == expected
        return sum("SAVEPOINT" not in query["sql"] for query in found.captured_queries)


def test_the_worklist_counts_the_viewers_own_open_actions() -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        mine = add_action(plan, viewer)
        add_action(plan, viewer)
        add_action(plan, viewer, accountable=people.COORDINATOR)
    with acting_as(people.NAV_ADVISER) as viewer:
        actions.set_status(action_id=mine, status="done", by=viewer)
    note(plan, DataKind.EMPLOYMENT, "Ringte.")
    with acting_as(people.NAV_ADVISER) as viewer:
        (row,) = coordination.worklist(viewer)
    assert (row.open_actions, row.last_contact) == (1, people.NOW.date())
    assert row.coordinator == "Leder for koordinerende enhet"


def test_a_stranger_writes_nothing() -> None:
    plan = on_plan()
    with acting_as(people.STRANGER) as viewer:
        with pytest.raises(Plan.DoesNotExist):
            add_action(plan, viewer)
        with pytest.raises(Plan.DoesNotExist):
            planning.write_note(plan_id=uuid4(), kind=DataKind.PLAN, text="x", by=viewer)
    assert page(plan).actions == ()


@people.database
def test_a_plan_rests_on_the_person_s_own_consent() -> None:
    person, other = people.said_yes(), people.said_yes(another(2))
    with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(policies.NoConsent, match="Ask the person"):
        coordinating.start_plan(
            person_id=person.person_id,
            partnership_id=people.PARTNERSHIP,
            kinds=["no.individual_plan"],
            consent_id=other.consent_id,
            unit_id=people.COORDINATING,
            deputy=people.OTHER_COORDINATOR,
            next_review=date(2026, 6, 1),
            intake=people.intake(),
            by=viewer,
        )
    assert not Plan.objects.exists()
