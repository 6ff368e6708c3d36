"""Reading a file that an expert wrote: what it says, or every problem with the line it stands on.

YAML without its traps: nothing may stand twice, nothing refers to another place, nothing nests without end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

M = TypeVar("M", bound=BaseModel)
Where = tuple[str | int, ...]
Lines = Mapping[Where, int]
DEEPEST = 12

# What can be wrong, as message ids of the pages. The words in braces are the writer's own.
SENTENCES = {
    "not_yaml": "The text cannot be read from here on. Check indentation, colons and quotation marks.",
    "empty": "There is nothing here. Write the text first.",
    "alias": "Signs that refer to another place (& and *) are not used here. Write the words out.",
    "too_deep": "This is nested too deeply. Give the inner part a name and refer to it.",
    "twice": "“{what}” stands twice. Keep one of them.",
    "missing": "“{what}” is missing. Add it.",
    "not_a_word": "“{what}” is not a word that can stand here. Check the spelling.",
    "wrong_value": "“{what}” has a value of the wrong kind. Write it as the rules in force do.",
    "unknown_fact": "There is no fact called “{what}”. Choose one of the list.",
    "needs_number": "“{what}” is a number. Ask with equals, more_than, less_than, at_least or at_most.",
    "needs_yes_no": "“{what}” is answered by yes or no. Ask with equals: true or equals: false.",
    "needs_code": "“{what}” is one of a list of codes, and this is none of them. Choose one of the list.",
    "nobody_can": "No number is both at least and at most this much. Turn the two round.",
    "asks_nothing": "“{what}” asks nothing. Give it a fact and a comparison, or one of all, any and not.",
    "asks_twice": "“{what}” asks more than one thing at once. Make a criterion of each.",
    "unknown_criterion": "“{what}” is not the code of a criterion. Add the criterion, or check the spelling.",
    "cycle": "“{what}” refers to itself: {way}. A criterion cannot rest on its own answer.",
    "same_code": "Two criteria are called “{what}”. Give one of them another code.",
    "period_turned": "The rules end before they begin. Turn the two days round.",
    "example_value": "In an example “{what}” cannot be “{value}”. See the list of facts.",
    "example_group": "In the example “{what}” admitted goes with group and scope. Write all or none.",
    "example_fails": "The example “{what}” expects {expected}, and the rules answer {got}. Correct one.",
    "no_example": "No example is admitted to {what}. Add one that shows whom the group is for.",
    "other_code": "These are the rules “{what}”, and yours are called “{own}”. Write your own code.",
    "overlap": "The period overlaps version {number}, which begins on {day}. Begin later, or end earlier.",
    "in_the_past": "The rules begin on {day}, which is over. Begin today or later.",
    "wrong_money": "“{what}” is no sum of money. Write whole kroner, or kroner and øre in quotes: '5300.50'.",
    "unknown_partnership": "There is no local partnership called “{what}” here. Check the spelling.",
    "unknown_effort": "No joint effort of the file is called “{what}”. Check the spelling.",
    "unknown_year": "The programme has no year {what}. Add the year, or correct it.",
    "unknown_place": "“{what}” does not take part in the programme. Add it, or check the spelling.",
    "same_name": "“{what}” is named twice. Keep one of them.",
    "turned_scale": "The scale's lowest step is not below its highest. Turn the two round.",
    "not_a_step": "{what} is no step of the scale. Name a step from its lowest to its highest.",
    "end_without_name": "Step {what} ends the scale and has no name. Say in words what it means.",
    "shipped_instrument": "“{what}” comes with Samvirke. Give your own instrument another code.",
    "known_version": "Version {version} of “{what}” is in use and stays as it is. Raise the version number.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The problem in English, for the command line and the log."""
        return f"Line {self.line}: {SENTENCES[self.code].format(**self.params)}"


class BadFile(Exception):
    """A file cannot be used. `problems` say what is wrong where, and what to do."""

    def __init__(self, problems: Iterable[Problem], *, name: str = "The text") -> None:
        self.problems = tuple(sorted(problems, key=lambda one: one.line))
        sentences = " ".join(problem.sentence for problem in self.problems)
        super().__init__(f"{name} cannot be used. {sentences}")


def read(text: str, model: type[M]) -> tuple[M, Lines]:
    """What the text says, checked against the model, and the line of each part. Raises BadFile."""
    said, lines = _parsed(text)
    try:
        return model.model_validate(said), lines
    except ValidationError as problem:
        found = [(error["type"], error["loc"]) for error in problem.errors()]
        # a list is called too short as well where what stands in it is wrong
        told = [one for one in found if one[0] != "too_short"] or found
        raise BadFile(_in_words(kind, where, lines) for kind, where in told) from None


def line_of(lines: Lines, where: Where) -> int:
    """The line of a part, or of the nearest part around it."""
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where, 1)


class FilePart(BaseModel):
    """A part of a file: nothing that is not declared, and nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class _Loader(yaml.SafeLoader):
    """YAML's own reader, for what is plain."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """A node, unless it refers elsewhere or lies too deep."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise BadFile([Problem(line, "alias")])
        if self.depth >= DEEPEST:
            raise BadFile([Problem(line, "too_deep")])
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def _parsed(text: str) -> tuple[Any, Lines]:
    lines: dict[Where, int] = {}
    problems: list[Problem] = []
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        said = None if root is None else _plain(loader, root, (), lines, problems)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise BadFile([Problem(mark.line + 1 if mark else 1, "not_yaml")]) from None
    except (yaml.YAMLError, ValueError):
        raise BadFile([Problem(1, "not_yaml")]) from None
    if problems:
        raise BadFile(problems)
    if said is None:
        raise BadFile([Problem(1, "empty")])
    return said, lines


def _plain(
    loader: _Loader, node: yaml.Node, where: Where, lines: dict[Where, int], problems: list[Problem]
) -> Any:
    lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, one, (*where, place), lines, problems) for place, one in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node, deep=True)
    found: dict[str, Any] = {}
    for key_node, value in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in found:
            problems.append(Problem(line, "twice", {"what": key}))
        lines.setdefault((*where, key), line)
        found[key] = _plain(loader, value, (*where, key), lines, problems)
    return found


def _in_words(kind: str, where: Where, lines: Lines) -> Problem:
    """A finding of the model's, where it says what is wrong."""
    known = where
    while known and known not in lines:
        known = known[:-1]
    code = {"missing": "missing", "extra_forbidden": "not_a_word", "money": "wrong_money"}.get(
        kind, "wrong_value"
    )
    names = [one for one in (where if code == "missing" else known) if isinstance(one, str)]
    return Problem(line_of(lines, where), code, {"what": names[-1] if names else "text"})
