"""An evaluation of our own as a record of the register: from its protocol and its estimates."""

from __future__ import annotations

from collections.abc import Iterator

from samvirke.evaluation import Effect, EvaluationResult, Independence, Kind
from samvirke.evidence import (
    Commission,
    Direction,
    Finding,
    Form,
    Method,
    Record,
    Report,
    Status,
    Strength,
    Text,
    Theme,
)
from samvirke.report.catalogue import N_, translator
from samvirke.report.readings import label_of, reading

LANGUAGES = ("nb", "en")
NOT_BY_LOT = N_("The trial municipalities were not necessarily drawn by lot.")
MANY_TESTS = N_(
    "Several outcomes and groups were examined; with many tests, some differences come by chance."
)
PLACE = "Samvirke"
METHODS = {
    "change_from_before": (Method.EFFECT_EVALUATION, Method.COMPARISON, Method.SURVEY),
    "difference_in_differences": (Method.EFFECT_EVALUATION, Method.COMPARISON),
    "experiment": (Method.EFFECT_EVALUATION,),
    "weighting": (Method.EFFECT_EVALUATION, Method.COMPARISON),
}


def evidence_of(result: EvaluationResult, *, year: int) -> Record:
    """The record: what the protocol asked, each estimate with its interval, each refusal with its reason."""
    protocol = result.protocol
    return Record(
        id=protocol.id,
        title=_text(protocol.title.nb, protocol.title.en),
        commission=Commission(
            question=_text(protocol.question.nb, protocol.question.en),
            commissioner=_text(protocol.commissioner, protocol.commissioner),
            receiver=_text(protocol.receiver, protocol.receiver),
            decision=_text(protocol.decision_to_inform.nb, protocol.decision_to_inform.en),
        ),
        report=Report(
            title=protocol.title.nb,
            institution=protocol.evaluator.organisation,
            independent=protocol.evaluator.independence is Independence.EXTERNAL,
            year=year,
            published=False,
            status=Status(result.status.value),
            language="no",
            methods=METHODS[protocol.design.kind],
            themes=(Theme.INDIVIDUAL, Theme.PLAN),
            forms=(Form.ONE_PLAN,),
            limitations=tuple(_translated(limit) for limit in _limits(protocol.design.kind)),
        ),
        findings=tuple(_findings(result)),
    )


def _findings(result: EvaluationResult) -> Iterator[Finding]:
    for effect in result.effects:
        said = {language: reading(effect, result.protocol, language).sentence for language in LANGUAGES}
        whom = {language: label_of(effect, result.protocol, language) for language in LANGUAGES}
        yield Finding(
            sentence=Text(**said),
            direction=_direction(effect, result),
            population=Text(**whom),
            strength=Strength.COMPARED,
            place=PLACE,
        )


def _limits(design: str) -> tuple[str, ...]:
    """Those of the design that an answer of ours always has."""
    of_sites = design in {"change_from_before", "difference_in_differences"}
    return (NOT_BY_LOT, MANY_TESTS) if of_sites else (MANY_TESTS,)


def _direction(effect: Effect, result: EvaluationResult) -> Direction:
    """Better or worse where the interval lies on one side of zero; otherwise nothing is claimed."""
    if effect.interval is None or effect.kind is Kind.INTERACTION:
        return Direction.DESCRIBES
    low, high = effect.interval
    if low <= 0 <= high:
        return Direction.UNCERTAIN
    outcome = next(one for one in result.protocol.outcomes if one.name == effect.outcome)
    return Direction.BETTER if (low > 0) is outcome.higher_is_better else Direction.WORSE


def _translated(message: str) -> Text:
    return Text(nb=translator("nb")(message), en=message)


def _text(nb: str, en: str) -> Text:
    return Text(nb=nb, en=en)
