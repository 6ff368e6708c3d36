"""Sentences of the access document about bars, shields and records, as examples."""

import pytest
from hands import DAY, LATER, START, TICK, T, Town, name, names

from proof.oracle import acts, words


@pytest.fixture
def town() -> Town:
    return Town()


# Bars


@pytest.mark.parametrize("reason", words.BAR_REASONS)
def test_barred_post_is_refused_with_the_reason(town: Town, reason: str) -> None:
    town.do(acts.BarHolder(T, name("worker"), name("record"), reason))
    assert [town.ask(post, "record") for post in ("worker", "adviser")] == [reason, "own_record"]


def test_bar_of_the_unit_bars_its_posts(town: Town) -> None:
    town.consent("anna", "health", "nurse worker")
    town.do(acts.BarHolder(T, name("clinic"), name("anna"), "own_case"))
    assert [town.ask(post, "anna") for post in ("nurse", "worker")] == ["own_case", "consent"]


def test_bars_apply_in_the_order_of_the_rules(town: Town) -> None:
    for holder, reason in (("worker", "former_partner"), ("nav", "close_relation"), ("worker", "own_case")):
        town.do(acts.BarHolder(T, name(holder), name("record"), reason))
    assert [town.ask(post, "record") for post in ("worker", "leader")] == ["own_case", "close_relation"]


def test_bar_from_a_member_bars_from_the_family(town: Town) -> None:
    town.consent("anna", "plan", "worker")
    town.consent("bo", "plan", "worker")
    town.family("anna bo")
    town.do(acts.BarHolder(T, name("worker"), name("bo"), "close_relation"))
    said = [town.ask("worker", one) for one in ("anna", "bo", "family")]
    assert said == ["consent", "close_relation", "close_relation"]


def test_bar_of_a_unit_one_has_left(town: Town) -> None:
    town.consent("anna", "plan", "nurse")
    town.do(acts.BarHolder(START, name("clinic"), name("anna"), "own_case"))
    town.leave("nurse", "clinic")
    assert town.ask("nurse", "anna") == "own_case"


def test_bar_from_a_family_bars_from_its_members_and_their_other_families(town: Town) -> None:
    for person in ("anna", "bo", "cai"):
        town.consent(person, "plan", "worker")
    for word, members in (("family", "anna bo"), ("other", "bo cai"), ("third", "cai anna")):
        town.do(acts.OpenFamily(START, name(word), names(members), name("worker")))
    town.do(acts.BarHolder(T, name("worker"), name("other"), "own_case"))
    said = [town.ask("worker", one) for one in ("anna", "bo", "cai", "family", "other", "third")]
    assert said == ["consent", *["own_case"] * 5]


@pytest.mark.parametrize("about", ["anna", "record", "sibling"])
def test_bar_from_a_record_covers_the_person_and_the_other_way(town: Town, about: str) -> None:
    """Also from another record of the same person, and from the person's families."""
    town.do(acts.OpenRecords(START, name("nav"), names("sibling")))
    for person in ("anna", "bo"):
        town.consent(person, "plan", "worker")
    town.family("anna bo")
    for record in ("record", "sibling"):
        town.do(acts.TieRecord(START, name(record), name("anna")))
    town.do(acts.BarHolder(T, name("worker"), name(about), "close_relation"))
    everything = ("record", "sibling", "anna", "family")
    assert [town.ask("worker", one) for one in (*everything, "bo")] == [*["close_relation"] * 4, "consent"]
    assert [town.ask("adviser", one) for one in ("record", "sibling")] == ["own_record"] * 2


def test_a_tie_that_has_ended_covers_nothing(town: Town) -> None:
    town.consent("anna", "plan", "worker")
    town.do(acts.TieRecord(START, name("record"), name("anna")))
    town.do(acts.BarHolder(START, name("worker"), name("record"), "own_case"))
    town.do(acts.ShieldRecord(START, name("record"), names("adviser"), name("leader")))
    assert [town.ask(post, "anna") for post in ("worker", "nurse")] == ["own_case", "shielded"]
    town.do(acts.EndTie(T, name("record")))
    assert [town.ask(post, "anna") for post in ("worker", "nurse")] == ["consent", "not_on_team"]


def test_bar_comes_before_the_shield(town: Town) -> None:
    town.do(acts.ShieldRecord(T, name("record"), names("worker"), name("leader")))
    town.do(acts.BarHolder(T, name("leader"), name("record"), "former_partner"))
    assert town.ask("leader", "record") == "former_partner"


# Shields and records


def test_shielded_record_is_open_to_the_posts_named_instead_of_the_unit(town: Town) -> None:
    town.do(acts.ShieldRecord(T, name("record"), names("worker"), name("leader")))
    said = [town.ask(post, "record") for post in ("worker", "leader", "adviser", "nurse")]
    assert said == ["own_record", "own_record", "shielded", "shielded"]
    assert town.ask("machine", "record", purpose=words.SERVICE) == "own_record"


def test_what_is_open_about_the_person_outlasts_the_shield_of_the_record(town: Town) -> None:
    town.consent("anna", "health", "nurse")
    town.do(acts.TieRecord(START, name("record"), name("anna")))
    town.do(acts.ShieldRecord(T, name("record"), names("worker"), name("leader")))
    assert [town.ask(post, "anna") for post in ("nurse", "helper")] == ["consent", "shielded"]


def test_shielded_is_not_said_where_something_else_is_open(town: Town) -> None:
    town.law("record", "health", "nurse")
    town.do(acts.ShieldRecord(T, name("record"), names("worker"), name("worker")))
    assert town.ask("nurse", "record", "health", purpose=2) == "statute"
    assert town.ask("nurse", "record", "plan", purpose=2) == "no_basis"
    assert town.ask("nurse", "record", "health", purpose=2, at=LATER) == "shielded"


def test_end_of_the_shielding_gives_it_to_the_unit_and_nobody_by_name(town: Town) -> None:
    town.do(acts.ShieldRecord(T - DAY, name("record"), names("worker"), name("worker")))
    town.do(acts.EndShield(T, name("record"), name("worker")))
    assert town.ask("adviser", "record") == "own_record"
    town.leave("worker", "nav", T)
    assert town.ask("worker", "record") == "outside_period"


def test_shield_stands_against_an_earlier_lift(town: Town) -> None:
    town.glass("nurse", "record", "health", at=T - TICK)
    town.do(acts.ShieldRecord(T, name("record"), names("worker"), name("worker")))
    assert town.ask("nurse", "record", "health") == "shielded"


def test_record_taken_back_is_over_at_that_moment(town: Town) -> None:
    town.do(acts.TakeRecordsBack(T, name("nav"), names("record")))
    assert [town.ask("worker", "record", at=at) for at in (T - TICK, T)] == ["own_record", "outside_period"]


def test_record_is_seen_by_its_own_agency_alone(town: Town) -> None:
    assert town.ask("nurse", "record") == "not_on_team"
