"""The law packs: what is refused when they are read, what holds when, and what nobody is shown."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from samvirke.kernel.codes import Country
from samvirke.statutes import policies
from samvirke.statutes import queries as statutes
from samvirke.statutes.queries import BadPack, UnknownProvision

TODAY = date(2026, 11, 1)
KIND = """
  - code: {code}
    label: An invented plan
    provision: An invented act § 7
    source: a test
    {seen}
    valid_from: {begins}
    {more}
    requirements:
      - {{code: one, label: Something, needs: [{needs}], who: Somebody}}
"""
SAME_AGAIN = """
      - {code: one, label: Something, needs: [goals], who: Somebody}
"""


def kind(
    code: str = "no.new",
    *,
    begins: str = "2020-01-01",
    ends: str = "",
    needs: str = "goals",
    seen: str = "excerpt_seen: 2026-11",
) -> str:
    """One row of a pack."""
    more = f"valid_to: {ends}" if ends else "verified_on:"
    return KIND.format(code=code, begins=begins, more=more, needs=needs, seen=seen)


def pack(*rows: str, country: str = '"no"', more: str = "") -> str:
    """A pack with these kinds of plan."""
    return f"country: {country}\nowner: a test\n{more}\nplan_kinds:{''.join(rows)}"


def read(folder: Path, text: str, *, name: str = "no-new.yaml") -> None:
    """The countries' own packs and this one, as they are checked together."""
    for path in statutes.PACKS.glob("*.yaml"):
        shutil.copy(path, folder)
    (folder / name).write_text(text, encoding="utf-8")
    statutes.read_packs(folder)


@pytest.mark.parametrize(
    "text",
    [
        pack(kind()),
        pack(kind(ends="2022-01-01"), kind(begins="2022-01-01")),
        pack(kind(needs='"statement:debts"'), more="topics:\n  - {code: debts, label: Debts}"),
        pack(kind(needs='"goals:employment", extent, "statement:needs"')),
        pack(kind(seen="reading: memory")),
    ],
    ids=["one row", "one period after another", "a topic of its own", "known content", "from memory"],
)
def test_a_right_pack_is_read(tmp_path: Path, text: str) -> None:
    read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        (pack(kind(), kind(begins="2024-01-01")), "plan_kinds, no.new", "two rows hold on 2024-01-01"),
        (
            pack(kind(ends="2024-06-01"), kind(begins="2024-01-01")),
            "plan_kinds, no.new",
            "end the first one on 2024-01-01",
        ),
        (pack(kind(), kind()), "plan_kinds, no.new", "or remove one of them"),
        (pack(kind("no.individual_plan")), "plan_kinds, no.individual_plan", "two rows hold on"),
        (pack(kind("no.right_coordinator")), "no.right_coordinator", "stands in plan_kinds too"),
        (pack(kind("se.new")), "plan_kinds, se.new", "call it no.something"),
        (pack(kind(), country="fi"), "country", "'no', 'dk' or 'se'"),
        (pack(kind(), country="dk"), "country", "begin its name with that"),
        (
            pack(kind(needs='"statement:debts"')),
            "plan_kinds, no.new, one",
            "'statement:debts', which no plan can hold",
        ),
        (pack(kind(needs="by_others")), "plan_kinds, no.new, one", "add a topic to the pack"),
        (pack(kind(needs="")), "plan_kinds, no.new, requirements, one, needs", "at least one key"),
        (pack(kind(seen="")), "plan_kinds, no.new", "fill in excerpt_seen"),
        (pack(kind(seen="reading: memory\n    excerpt_seen: 2026-11")), "no.new", "set reading to excerpt"),
        (pack(kind(ends="2020-01-01")), "plan_kinds, no.new", "it ends on 2020-01-01 and begins"),
        (
            pack(kind(), more="topics:\n  - {code: by_others, label: Something else}"),
            "topics, by_others",
            "the topic is known from",
        ),
        (
            pack(kind(), more="joint_funding:\n  - {code: no.f, label: F, provision: P, source: S, "
                 "excerpt_seen: 2026-11, valid_from: 2020-01-01, shares: [{kind: insurance, share: '1/3'}]}"),
            "joint_funding, no.f, shares",
            "the shares make 1/3, not 1",
        ),
        (pack(kind() + SAME_AGAIN), "plan_kinds, no.new, one", "the requirement stands twice; remove one"),
        ("country: [", "The file", "while parsing"),
    ],
)  # fmt: skip
def test_a_wrong_pack_says_what_where_and_what_to_do(tmp_path: Path, text: str, row: str, says: str) -> None:
    with pytest.raises(BadPack) as problem:
        read(tmp_path, text)
    said = str(problem.value)
    assert row in said
    assert says in said
    assert said.endswith("Correct the file and start again.")


