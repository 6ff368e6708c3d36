"""Sentences of the access document about families, protected places, lifts and sealed rows, as examples."""

import pytest
from hands import DAY, LATER, START, TICK, T, Town, name, names

from proof.oracle import acts, answer, lift_refused, words


@pytest.fixture
def town() -> Town:
    return Town()


# Families


def test_family_is_open_to_whoever_sees_every_member(town: Town) -> None:
    town.consent("anna", "plan", "nurse helper")
    town.consent("bo", "plan", "nurse")
    town.family("anna bo")
    assert [town.ask(post, "family") for post in ("nurse", "helper")] == ["circle", "not_on_team"]


def test_family_opens_the_kinds_all_have_in_common(town: Town) -> None:
    town.consent("anna", "health social", "nurse")
    town.consent("bo", "health contact", "nurse")
    town.family("anna bo")
    said = [town.ask("nurse", "family", what) for what in ("health", "social", "contact")]
    assert said == ["circle", "no_basis", "no_basis"]


def test_family_opens_for_the_purposes_all_have_in_common(town: Town) -> None:
    town.consent("anna", "plan", "nurse", purposes=3)
    town.consent("bo", "plan", "nurse", purposes=6)
    town.family("anna bo")
    said = [town.ask("nurse", "family", purpose=p) for p in (1, 2, 4)]
    assert said == ["no_basis", "circle", "no_basis"]


def test_no_common_purpose_is_nothing_at_all(town: Town) -> None:
    town.consent("anna", "plan", "nurse", purposes=1)
    town.consent("bo", "plan", "nurse", purposes=2)
    town.family("anna bo")
    assert town.ask("nurse", "family") == "not_on_team"


def test_family_opens_while_every_access_holds(town: Town) -> None:
    town.consent("anna", "plan", "nurse", until=T)
    town.consent("bo", "plan", "nurse")
    town.family("anna bo")
    assert [town.ask("nurse", "family", at=at) for at in (T - TICK, T)] == ["circle", "outside_period"]


def test_accesses_that_never_held_together_open_nothing(town: Town) -> None:
    town.consent("anna", "plan", "nurse", until=T)
    town.family("anna bo")
    town.consent("bo", "plan", "nurse", at=T)
    assert town.ask("nurse", "family", at=T - TICK) == "not_on_team"


def test_each_choice_is_taken_by_itself(town: Town) -> None:
    """Health for one purpose and plan for another never become health for the other."""
    town.consent("anna", "health", "nurse", purposes=1)
    town.consent("anna", "social", "nurse", purposes=2, word="other")
    town.consent("bo", "health social", "nurse")
    town.family("anna bo")
    said = [town.ask("nurse", "family", what, purpose=p) for what in ("health", "social") for p in (1, 2)]
    assert said == ["circle", "no_basis", "no_basis", "circle"]


def test_family_is_made_anew_when_an_access_to_a_member_begins_or_ends(town: Town) -> None:
    town.family("anna bo")
    town.consent("anna", "plan", "nurse")
    consent = town.consent("bo", "plan", "nurse")
    assert town.ask("nurse", "family") == "circle"
    town.do(acts.WithdrawConsent(T, consent))
    assert town.ask("nurse", "family") == "outside_period"


def test_family_is_made_for_each_holder_by_itself(town: Town) -> None:
    """What the post has to one member and its unit to the other is not an access to every member."""
    town.consent("anna", "plan", "worker")
    town.family("anna record")
    assert town.ask("worker", "family") == "not_on_team"


def test_parent_sees_the_family_of_child_and_self(town: Town) -> None:
    town.guardian("cai", "bo")
    town.family("bo cai")
    said = [town.ask("citizen bo", "family", what) for what in ("plan", "health", "access_log")]
    assert said == ["circle", "circle", "no_basis"]
    assert town.ask("citizen cai", "family") == "not_on_team"


def test_whoever_is_around_may_write_about_the_family(town: Town) -> None:
    town.consent("anna", "plan", "nurse")
    town.consent("bo", "plan", "nurse")
    town.family("anna bo")
    assert town.ask("nurse", "family", write=True) == "circle"


def test_lifts_do_not_count_for_a_family(town: Town) -> None:
    town.consent("anna", "plan", "nurse")
    town.family("anna bo")
    town.glass("nurse", "bo", "plan")
    assert [town.ask("nurse", one) for one in ("bo", "family")] == ["lift", "not_on_team"]


def test_nothing_is_open_before_the_family_is_opened(town: Town) -> None:
    for person in ("anna", "bo"):
        town.consent(person, "plan", "nurse", until=T - DAY)
    town.family("anna bo", at=T)
    assert town.ask("nurse", "family") == "not_on_team"


