"""Sentences of the access document, each turned into an example."""

import pytest
from hands import DAY, LATER, STAFF, START, TICK, T, Town, kind, name, names

from proof.oracle import acts, lift_refused, words


@pytest.fixture
def town() -> Town:
    return Town()


# The tables


def test_table_by_role_and_table_by_kind_say_the_same() -> None:
    for line in words.BY_KIND.split("\n")[1:-1]:
        what, *cells = line.split()
        for role, cell in zip(words.ROLES, cells, strict=True):
            assert ("r" in cell) == bool(words.READS[role] & kind(what)), (role, what)
            assert ("w" in cell) == bool(words.WRITES[role] & kind(what)), (role, what)


def test_kinds_and_purposes_are_bits_in_the_order_of_the_document() -> None:
    assert (words.IDENTITY, words.CONTACT, kind("health"), words.ACCESS_LOG) == (1, 2, 128, 16384)
    assert words.PURPOSES == (1, 2, 4, 8, 16, 32, 64)


# The first three rules


def test_post_without_a_membership_is_not_active(town: Town) -> None:
    assert town.ask("nobody", "record") == "not_active"


def test_ended_memberships_make_a_post_not_active(town: Town) -> None:
    town.leave("worker", "worker")
    town.leave("worker", "nav")
    assert [town.ask("worker", "record", at=at) for at in (T - TICK, T)] == ["own_record", "not_active"]


def test_membership_holds_from_its_first_moment(town: Town) -> None:
    town.join("new", "nav", "social_worker", start=T)
    assert [town.ask("new", "record", at=at) for at in (T - TICK, T)] == ["not_active", "own_record"]


def test_suspended_membership_holds_in_two_periods(town: Town) -> None:
    for holder in ("worker", "nav"):
        key = name(f"worker in {holder}")
        town.do(acts.SuspendMembership(T, key, name("again " + holder), T + DAY))
    moments = (T - TICK, T, T + DAY - TICK, T + DAY)
    said = [town.ask("worker", "record", at=at) for at in moments]
    assert said == ["own_record", "not_active", "not_active", "own_record"]


def test_unit_is_no_holder_where_only_the_posts_own_membership_holds(town: Town) -> None:
    town.leave("worker", "nav")
    assert town.ask("worker", "record") == "not_on_team"


@pytest.mark.parametrize("purpose", [16, 32, 64])
def test_role_does_not_serve_the_purpose(town: Town, purpose: int) -> None:
    assert town.ask("worker", "record", purpose=purpose, verb=127) == "wrong_purpose"


def test_membership_does_not_serve_the_purpose(town: Town) -> None:
    town.join("half", "nav", "social_worker", purposes=words.SERVICE)
    assert [town.ask("half", "record", purpose=p) for p in (1, 2)] == ["wrong_purpose", "own_record"]


def test_verb_does_not_serve_the_purpose(town: Town) -> None:
    assert town.ask("worker", "record", purpose=2, verb=1) == "wrong_purpose"


def test_machine_serves_only_service(town: Town) -> None:
    said = [town.ask("machine", "record", "health", write=True, purpose=p) for p in (1, 2)]
    assert said == ["wrong_purpose", "own_record"]


def test_statistics_read_no_kind_at_all(town: Town) -> None:
    for post in ("chief", "judge"):
        assert town.ask(post, "record", purpose=16) == "wrong_purpose"
        assert town.ask(post, "record", purpose=16, verb=127) == "role_may_not"


@pytest.mark.parametrize("post", list(STAFF))
def test_role_lacks_the_log_except_the_machine(town: Town, post: str) -> None:
    said = town.ask(post, "record", "access_log", purpose=2)
    assert said == {"machine": "no_basis", "chief": "wrong_purpose", "judge": "wrong_purpose"}.get(
        post, "role_may_not"
    )


def test_role_reads_what_it_does_not_write(town: Town) -> None:
    assert town.ask("worker", "record", "health") == "own_record"
    assert town.ask("worker", "record", "health", write=True) == "role_may_not"


def test_role_comes_before_everything_about_the_subject(town: Town) -> None:
    town.do(acts.BarHolder(T, name("nav"), name("record"), "own_case"))
    assert town.ask("adviser", "record", "health") == "role_may_not"


def test_role_of_one_membership_does_not_carry_the_holder_of_another(town: Town) -> None:
    town.join("both", "nav", "unit_leader")
    town.join("both", "clinic", "health_worker")
    assert [town.ask("both", "record", what) for what in ("plan", "health")] == ["own_record", "not_on_team"]


# Self, guardians


def test_citizen_sees_all_about_themself_and_nothing_about_others(town: Town) -> None:
    assert {town.ask("citizen anna", "anna", what) for what in words.KIND} == {"self"}
    assert town.ask("citizen anna", "bo") == "not_on_team"


def test_self_holds_from_the_moment_the_person_is_opened(town: Town) -> None:
    town.join("citizen anna", "citizen anna", "citizen", start=START - DAY)
    said = [town.ask("citizen anna", "anna", at=at) for at in (START - TICK, START)]
    assert said == ["outside_period", "self"]


def test_guardian_reads_and_writes_until_the_day(town: Town) -> None:
    town.guardian("cai", "bo", until=T)
    for write in (False, True):
        said = [town.ask("citizen bo", "cai", write=write, at=at) for at in (T - TICK, T)]
        assert said == ["guardian", "outside_period"]


def test_guardian_has_neither_consent_nor_log(town: Town) -> None:
    town.guardian("cai", "bo")
    assert {town.ask("citizen bo", "cai", what) for what in ("consent", "access_log")} == {"no_basis"}