@pytest.mark.parametrize(
    ("code", "on", "provision"),
    [
        ("no.individual_plan", date(2022, 7, 31), "§ 19"),
        ("no.individual_plan", date(2022, 8, 1), "(2022)"),
        ("se.joint_plan", date(2025, 6, 30), "(2001:453) 2 kap. 7 §"),
        ("se.joint_plan", date(2025, 7, 1), "(2025:400)"),
        ("se.joint_plan", date(2005, 1, 1), "(2025:400)"),
    ],
    ids=["before", "from the day", "Swedish before", "Swedish after", "before all: the newest"],
)
def test_the_row_in_force_on_the_day_counts(code: str, on: date, provision: str) -> None:
    assert provision in statutes.plan_kind(code, on=on).provision


@pytest.mark.parametrize(
    ("country", "codes"),
    [
        (
            Country.NORWAY,
            [
                "individual_plan",
                "integration_plan",
                "integration_contract",
                "qualification_programme",
                "child_welfare_plan",
            ],
        ),
        (Country.DENMARK, ["my_plan", "action_plan", "whole_plan", "childs_plan", "youth_plan"]),
        (Country.SWEDEN, ["joint_plan"]),
    ],
)
def test_the_kinds_of_plan_of_each_country(country: Country, codes: list[str]) -> None:
    found = [found.code for found in statutes.plan_kinds(country, on=TODAY)]
    assert found == [f"{country}.{code}" for code in codes]


def test_what_is_known_from_memory_alone_is_found_nowhere() -> None:
    from_memory = [
        row for one in statutes.packs() for rows in one.lists.values() for row in rows if not row.is_usable
    ]
    assert len(from_memory) >= 4
    for row in from_memory:
        with pytest.raises(UnknownProvision):
            statutes.plan_kind(row.code, on=TODAY)
        with pytest.raises(UnknownProvision):
            statutes.country_of(row.code)


def test_what_is_no_law_is_in_no_pack() -> None:
    cited = [row.provision for one in statutes.packs() for rows in one.lists.values() for row in rows]
    assert [text for text in cited if "helhedsorienteret indsats" in text] == []


def test_every_row_has_an_owner_and_a_source() -> None:
    for one in statutes.packs():
        assert one.owner
        assert all(row.source for rows in one.lists.values() for row in rows)


@pytest.mark.parametrize(("verified", "cited"), [(None, ""), (date(2026, 11, 1), "Serviceloven § 141")])
def test_only_what_was_compared_with_the_law_is_cited(verified: date | None, cited: str) -> None:
    found = statutes.plan_kind("dk.action_plan", on=TODAY).model_copy(update={"verified_on": verified})
    assert policies.citation(found) == cited


def test_a_consent_rests_on_the_own_country_s_law() -> None:
    codes = {country: statutes.consent_basis(country).code for country in Country}
    assert codes == {
        Country.NORWAY: "no.consent_individual_plan",
        Country.DENMARK: "dk.consent",
        Country.SWEDEN: "se.consent",
    }
