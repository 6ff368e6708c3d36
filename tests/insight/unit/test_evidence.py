"""The register of evidence: as the sources say, nothing imputed, totals told, each on its page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from insight import study
from insight.evidence_records import AT, content, shipped
from insight.unit.test_report import Page
from samvirke import evaluation, evidence, report
from samvirke.evidence import Confidence, Form, Reading, Record, Register

ROOT = Path(__file__).parents[3]
SOURCES = Path(os.environ.get("SAMVIRKE_SHARED", ROOT.parent / "shared"))
FILE_OF = {
    "samordningsforsokene-2002-2005": "000",
    "tiltakssatsingen-2004": "001",
    "en-plan-2019": "002",
    "samverkan-2010": "003",
    "samverkan-2011": "003",
    "velferdstjenestelovene-2023": "004",
}
WITH_SOURCES = pytest.mark.skipif(not SOURCES.is_dir(), reason="The source documents are not here.")


def readings(record: Record) -> Iterator[Reading]:
    """Every number of a record, legible or not."""
    yield from record.figures
    yield from (reading for chart in record.charts for row in chart.rows for reading in row.readings)


# What the sources say


@WITH_SOURCES
def test_every_number_stands_in_its_source_as_it_is_printed() -> None:
    for filed in evidence.read().filed:
        (path,) = (SOURCES / "seeds").glob(f"{FILE_OF[filed.record.id]}_*")
        source = " ".join(path.read_text(encoding="utf-8").split())
        missing = [
            one.printed for one in readings(filed.record) if " ".join(one.printed.split()) not in source
        ]
        assert missing == [], filed.record.id


@WITH_SOURCES
def test_every_need_that_is_a_number_has_one_in_the_register() -> None:
    page = (SOURCES / "domain" / "needs.md").read_text(encoding="utf-8")
    wanted = set(re.findall(r"^\| (N\d+) \| number \|", page, re.MULTILINE))
    held = {need for filed in evidence.read().filed for need in filed.record.needs_with_figures}
    assert len(wanted) > 30
    assert wanted - held == set()


@WITH_SOURCES
def test_no_sentence_is_copied_from_a_source() -> None:
    """Eight words in a row, as the shortest that could be called a sentence of somebody else's."""
    sources = " ".join(path.read_text(encoding="utf-8") for path in (SOURCES / "seeds").iterdir())
    known = " ".join(re.findall(r"\w+", sources.lower()))
    for filed in evidence.read().filed:
        for finding in filed.record.findings:
            words = re.findall(r"\w+", finding.sentence.nb.lower())
            for start in range(len(words) - 7):
                assert " ".join(words[start : start + 8]) not in known


def test_the_barriers_in_printed_order_with_what_may_be_shown_as_fact() -> None:
    (chart,) = (chart for chart in shipped("velferdstjenestelovene-2023").charts if chart.id == "barriers")
    read = [row.readings[0] for row in chart.rows]
    assert [one.value for one in read if one.is_fact] == [50, 35, 25, 23, 17, 9]
    assert [one.confidence for one in read].count(Confidence.MEDIUM) == 3
    unsure = [one for one in read if one.confidence is Confidence.LOW]
    assert [one.possible for one in unsure] == [(51, 61), (), (), (25, 35)]
    assert [one.value for one in unsure] == [None] * 4
    assert len(read) == 13


def test_the_coordinator_s_two_questions_stand_side_by_side() -> None:
    (chart,) = (chart for chart in shipped("velferdstjenestelovene-2023").charts if chart.id == "coordinator")
    assert [[one.value for one in row.readings] for row in chart.rows] == [
        [16, 73],
        [28, 53],
        *[[None, None]] * 4,
    ]
    assert {one.confidence for row in chart.rows[2:] for one in row.readings} == {Confidence.ILLEGIBLE}


def test_stated_and_summed_totals_are_both_kept_and_a_disagreement_is_told() -> None:
    totals = {total.measures.en: total for total in shipped("samverkan-2010").totals}
    money, reports = totals["Money for cooperation, 2010"], totals["Reports in the review"]
    assert (money.stated, money.summed, money.agrees, money.disagreement) == (810, 810, True, None)
    assert (reports.stated, reports.summed, reports.agrees) == (121, 122, False)
    assert reports.disagreement is not None
    themes = totals["Follow-ups of four-party cooperation, by theme"]
    assert (themes.stated, themes.summed) == (74, 79)