@pytest.mark.parametrize(("lives_with", "said"), [(1, "guardian"), (0, "no_basis")])
def test_guardian_knows_the_place_only_where_the_child_lives(town: Town, lives_with: int, said: str) -> None:
    town.guardian("cai", "bo", lives_with=lives_with)
    assert {town.ask("citizen bo", "cai", what) for what in ("contact", "protected_location")} == {said}
    assert town.ask("citizen bo", "cai", "health") == "guardian"


def test_guardian_is_ended(town: Town) -> None:
    town.guardian("cai", "bo")
    town.do(acts.EndGuardian(T, name("cai"), name("citizen bo"), name("worker")))
    assert town.ask("citizen bo", "cai") == "outside_period"


# Consent


def test_consent_alone_opens_nothing(town: Town) -> None:
    town.consent("anna", "health", "")
    assert town.ask("nurse", "anna", "health") == "not_on_team"


def test_consent_opens_its_kinds_and_always_identity_plan_and_consent(town: Town) -> None:
    town.consent("anna", "health", "nurse")
    opened = {what for what in words.KIND if town.ask("nurse", "anna", what) == "consent"}
    assert opened == {"identity", "plan", "consent", "health"}


def test_consent_opens_for_its_purposes_only(town: Town) -> None:
    town.consent("anna", "health", "nurse", purposes=2)
    assert [town.ask("nurse", "anna", purpose=p) for p in (1, 2)] == ["no_basis", "consent"]


def test_consent_never_opens_the_log(town: Town) -> None:
    town.consent("anna", "access_log", "machine")
    assert town.ask("machine", "anna", "access_log", purpose=2) == "no_basis"


def test_consent_opens_to_the_post_by_name_not_to_its_unit(town: Town) -> None:
    town.consent("anna", "plan", "nurse")
    assert town.ask("mentor", "anna") == "not_on_team"


def test_consent_ends_at_its_last_moment(town: Town) -> None:
    town.consent("anna", "plan", "nurse", until=T)
    assert [town.ask("nurse", "anna", at=at) for at in (T - TICK, T)] == ["consent", "outside_period"]


def test_nobody_is_admitted_on_a_consent_that_is_over(town: Town) -> None:
    consent = town.consent("anna", "plan", "", until=T)
    with pytest.raises(ValueError, match="not in force"):
        town.do(acts.AdmitPosts(T, consent, names("nurse")))


def test_withdrawal_ends_what_was_made_on_that_consent(town: Town) -> None:
    one = town.consent("anna", "health", "nurse")
    town.consent("anna", "social", "nurse", word="other")
    town.do(acts.WithdrawConsent(T, one))
    said = [town.ask("nurse", "anna", what) for what in ("health", "social", "plan")]
    assert said == ["outside_period", "consent", "consent"]


def test_dismissal_ends_all_consents_of_the_post(town: Town) -> None:
    town.consent("anna", "health", "nurse helper")
    town.consent("anna", "social", "nurse", word="other")
    town.do(acts.DismissPosts(T, name("anna"), names("nurse")))
    assert {town.ask("nurse", "anna", what) for what in ("health", "social")} == {"outside_period"}
    assert town.ask("helper", "anna", "health") == "consent"


# Law


def test_law_opens_for_service_and_decision_and_never_the_place(town: Town) -> None:
    town.law("anna", "plan protected_location", "helper", purposes=15)
    said = [town.ask("helper", "anna", purpose=p) for p in (1, 2, 4, 8)]
    assert said == ["no_basis", "statute", "statute", "no_basis"]
    assert town.ask("helper", "anna", "protected_location", purpose=2) == "no_basis"


def test_law_ends_on_its_day(town: Town) -> None:
    town.law("anna", "plan", "helper")
    said = [town.ask("helper", "anna", purpose=2, at=at) for at in (LATER - TICK, LATER)]
    assert said == ["statute", "outside_period"]


def test_end_of_what_the_law_opened_is_of_these_posts_on_that_provision(town: Town) -> None:
    town.law("anna", "plan", "helper nurse")
    town.law("anna", "social", "helper", provision="other")
    town.do(acts.EndByLaw(T, name("anna"), name("nav"), "law", names("helper")))
    assert town.ask("helper", "anna", "plan", purpose=2) == "outside_period"
    assert town.ask("helper", "anna", "social", purpose=2) == "statute"
    assert town.ask("nurse", "anna", "plan", purpose=2) == "statute"


def test_strongest_basis_is_told(town: Town) -> None:
    town.law("record", "plan", "worker")
    assert town.ask("worker", "record", purpose=2) == "statute"
    town.consent("anna", "plan", "helper")
    town.law("anna", "plan health", "helper")
    assert [town.ask("helper", "anna", what, purpose=2) for what in ("plan", "health")] == [
        "consent",
        "statute",
    ]


def test_not_on_team_then_no_basis_then_outside_period(town: Town) -> None:
    assert town.ask("nurse", "anna", "health") == "not_on_team"
    town.consent("anna", "social", "nurse", until=T)
    assert [town.ask("nurse", "anna", what) for what in ("health", "social")] == [
        "no_basis",
        "outside_period",
    ]


def test_unknown_subject_is_like_one_that_is_not_open(town: Town) -> None:
    assert town.ask("worker", "nothing") == "not_on_team"


def test_lift_of_a_family_or_without_reason_or_too_long(town: Town) -> None:
    town.family("anna bo")
    asked, family = town.question("nurse", "anna"), town.question("nurse", "family")
    for hours, said in ((0, "hours"), (1, ""), (72, ""), (73, "hours")):
        assert lift_refused(town.world, asked, hours, "x" * 10) == said
    for length, said in ((9, "reason"), (10, ""), (255, ""), (256, "reason")):
        assert lift_refused(town.world, asked, 1, "x" * length) == said
    assert lift_refused(town.world, family, 1, "x" * 10) == "family"