# Shares


def share(town: Town) -> None:
    town.family("anna bo")
    consent = town.consent("anna", "health", "", purposes=words.FOUR)
    town.do(acts.ShareWithFamily(START, name("family"), name("anna"), name("citizen bo"), consent))


def test_share_counts_as_identity_and_plan_of_the_giver(town: Town) -> None:
    share(town)
    said = [town.ask("citizen bo", "family", what) for what in ("identity", "plan", "health")]
    assert said == ["circle", "circle", "no_basis"]


def test_share_is_for_the_family_and_not_for_the_giver_alone(town: Town) -> None:
    share(town)
    assert town.ask("citizen bo", "anna") == "not_on_team"
    assert town.ask("citizen anna", "family") == "not_on_team"


def test_share_ends_when_its_consent_is_withdrawn(town: Town) -> None:
    share(town)
    town.do(acts.WithdrawConsent(T, name("consent of anna to ")))
    said = [town.ask("citizen bo", "family", at=at) for at in (T - TICK, T)]
    assert said == ["circle", "outside_period"]


def test_share_ends_with_its_consent(town: Town) -> None:
    share(town)
    said = [town.ask("citizen bo", "family", at=at) for at in (LATER - TICK, LATER)]
    assert said == ["circle", "outside_period"]


# Protected places


def test_protected_place_is_told_to_the_log_and_the_next_code_to_the_asker(town: Town) -> None:
    town.do(acts.ProtectPlace(T, name("anna"), name("citizen anna")))
    assert town.ask("helper", "anna", "protected_location") == "protected"
    assert town.told("helper", "anna") == "not_on_team"
    town.consent("anna", "health", "helper")
    assert town.told("helper", "anna") == "no_basis"


def test_protected_place_that_was_open_is_told_as_over(town: Town) -> None:
    town.consent("anna", "protected_location", "helper", until=T)
    town.do(acts.ProtectPlace(T, name("anna"), name("citizen anna")))
    assert town.ask("helper", "anna", "protected_location") == "protected"
    assert town.told("helper", "anna") == "outside_period"


def test_who_knows_the_place_for_another_purpose_is_told_that_it_is_protected(town: Town) -> None:
    town.consent("anna", "protected_location", "helper", purposes=2)
    town.do(acts.ProtectPlace(T, name("anna"), name("citizen anna")))
    assert town.ask("helper", "anna", "protected_location", purpose=2) == "consent"
    assert town.told("helper", "anna") == "protected"


def test_other_kinds_are_answered_as_before(town: Town) -> None:
    town.consent("anna", "contact", "helper")
    town.do(acts.ProtectPlace(T, name("anna"), name("citizen anna")))
    assert town.ask("helper", "anna", "contact") == "consent"


def test_place_of_a_member_protects_the_familys(town: Town) -> None:
    town.family("anna bo")
    town.do(acts.ProtectPlace(T, name("bo"), name("citizen bo")))
    assert town.ask("helper", "family", "protected_location") == "protected"
    town.consent("bo", "protected_location", "helper")
    assert [town.told("helper", one) for one in ("family", "anna")] == ["protected", "not_on_team"]


def test_protection_is_lifted(town: Town) -> None:
    town.do(acts.ProtectPlace(T, name("anna"), name("citizen anna")))
    town.do(acts.LiftProtection(T, name("anna"), name("citizen anna")))
    assert town.ask("helper", "anna", "protected_location") == "not_on_team"


def test_protected_is_never_lifted_and_the_answer_gives_nothing_away(town: Town) -> None:
    town.do(acts.ProtectPlace(T, name("anna"), name("citizen anna")))
    said = answer(town.world, town.question("helper", "anna", "protected_location"))
    assert (said.liftable, said.told_liftable) == (False, True)


# Lifts


def test_lift_opens_reading_and_never_writing(town: Town) -> None:
    town.glass("nurse", "anna", "health")
    said = [town.ask("nurse", "anna", "health", write=write) for write in (False, True)]
    assert said == ["lift", "no_basis"]


def test_lift_opens_the_kinds_asked_for_the_purpose_it_was_here_for(town: Town) -> None:
    town.glass("nurse", "anna", "health")
    assert town.ask("nurse", "anna", "plan") == "no_basis"
    assert town.ask("nurse", "anna", "health", purpose=2) == "no_basis"


def test_lift_ends_with_its_hours(town: Town) -> None:
    town.glass("nurse", "anna", "health", hours=72)
    end = T + 3 * DAY
    said = [town.ask("nurse", "anna", "health", at=at) for at in (end - TICK, end)]
    assert said == ["lift", "outside_period"]


