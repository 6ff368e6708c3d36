"""The page: self-contained, accessible, whole in both languages, and never a raw code."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from insight import study
from insight.rows import delivered, flow_row, many_episodes
from samvirke import evaluation, report, statistics
from samvirke.evaluation import Source
from samvirke.kernel import codes
from samvirke.report import catalogue, charts, labels
from samvirke.statistics import ProtectedTable

AT = datetime(2026, 3, 5, 10, tzinfo=UTC)
ROOM = Path(labels.__file__).parent
VOID = {"meta", "link", "br", "img", "hr", "input"}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> evaluation.EvaluationResult:
    folder = tmp_path_factory.mktemp("study")
    files = study.extract_files(folder)
    evaluation.register(study.protocol(), folder=folder, at=datetime(2026, 1, 20, tzinfo=UTC), by="Kari")
    return evaluation.evaluate(study.protocol(), registry=folder, data=files, at=AT)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> statistics.StatisticsRecord:
    flow = [flow_row("0301"), flow_row("1103", imported=1200, asked=4, consented=3, on_plan=0)]
    made = delivered(tmp_path_factory.mktemp("delivery"), many_episodes(300, seed=1), flow)
    return statistics.statistics_of(made)


@pytest.fixture(scope="module")
def pages(result: evaluation.EvaluationResult, record: statistics.StatisticsRecord) -> dict[str, str]:
    return {
        language: report.render(result, record, language=language, made_at=AT)
        for language in report.LANGUAGES
    }


class Page(HTMLParser):
    """What a page is made of: tags in order, attributes, text, and whether every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "code"} & {*self.open}:
            self.text.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(params=report.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_page_loads_nothing_and_runs_nothing(pages: dict[str, str], language: str) -> None:
    page = Page(pages[language])
    assert not page.named("script")
    assert not page.named("link")
    assert not page.named("img")
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes), tag
        for name in ("src", "href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith("#")
    style = re.sub(r"url\(#[\w-]+\)", "", pages[language])
    assert "url(" not in style
    assert "@import" not in style


def test_page_is_well_formed_with_headings_in_order(pages: dict[str, str], language: str) -> None:
    page = Page(pages[language])
    assert page.open == []
    assert page.named("html")[0]["lang"] == language
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_id_occurs_once(pages: dict[str, str], language: str) -> None:
    ids = [attributes["id"] for _, attributes in Page(pages[language]).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_every_figure_has_a_caption_a_named_picture_and_a_table_after_it(
    pages: dict[str, str], language: str
) -> None:
    page = Page(pages[language])
    names = [tag for tag, _ in page.tags if tag in {"figure", "figcaption", "table"}]
    assert names.count("figure") == names.count("figcaption") >= 6
    figures = [i for i, name in enumerate(names) if name == "figure"]
    assert all(names[i + 1 : i + 3] == ["figcaption", "table"] for i in figures)
    assert all(svg["role"] == "img" and svg["aria-label"] for svg in page.named("svg") if "role" in svg)


def test_svgs_are_xml(pages: dict[str, str], language: str) -> None:
    found = re.findall(r"<svg.*?</svg>", pages[language], flags=re.DOTALL)
    assert len(found) >= 6
    for svg in found:
        ET.fromstring(svg)


def all_codes() -> set[str]:
    lists = (codes.SupportSource, codes.Occupation, codes.EndReason, codes.TargetGroup, codes.Sex)
    return {code.value for one in lists for code in one}


def test_every_code_has_a_label_in_both_languages() -> None:
    for code in all_codes() | set(statistics.episodes.FLOW_STEPS) | set(statistics.episodes.STATES):
        assert report.code_label(code, "en")
        assert report.code_label(code, "nb")
    assert report.code_label("social_assistance", "nb") == "Sosialhjelp"
    assert report.code_label("0301", "nb") == "0301"
    with pytest.raises(labels.UnknownCode, match="has no label"):
        report.code_label("lottery", "nb")


def test_no_raw_code_stands_on_a_page(pages: dict[str, str], language: str) -> None:
    text = " ".join(Page(pages[language]).text)
    assert re.findall(r"\b[a-z]+_[a-z_]+\b", text) == []
    assert "None" not in text


def test_an_effect_stands_with_its_interval_and_its_doubt(pages: dict[str, str]) -> None:
    assert re.search(r"the effect was [−\d.]+ points \(95% interval [−\d.]+ to [−\d.]+\)", pages["en"])
    assert "We cannot rule out that it is zero." in pages["en"]
    assert re.search(r"Virkningen var [−\d,]+ poeng \(95\xa0% intervall [−\d,]+ til [−\d,]+\)", pages["nb"])
    assert "Vi kan ikke utelukke at den er null." in pages["nb"]


def test_norwegian_numbers_have_a_decimal_comma(pages: dict[str, str]) -> None:
    text = " ".join(Page(pages["nb"]).text)
    assert re.search(r"\d,\d", text)
    assert re.findall(r"\b\d+\.\d+\b", text) == []


def test_page_carries_its_fingerprints_source_and_date(
    pages: dict[str, str], language: str, result: evaluation.EvaluationResult
) -> None:
    for fingerprint in (result.protocol_hash, *result.data_hashes.values(), result.code_version):
        assert fingerprint in pages[language]
    assert "Four local partnerships" in pages[language]
    assert ("5. mars 2026" if language == "nb" else "5 March 2026") in pages[language]


def test_same_arguments_give_the_same_page(
    pages: dict[str, str], result: evaluation.EvaluationResult, record: statistics.StatisticsRecord
) -> None:
    assert report.render(result, record, language="nb", made_at=AT) == pages["nb"]


def test_words_from_a_protocol_cannot_become_markup(result: evaluation.EvaluationResult) -> None:
    hostile = study.protocol(title={"nb": "<script>x</script>", "en": "<b>&"})
    changed = evaluation.EvaluationResult(
        **{name: getattr(result, name) for name in result.__dataclass_fields__ if name != "protocol"},
        protocol=hostile,
    )
    page = report.render(changed, language="nb", made_at=AT)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_refused_effects_are_told_with_their_reason(tmp_path: Path) -> None:
    """Two municipalities: an estimate without an interval; hardly any youth: no estimate."""
    sites = {"trial": ["0101"], "comparison": ["0201"]}
    here = {"0101", "0201"}
    survey = [row for row in study.survey_rows() if row["municipality"] in here]
    register = [row for row in study.register_rows(per_site=8) if row["municipality"] in here]
    protocol = study.protocol(sites=sites)
    evaluation.register(protocol, folder=tmp_path, at=AT, by="Kari")
    data = {
        Source.SURVEY: study.write_csv(tmp_path / "s.csv", survey, columns=study.SURVEY_COLUMNS),
        Source.REGISTER: study.write_csv(tmp_path / "r.csv", register, columns=study.REGISTER_COLUMNS),
    }
    found = evaluation.evaluate(protocol, registry=tmp_path, data=data, at=AT)
    page = report.render(found, language="en", made_at=AT)
    assert "No interval is given: with 2 municipalities the smallest possible p-value is 1.000" in page
    assert "No effect is given: on one side, in the group or outside it, fewer were observed" in page
    assert Page(report.render(found, language="nb", made_at=AT)).open == []


def message_ids() -> Iterator[str]:
    """Every message id in the code and the templates of the report."""
    for path in sorted(ROOM.glob("*.py")):
        for _, found, _, _ in extract_from_file("python", str(path), keywords={"_": None, "N_": None}):
            yield str(found)
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r'translator\(language\)\(\s*"([^"]+)"', text)
    for path in sorted((ROOM / "templates").glob("*.html")):
        with path.open("rb") as template:
            for _, _, found, _ in babel_extract(template, ["_"], [], {}):
                yield str(found)
    for one in statistics.INDICATORS:
        yield from (one.name, one.definition, one.weakness)


def test_every_message_is_translated_and_keeps_its_blanks() -> None:
    with (catalogue.FOLDER / "nb" / "LC_MESSAGES" / "insight.po").open("rb") as file:
        translated = {message.id: message.string for message in read_po(file) if message.id}
    ids = set(message_ids())
    assert len(ids) > 100
    assert ids == set(translated)
    for source, target in translated.items():
        assert target
        assert set(re.findall(r"{\w+}", source)) == set(re.findall(r"{\w+}", target))


def test_another_language_is_refused() -> None:
    with pytest.raises(report.UnknownLanguage, match="Choose one of: nb, en"):
        report.code_label("wages", "fr")


def test_a_missing_catalogue_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    with pytest.raises(report.UncompiledCatalogue, match="make setup"):
        catalogue.translator.__wrapped__("nb")


@pytest.mark.parametrize(
    ("value", "places", "nb", "en"),
    [(1.25, 1, "1,2", "1.2"), (-0.004, 2, "0,00", "0.00"), (-3.456, 2, "−3,46", "−3.46"), (0, 0, "0", "0")],
)
def test_decimals(value: float, places: int, nb: str, en: str) -> None:
    assert report.decimal(value, "nb", places=places) == nb
    assert report.decimal(value, "en", places=places) == en


def test_counts_shares_and_days() -> None:
    assert report.count(12345, "nb") == "12\u00a0345"
    assert report.count(12345, "en") == "12,345"
    assert report.count(None, "nb") == ":"
    assert report.percent(0.256, "nb") == "26\u00a0%"
    assert report.percent(None, "en") == ":"
    assert report.days(33, "nb") == "33 dager"
    assert report.days(None, "nb") == ":"


def test_charts_leave_hidden_numbers_out() -> None:
    table = ProtectedTable(
        name="flow", rows=("0301",), columns=("asked", "on_plan"), cells=((77, None),), row_totals=(),
        column_totals=(77, None), total=None, hidden=1, reason="r", source="s", date="2026-01-01", note="",
    )  # fmt: skip
    drawn = report.flow_chart(table, language="nb")
    assert "Spurt" in drawn
    assert ">77<" in drawn
    assert "Fikk plan" not in drawn


GOAL = statistics.OwnGoal(source="Nordfjord", indicator="with_agreement", own=100, central=50)


@pytest.fixture(scope="module")
def tertial(tmp_path_factory: pytest.TempPathFactory) -> statistics.TertialRecord:
    """Two partnerships in one county, a third one expected; one states another number than was counted."""
    made = []
    for seed, (source, municipality) in enumerate([("Nordfjord", "4601"), ("Sørfjord", "4602")]):
        rows = many_episodes(120, seed=seed)
        rows = [{**row, "municipality": municipality} for row in rows]
        folder = tmp_path_factory.mktemp(source)
        made.append(delivered(folder, rows, [flow_row(municipality)], source=source))
    wanted = [
        statistics.Expected(source="Nordfjord", stated={"open": 1}, own_goals=(GOAL,)),
        statistics.Expected(source="Innlandet"),
    ]
    return statistics.combine(
        made, period=statistics.Tertial(2024, 1), counties=statistics.counties(), expected=wanted
    )


def test_the_tertial_report_is_whole_in_both_languages(
    tertial: statistics.TertialRecord, language: str
) -> None:
    text = report.render_tertial(tertial, language=language, made_at=AT)
    page = Page(text)
    assert page.open == []
    assert not page.named("script")
    words = " ".join(page.text)
    assert re.findall(r"\b[a-z]+_[a-z_]+\b", words) == []
    assert "None" not in words
    for name in ("Nordfjord", "Sørfjord", "Vestland", "Innlandet"):
        assert name in words
    assert ("Mangler:" if language == "nb" else "Missing:") in words
    for one in statistics.INDICATORS:
        assert catalogue.translator(language)(one.weakness) in words


def test_the_tertial_report_hides_what_the_record_hides(tertial: statistics.TertialRecord) -> None:
    page = report.tertial_page(tertial, language="en")
    (movement,) = [group for group in page.groups if group.name == "movement"]
    assert [line.label for line in movement.lines] == [
        "All that are in", "Vestland", "Nordfjord", "Sørfjord",
    ]  # fmt: skip
    codes = ("entered", "ended", "open")
    for line in movement.lines:
        name = {"Vestland": "46", "All that are in": ""}.get(line.label, line.label)
        for code, entry in zip(codes, line.cells, strict=True):
            indicator = next(one for one in statistics.INDICATORS if one.code == code)
            number = tertial.value(indicator, line.level, name).number
            assert entry.text == (":" if number is None else str(int(number)))
            assert entry.spoken == ("hidden" if number is None else "")


def test_a_stated_number_stands_beside_the_counted_one_only_where_that_is_shown(
    tertial: statistics.TertialRecord,
) -> None:
    (line,) = report.tertial_page(tertial, language="en").stated
    indicator = next(one for one in statistics.INDICATORS if one.code == "open")
    counted = tertial.value(indicator, statistics.Level.PARTNERSHIP, "Nordfjord").number
    if counted is None:
        assert line.stated.text == line.counted.text == ":"
    else:
        assert (line.stated.text, line.differs) == ("1", True)


def test_without_a_list_nobody_says_that_nothing_is_missing(tmp_path: Path) -> None:
    made = [delivered(tmp_path, many_episodes(30, seed=1))]
    period = statistics.Tertial(2024, 1)
    for expected, says in (
        ((), "No list of expected deliveries was handed in"),
        ([statistics.Expected(source=made[0].receipt.source)], "Nothing that was expected is missing."),
    ):
        record = statistics.combine(made, period=period, counties=statistics.counties(), expected=expected)
        assert says in report.render_tertial(record, language="en", made_at=AT)


def test_one_partnership_reads_its_own_lines_and_the_levels_above(
    tertial: statistics.TertialRecord,
) -> None:
    page = report.tertial_page(tertial, language="en", only="Nordfjord", charts=False)
    assert [line.label for line in page.groups[0].lines] == ["All that are in", "Vestland", "Nordfjord"]
    assert [one.source for one in page.returned] == ["Nordfjord"]
    assert "Sørfjord" not in repr(page)


def test_an_own_goal_stands_beside_the_central_one(tertial: statistics.TertialRecord) -> None:
    (line,) = report.tertial_page(tertial, language="en").goals
    assert (line.source, line.own, line.central, line.reached.text) == ("Nordfjord", "100%", "50%", "0/2")
    assert report.tertial_page(tertial, language="en", only="Sørfjord").goals == ()


def test_two_places_of_one_name_have_a_bar_each() -> None:
    shares = [charts.Share("Innlandet", 0.23), charts.Share("Innlandet", 0.31)]
    drawn = charts.shares_chart(shares, language="en", title="Places")
    assert re.findall(r">(23|31|54)%<", drawn) == ["23", "31"]