def test_the_sources_own_arithmetic_holds() -> None:
    note = shipped("tiltakssatsingen-2004")
    value = {figure.measures.en: figure.value or 0 for figure in note.figures}
    answered = value["Answered, Aetat"] / 100 * 60 + value["Answered, social service"] / 100 * 100
    assert round(answered / 160 * 100) == value["Answered, in all"]
    sums = {total.measures.en: (total.stated, total.summed) for total in note.totals}
    assert sums["Telephone interviews"] == (60, 60)
    assert sums["Questionnaires"] == (160, 160)
    assert sums["Municipalities in 2003, by county"] == (31, 31)
    assert sums["New municipalities in 2004, by county"] == (14, 14)
    assert sums["Places in 2003, given out and room for"] == (1250, 1300)
    assert sums["Contact person or not, social service"] == (100, 97)
    shares = [(figure.value, figure.of) for figure in note.figures if figure.needs == ("N136",) and figure.of]
    assert shares == [(1, 3), (1, 5), (1, 10)]


def test_a_record_says_whether_it_is_preliminary_and_what_limits_it() -> None:
    for filed in evidence.read().filed:
        told = filed.record.report
        assert told.status in {"preliminary", "final"}
        assert told.limitations or told.note
    assert shipped("tiltakssatsingen-2004").report.status == "preliminary"


def test_a_report_carries_several_themes_and_methods() -> None:
    assert set(shipped("samverkan-2010").report.themes) >= {"individual", "cooperation", "organisation"}
    chosen = evidence.read().choose(theme="organisation", method="survey")
    assert {filed.record.id for filed in chosen.filed} == {
        "samordningsforsokene-2002-2005",
        "tiltakssatsingen-2004",
        "en-plan-2019",
        "velferdstjenestelovene-2023",
    }


def test_who_ordered_received_and_what_it_informs_or_that_the_source_does_not_say() -> None:
    note, review = (shipped(name).commission for name in ("tiltakssatsingen-2004", "samverkan-2010"))
    assert note.commissioner is not None
    assert note.receiver is not None
    assert note.decision is not None
    assert review.commissioner is review.receiver is review.decision is None


def test_nine_success_factors_are_kept() -> None:
    factors = shipped("samverkan-2010").success_factors
    assert factors is not None
    assert len(factors.factors) == 9


# Inclusion, coverage, years


def test_the_review_shuts_out_by_its_rules_and_by_what_is_not_told() -> None:
    rules = shipped("samverkan-2010").inclusion
    assert rules is not None
    told = shipped("tiltakssatsingen-2004").report
    inside = told.model_copy(update={"period_from": 2004, "year": 2009, "independent": True})
    assert rules.shuts_out(inside) == ()
    assert rules.shuts_out(inside.model_copy(update={"independent": None})) == ("independent_only",)
    assert rules.shuts_out(inside.model_copy(update={"independent": False})) == ("independent_only",)
    assert rules.shuts_out(inside.model_copy(update={"period_from": 2003})) == ("interventions_from",)
    assert rules.shuts_out(inside.model_copy(update={"year": 2011})) == ("published_by",)
    assert rules.shuts_out(inside.model_copy(update={"published": False})) == ("published_only",)


def test_reports_per_million_are_computed_most_money_first() -> None:
    covered = evidence.coverage(evidence.read())
    assert [(one.form, one.money.millions, one.reports, round(one.per_million, 3)) for one in covered] == [
        (Form.ACTION_PLAN, 460, 4, 0.009),
        (Form.FOUR_PARTY, 250, 94, 0.376),
        (Form.TWO_PARTY, 100, 5, 0.05),
    ]


