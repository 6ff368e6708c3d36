"""The papers that data-protection law asks for: complete, from what is configured, and no guess among it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from django.utils.translation import override

import people
from manual.markdown import ROOT
from samvirke.agencies import queries as directory
from samvirke.agencies.models import Agency, Unit
from samvirke.agencies.types import Party
from samvirke.agreements import operations as agreements
from samvirke.agreements.types import Promise, Terms
from samvirke.gate import session
from samvirke.gate.access import ACCESS, Role
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind
from samvirke.statutes import queries as statutes
from samvirke.surfaces.commands.papers import papers
from samvirke.surfaces.components import labels
from samvirke.surfaces.papers import configured, truths, writing
from samvirke.surfaces.papers.writing import Paper
from samvirke.surfaces.templatetags.papers import BLANK, plain

pytestmark = people.database
TODAY = people.NOW.date()
NAME = "Samlet innsats"
PAPERS = pytest.mark.parametrize("paper", list(Paper))


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def said(paper: Paper, *, language: str = "en") -> str:
    """The paper of the standing partnership, as a command that nobody has entered writes it."""
    session.leave()
    return writing.write(paper, configured.of_partnership(NAME, on=TODAY), language=language).text


def section(text: str, title: str) -> str:
    """What stands under a heading."""
    return re.split(r"\n#+ ", text.partition(f" {title}\n")[2])[0]


@PAPERS
def test_every_agency_that_is_configured_occurs_with_its_units(paper: Paper) -> None:
    agencies = list(Agency.objects.values_list("name", "organisation_number"))
    units = list(Unit.objects.values_list("name", flat=True))
    text = said(paper)
    assert len(agencies) == 6
    assert [
        one for one in agencies if not {plain(part) for part in one} <= set(re.split(r"\s*\|\s*", text))
    ] == []
    assert [name for name in units if plain(name) not in text] == []


@PAPERS
def test_a_kind_that_is_added_to_a_role_s_cell_appears(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    row = f"| {labels.ROLE[Role.NAV_ADVISER]} |"
    before = next(line for line in said(paper).splitlines() if line.startswith(row))
    cell = ACCESS[Role.NAV_ADVISER]
    monkeypatch.setitem(ACCESS, Role.NAV_ADVISER, replace(cell, reads=cell.reads | DataKind.HOUSING))
    after = next(line for line in said(paper).splitlines() if line.startswith(row))
    assert "housing" not in before
    assert "housing" in after


def test_a_role_that_nobody_has_is_not_described(monkeypatch: pytest.MonkeyPatch) -> None:
    row = f"| {labels.ROLE[Role.EMPLOYMENT_ADVISER]} |"
    assert row in said(Paper.RECORD)
    of_partnership = directory.parties

    def without(municipalities: Iterable[str], country: Country) -> list[Party]:
        found = of_partnership(municipalities, country)
        return [replace(one, roles=tuple(set(one.roles) - {Role.EMPLOYMENT_ADVISER})) for one in found]

    monkeypatch.setattr(directory, "parties", without)
    text = said(Paper.RECORD)
    assert f"| {labels.ROLE[Role.COORDINATOR]} |" in text
    assert row not in text


def provisions() -> set[str]:
    """How every row of the packs cites the law."""
    return {row.provision for pack in statutes.packs() for rows in pack.lists.values() for row in rows}


@pytest.mark.parametrize("language", ["nb", "en"])
@PAPERS
def test_no_unverified_provision_is_stated_as_law(paper: Paper, language: str) -> None:
    text = said(paper, language=language)
    assert len(provisions()) > 30
    assert [one for one in provisions() if one in text] == []
    assert re.search(r"(?i)article 6 \(1\)|artikkel 6 nr", text) is None


@PAPERS
def test_what_stands_from_memory_is_not_even_named(paper: Paper) -> None:
    text = said(paper)
    memory = [
        row.label for pack in statutes.packs() for row in pack.lists["disclosure_bases"] if not row.is_usable
    ]
    assert len(memory) == 5
    assert [label for label in memory if label in text] == []


@PAPERS
def test_a_verified_provision_is_cited_and_another_country_s_is_not(
    paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(statutes.PACKS, folder)
    for path in folder.glob("*.yaml"):
        pack = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in [*pack["disclosure_bases"], *pack.get("secrecy", []), *pack["legal_bases"]]:
            row |= {"verified_on": "2026-11-01", "reading": "excerpt", "excerpt_seen": "2026-11"}
        path.write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(statutes, "PACKS", folder)
    text = said(paper)
    told = text.partition("What lets the parties tell each other")[2].partition("Nothing in Samvirke")[0]
    rests_on, _, without_consent = told.partition("On these rules")
    assert "Forskrift om individuell plan ved ytelse av velferdstjenester (2022)" in rests_on
    assert "§" not in rests_on
    assert "NAV-loven § 16" in without_consent
    assert "Sosialtjenesteloven § 44" in text
    assert "sekretesslagen" not in text
    assert "Article 6 (1) (e) of the GDPR, for special categories article 9 (2) (g)" in text


@PAPERS
def test_blanks_are_marked_and_counted(paper: Paper) -> None:
    found = writing.write(paper, configured.of_partnership(NAME, on=TODAY), language="en")
    assert found.blanks == len(re.findall(r"\*\*. To be filled in: [^*]+\*\*", found.text)) >= 8
    assert found.text.count(BLANK) == found.blanks


def test_contact_points_and_agreements_are_blanks_until_somebody_writes_them() -> None:
    before = said(Paper.ARRANGEMENT)
    assert "no contact person is named in Samvirke" in before
    assert "none is written in Samvirke" in before
    with people.acting_as(people.SOCIAL_LEADER) as viewer:
        agreements.name_contact_person(
            partnership_id=people.PARTNERSHIP,
            unit_id=people.SOCIAL,
            post_id=people.SOCIAL_WORKER,
            deputy_id=people.SOCIAL_COLLEAGUE,
            share_percent=20,
            since=TODAY,
            by=viewer,
        )
        agreements.sign_agreement(partnership_id=people.PARTNERSHIP, terms=_terms(), by=viewer)
    after = said(Paper.ARRANGEMENT)
    assert "Sosialtjenesten i Fjordvik: Sosialkonsulent 1 (deputy: Sosialkonsulent 2)" in after
    assert "**One plan \\[ours\\]**, signed on 1 February 2026, in force from 1 February 2026: Nav" in after
    assert section(after, "Agreements between the parties").endswith(
        "Nav Fjordvik; Sosialtjenesten i Fjordvik\n"
    )
    assert "none is written in Samvirke" not in after


def _terms() -> Terms:
    return Terms(
        title="One plan [ours]",
        parties=(people.SOCIAL, people.NAV),
        signed_on=date(2026, 2, 1),
        valid_from=date(2026, 2, 1),
        valid_until=None,
        next_check_on=date(2026, 12, 1),
        response_times={Promise.MEET: 14},
    )


def test_an_agreement_that_is_over_or_to_come_is_not_in_force() -> None:
    for begins, until in ((TODAY + timedelta(days=9), None), (date(2026, 2, 1), TODAY - timedelta(days=1))):
        terms = replace(_terms(), valid_from=begins, valid_until=until)
        with people.acting_as(people.SOCIAL_LEADER) as viewer:
            agreements.sign_agreement(partnership_id=people.PARTNERSHIP, terms=terms, by=viewer)
    assert "none is written in Samvirke" in said(Paper.ARRANGEMENT)


@pytest.mark.parametrize(
    ("paper", "titles"),
    [
        (
            Paper.RECORD,
            ["(a) Controllers", "(b) Purposes", "(c) Persons", "(d) Recipients", "(e) Transfers",
             "(f) Time limits", "(g) Security"],
        ),
        (Paper.DPIA, ["(a) What is done", "(b) Is it necessary", "(c) What could happen", "(d) What"]),
        (Paper.ARRANGEMENT, ["Who answers for what", "Contact points", "The essence, for the person"]),
    ],
)  # fmt: skip
def test_every_item_the_law_asks_for_has_its_place(paper: Paper, titles: list[str]) -> None:
    headings = [line for line in said(paper).splitlines() if line.startswith("## ")]
    assert [title for title in titles if not any(line.startswith(f"## {title}") for line in headings)] == []


def test_how_long_is_what_the_code_does() -> None:
    text = section(said(Paper.RECORD), "(f) Time limits for erasure")
    assert "| A file on its way in, at most | 1 day |" in text
    assert "| What a record held before an import changed it | 30 days |" in text
    assert "how long each is kept; Samvirke deletes none of it by itself" in text


def test_each_harm_says_what_meets_it_and_what_is_left() -> None:
    text = said(Paper.DPIA)
    for harm in truths.HARMS:
        part = section(text, str(harm.what))
        assert all(f"- {one}\n" in part for one in (*harm.measures, *harm.windows))
        assert "how likely, how grave" in part
    assert truths.HARMS[0].what == "A hidden address is told"
    assert {code for harm in truths.HARMS for code in harm.met_by} == set(truths.MEASURES)
    assert {code for harm in truths.HARMS for code in harm.left} == set(truths.WINDOWS)


def test_the_truths_are_those_of_the_security_page() -> None:
    """A promise or a window that comes or goes there does so here."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    promises = re.findall(r"^\| ([^|]+) \|", section(page, "What holds, and where it is tested"), re.M)[1:]
    listed = re.split(r"^- ", section(page, "Open windows"), flags=re.M)[1:]
    sentences = [re.split(r"(?<=\.) ", " ".join(one.split()))[0] for one in listed]
    assert [str(one) for one in truths.MEASURES.values()] == promises
    assert [str(one) for one in truths.WINDOWS.values()] == sentences