def test_lift_found_a_misuse_ends(town: Town) -> None:
    town.glass("nurse", "anna", "health", at=T - TICK)
    town.do(acts.FindMisuse(T, name("lift"), name("helper")))
    assert town.ask("nurse", "anna", "health") == "outside_period"


def test_lift_opens_to_the_post_and_not_to_its_unit(town: Town) -> None:
    town.glass("nurse", "anna", "plan")
    assert town.ask("helper", "anna") == "not_on_team"


def test_lift_never_opens_place_or_log(town: Town) -> None:
    town.glass("helper", "anna", "protected_location plan")
    said = [town.ask("helper", "anna", what) for what in ("plan", "protected_location")]
    assert said == ["lift", "no_basis"]
    asked = [town.question("helper", "anna", what) for what in ("protected_location", "access_log")]
    assert [lift_refused(town.world, one, 1, "x" * 10) for one in asked] == ["kind", "kind"]


def test_lift_is_refused_where_a_place_is_protected_that_the_post_does_not_know(town: Town) -> None:
    town.do(acts.ProtectPlace(T, name("anna"), name("citizen anna")))
    asked = town.question("helper", "anna", "health")
    assert lift_refused(town.world, asked, 1, "x" * 10) == "place"
    town.consent("anna", "protected_location", "helper")
    assert lift_refused(town.world, asked, 1, "x" * 10) == ""


def test_lift_is_refused_where_a_rule_applies_that_is_never_lifted(town: Town) -> None:
    town.do(acts.BarHolder(T, name("nurse"), name("anna"), "own_case"))
    assert lift_refused(town.world, town.question("nurse", "anna"), 1, "x" * 10) == "own_case"
    assert lift_refused(town.world, town.question("citizen bo", "bo"), 1, "x" * 10) == "open"


def test_bar_stands_against_an_earlier_lift(town: Town) -> None:
    town.glass("nurse", "anna", "health")
    town.do(acts.BarHolder(T, name("nurse"), name("anna"), "own_case"))
    assert town.ask("nurse", "anna", "health") == "own_case"


# Seals and rows


def test_row_sealed_to_another_unit_is_sealed(town: Town) -> None:
    town.consent("anna", "health", "nurse helper")
    said = [town.ask("nurse", "anna", "health", seal=seal) for seal in ("", "clinic", "nav")]
    assert said == ["consent", "consent", "sealed"]


def test_person_sees_sealed_rows_and_a_guardian_never(town: Town) -> None:
    town.guardian("cai", "bo")
    said = [town.ask("citizen " + who, "cai", "health", seal="nav") for who in ("cai", "bo")]
    assert said == ["self", "sealed"]


def test_sealed_row_of_a_family_is_nobodys_own(town: Town) -> None:
    town.guardian("cai", "bo")
    town.family("bo cai")
    assert town.ask("citizen bo", "family", seal="nav") == "sealed"


def test_seal_of_the_own_unit_opens_nothing_by_itself(town: Town) -> None:
    assert town.ask("nurse", "anna", "health", seal="clinic") == "not_on_team"


def test_unit_one_has_left_is_no_holder_for_its_seal(town: Town) -> None:
    town.consent("anna", "health", "nurse")
    town.leave("nurse", "clinic")
    assert town.ask("nurse", "anna", "health", seal="clinic") == "sealed"


def test_lift_does_not_break_a_seal(town: Town) -> None:
    town.glass("nurse", "anna", "health")
    assert town.ask("nurse", "anna", "health", seal="nav") == "sealed"


def test_post_sees_the_rows_whose_kind_it_may_read_and_that_are_not_sealed_to_others(town: Town) -> None:
    rows = [("anna", "health", ""), ("anna", "health", "clinic"), ("anna", "health", "nav")]
    rows += [("anna", "social", ""), ("bo", "health", ""), ("record", "plan", "")]
    town.consent("anna", "health", "nurse")
    assert town.seen("nurse", rows) == [0, 1]


def test_person_sees_all_rows_about_themself(town: Town) -> None:
    assert town.seen("citizen anna", [("anna", "access_log", ""), ("anna", "health", "nav")]) == [0, 1]


def test_rows_are_seen_for_no_purpose_that_no_verb_serves(town: Town) -> None:
    assert town.seen("judge", [("anna", "plan", "")], purpose=16) == []


def test_named_posts_see_rows_of_a_shielded_record(town: Town) -> None:
    town.do(acts.ShieldRecord(T, name("record"), names("worker"), name("worker")))
    assert town.ask("worker", "record", seal="nav") == "own_record"
    assert town.seen("leader", [("record", "plan", "")]) == []