def test_a_form_unevaluated_for_years_is_told_until_somebody_evaluates_it() -> None:
    register = evidence.read()
    found = {one.form: one for one in evidence.unevaluated(register, this_year=2010)}
    assert found.keys() == {Form.ACTION_PLAN}
    assert (found[Form.ACTION_PLAN].years, found[Form.ACTION_PLAN].was_evaluated) == (8, False)

    evaluated = _evaluated(Form.ACTION_PLAN, year=2009)
    more = Register((*register.filed, evidence.Filed(evaluated)))
    assert evidence.unevaluated(more, this_year=2010) == ()
    (again,) = evidence.unevaluated(more, this_year=2014)
    assert (again.form, again.years, again.was_evaluated) == (Form.ACTION_PLAN, 5, True)


def test_a_form_that_has_ended_is_no_alert() -> None:
    forms = {one.form for one in evidence.unevaluated(evidence.read(), this_year=2030)}
    assert Form.THREE_AGENCIES not in forms
    assert Form.CHILD_COORDINATOR in forms


def _evaluated(form: Form, *, year: int) -> Record:
    changed = content()
    changed["report"] |= {"methods": ["effect_evaluation"], "forms": [form.value], "year": year}
    return Record.model_validate(changed)


# Pages


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_page_is_whole_and_loads_nothing(language: str) -> None:
    page = report.evidence_page(evidence.read(), language=language, made_at=AT)
    read = Page(page)
    assert read.open == []
    assert "http://" not in re.sub(r"http://www\.w3\.org/\S+", "", page)
    assert "<script" not in page
    for filed in evidence.read().filed:
        assert f'<article id="{filed.record.id}"' in page
        assert f'href="#{filed.record.id}"' in page


def test_a_chart_draws_facts_outlines_what_is_unsure_and_puts_words_in_gaps() -> None:
    filed = evidence.read().one("velferdstjenestelovene-2023")
    page = str(report.evidence_record(filed, language="en").numbers)
    barriers = page[page.index("<svg") : page.index("</svg>")]
    assert barriers.count("Unclear</text>") == 4
    assert barriers.count('aria-roledescription="bar"') == 6 + 3
    assert ">50<" in barriers
    assert ">35 ?<" in barriers
    assert ">51<" not in barriers
    assert ">0<" not in barriers
    shown = barriers.index("Resources and capacity"), barriers.index("Ways of thinking and")
    assert shown == tuple(sorted(shown))
    assert "Too little of it can be read to draw it." in page
    assert page.count("<svg") == 2


def test_the_page_of_a_record_shows_both_totals_and_that_they_disagree() -> None:
    page = str(report.evidence_record(evidence.read().one("samverkan-2010"), language="en").numbers)
    assert "121 reports" in page
    assert "122 reports" in page
    assert page.count("They disagree.") == 2


def test_a_number_is_written_as_the_source_means_it() -> None:
    for record_id, said in (
        ("samverkan-2010", (">1 report<", ">28%<", ">2002<")),
        ("tiltakssatsingen-2004", (">3–5 offices<", ">13–14 weeks<", ">NOK 5,300 a month<", ">1 of 3<")),
        ("velferdstjenestelovene-2023", (">4–9 months<", ">2 of 3<", ">Only in words<")),
    ):
        page = str(report.evidence_record(evidence.read().one(record_id), language="en").numbers)
        assert [words for words in said if words not in page] == []


def test_what_the_source_does_not_say_is_said_to_be_missing() -> None:
    head = str(report.evidence_record(evidence.read().one("samverkan-2010"), language="en").head)
    assert head.count("Not told in the source") == 4


# An evaluation of our own


def test_a_result_becomes_a_record_with_its_estimates_and_their_intervals(tmp_path: Path) -> None:
    protocol = evaluation.read_protocol(study.protocol_file(tmp_path / "p.yaml"))
    evaluation.register(protocol, folder=tmp_path / "registry", at=AT, by="Kari")
    data = study.extract_files(tmp_path)
    result = evaluation.evaluate(protocol, registry=tmp_path / "registry", data=data, at=AT)
    record = report.evidence_of(result, year=2026)
    assert record.id == protocol.id
    assert record.commission.decision is not None
    assert len(record.findings) == len(result.effects)
    claims = [finding for finding in record.findings if finding.direction in {"better", "worse"}]
    assert all("interval" in finding.sentence.en for finding in claims)