@PAPERS
def test_in_bokmal_nothing_is_left_in_english(paper: Paper) -> None:
    english, norwegian = (said(paper, language=language) for language in ("en", "nb"))
    names = {plain(name) for name in (NAME, "Nav", "Nav Fjordvik", "Evaluator", "Samvirke")}
    same = {line for line in english.splitlines() if len(line) > 8} & set(norwegian.splitlines())
    assert {line for line in same if line not in names and not line.startswith("| ---")} == set()


def test_a_name_cannot_become_a_heading_a_table_or_a_blank() -> None:
    assert plain("A | b\n# c **d** <e> [f](g)") == r"A \| b # c \*\*d\*\* \<e\> \[f\](g)"


class TestCommand:
    def test_it_writes_a_file_and_says_how_much_is_left(self, tmp_path: Path) -> None:
        out = tmp_path / "dpia.md"
        done = CliRunner().invoke(papers, ["dpia", "--partnership", NAME, "--out", str(out)])
        assert (done.exit_code, done.stdout) == (0, "")
        assert re.fullmatch(r"\d+ places are for somebody to fill in\.\n", done.stderr)
        assert out.read_text(encoding="utf-8") == said(Paper.DPIA, language="nb")

    def test_without_a_file_it_prints(self) -> None:
        done = CliRunner().invoke(papers, ["record", "--partnership", NAME, "--language", "en"])
        assert done.stdout == said(Paper.RECORD)

    @pytest.mark.parametrize("name", ["", "samlet innsats", "Saml\N{CYRILLIC SMALL LETTER IE}t innsats"])
    def test_a_partnership_that_nobody_knows_is_told_with_those_there_are(self, name: str) -> None:
        done = CliRunner().invoke(papers, ["record", "--partnership", name])
        assert done.exit_code == 1
        assert "Name one with --partnership: Samlet innsats." in done.stderr
        assert done.stdout == ""
