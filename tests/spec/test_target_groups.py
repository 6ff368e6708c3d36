"""The target groups, as a table one can read beside the rules. `?` means that nobody has said.

Rules: programmes/rules/no_local_effort.yaml. Missing information is unknown, never a no.
"""

from __future__ import annotations

import pytest

from samvirke.programmes import policies
from samvirke.programmes.queries import rules
from samvirke.programmes.types import Outcome

# income   main income is social assistance     risk  assessed as at risk      months  of assistance last year
# years    of the last three with assistance    work  relevant for the labour market
# single, migrant, help  single provider; immigrant or refugee; assessed as needing special help
CASES = """
what                                  income risk months years work age single migrant help | outcome  group                scope
long-term by months                   yes    yes  7      1     yes  40  no     no      no   | admitted long_term_recipient  central
six months is not more than six       yes    yes  6      1     yes  40  no     no      no   | refused  -                    central
long-term by three years              yes    yes  1      3     yes  40  no     no      no   | admitted long_term_recipient  central
months unknown, three years known     yes    yes  ?      3     yes  40  no     no      no   | admitted long_term_recipient  central
months unknown, two years             yes    yes  ?      2     yes  40  no     no      no   | unknown  -                    central
another main income                   no     yes  12     3     yes  40  yes    no      no   | refused  -                    central
income unknown                        ?      yes  12     3     yes  40  no     no      no   | unknown  -                    central
not at risk                           yes    no   12     3     yes  40  yes    no      no   | refused  -                    central
risk not assessed                     yes    ?    12     3     yes  40  no     no      no   | unknown  -                    central
not for the labour market             yes    yes  12     3     no   40  no     no      no   | refused  -                    central
youth of 20                           yes    yes  1      1     no   20  no     no      no   | admitted youth                central
youth of 24                           yes    yes  1      1     no   24  no     no      no   | admitted youth                central
25 is no youth                        yes    yes  1      1     no   25  no     no      no   | refused  -                    central
19, by local agreement                yes    yes  1      1     no   19  no     no      no   | admitted youth                local
18, by local agreement                yes    yes  1      1     no   18  no     no      no   | admitted youth                local
17 is too young                       yes    yes  1      1     no   17  no     no      no   | refused  -                    central
single provider                       yes    yes  1      1     no   40  yes    no      no   | admitted single_provider      central
single provider not known             yes    yes  1      1     no   40  ?      no      no   | unknown  -                    central
immigrant who needs help              no     no   0      0     no   40  no     yes     yes  | admitted immigrant_or_refugee central
immigrant without special need        no     no   0      0     no   40  no     yes     no   | refused  -                    central
immigrant, need not assessed          no     no   0      0     no   40  no     yes     ?    | unknown  -                    central
need, but not an immigrant            no     no   0      0     no   40  no     no      yes  | refused  -                    central
central before local                  yes    yes  7      1     yes  19  no     no      no   | admitted long_term_recipient  central
a known yes beats an unknown          yes    yes  ?      ?     yes  22  no     no      no   | admitted youth                central
nobody has said anything              ?      ?    ?      ?     ?    40  ?      ?       ?    | unknown  -                    central
"""  # noqa: E501
FACTS = [
    "main_income",
    "assessed_at_risk",
    "assistance_months_last_year",
    "assistance_years_of_last_three",
    "relevant_for_labour_market",
    "age",
    "is_single_provider",
    "is_immigrant_or_refugee",
    "assessed_needs_special_help",
]
WORDS = {"yes": True, "no": False, "?": None}


def rows() -> dict[str, tuple[dict[str, object], list[str]]]:
    """Facts and expected verdict by what the case is about."""
    found = {}
    for line in CASES.strip().splitlines()[1:]:
        given, expected = line.split("|")
        what, cells = given[:38].strip(), given[38:].split()
        facts: dict[str, object] = {
            name: WORDS[cell] if cell in WORDS else int(cell) for name, cell in zip(FACTS, cells, strict=True)
        }
        facts["main_income"] = {"yes": "social_assistance", "no": "wages", "?": "unknown"}[cells[0]]
        found[what] = (facts, expected.split())
    return found


ROWS = rows()


@pytest.mark.parametrize("what", ROWS)
def test_target_group(what: str) -> None:
    facts, expected = ROWS[what]
    verdict = policies.judge(rules("no_local_effort"), facts)
    assert [verdict.outcome, verdict.target_group or "-", verdict.scope] == expected


@pytest.mark.parametrize(
    ("what", "deciding"),
    [
        ("long-term by months", {"main_income_is_assistance", "at_risk_of_losing_attachment", "more_than_six_months", "relevant_for_interventions"}),  # noqa: E501
        ("risk not assessed", {"at_risk_of_losing_attachment"}),
        ("single provider not known", {"single_provider"}),
        ("immigrant, need not assessed", {"needs_special_help"}),
    ],
)  # fmt: skip
def test_the_verdict_names_what_decided(what: str, deciding: set[str]) -> None:
    verdict = policies.judge(rules("no_local_effort"), ROWS[what][0])
    assert set(verdict.deciding) == deciding


def test_a_refusal_names_what_failed() -> None:
    verdict = policies.judge(rules("no_local_effort"), ROWS["not for the labour market"][0])
    assert "relevant_for_interventions" in verdict.deciding
    assert "main_income_is_assistance" not in verdict.deciding


@pytest.mark.parametrize(
    ("rights", "noted"), [(True, ()), (None, ()), (False, ("no_insurance_rights",))], ids=str
)
def test_lost_insurance_rights_are_noted_and_keep_nobody_out(
    rights: bool | None, noted: tuple[str, ...]
) -> None:
    verdict = policies.judge(
        rules("no_local_effort"), {**ROWS["single provider"][0], "has_insurance_rights": rights}
    )
    assert (verdict.outcome, verdict.target_group, verdict.flags) == ("admitted", "single_provider", noted)
    assert "no_insurance_rights" not in verdict.deciding


def test_every_fact_that_admits_stands_in_the_table() -> None:
    found = rules("no_local_effort")
    known = {criterion.code: criterion.fact for criterion in found.criteria}
    assert {known[code] for group in found.groups for code in (*group.all, *group.any)} == set(FACTS)


def test_a_number_that_is_no_number_is_unknown_and_never_a_no() -> None:
    facts, _ = ROWS["long-term by months"]
    verdict = policies.judge(
        rules("no_local_effort"),
        {**facts, "assistance_months_last_year": "seven", "assistance_years_of_last_three": 2},
    )
    assert verdict.outcome is Outcome.UNKNOWN
