"""Every message id the pages can show: from Python, from templates, and from data that pages translate."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation.template import templatize

import samvirke
from samvirke.programmes import queries as programmes
from samvirke.programmes.files import SENTENCES
from samvirke.programmes.vocabulary import FACTS
from samvirke.statutes import queries as statutes
from samvirke.statutes.telling import BARS
from samvirke.statutes.words import CONDITION_SENTENCES as CONDITIONS
from samvirke.statutes.words import SENTENCES as OBSTACLES

HOME = Path(samvirke.__file__).parent
SURFACES = HOME / "surfaces"
# The insight part has a catalogue of its own; commands speak English.
OTHER_CATALOGUES = (SURFACES / "commands",)
MARKERS = {"gettext": 1, "gettext_lazy": 1, "_": 1, "ngettext": 2}
LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"(?:\bn?gettext|(?<!\w)_)\({LITERAL}")

# Calls outside the surfaces whose texts are message ids: where the first one stands, and by which names.
REFUSALS = {"BadField": 1, "NotANationalId": 0}
REFUSAL_WORDS = {"reason", "what_to_do"}


def all_ids() -> set[str]:
    """Single message ids and the first form of plural ones."""
    ids = set[str]()
    for path in _python(SURFACES):
        ids |= set(marked_ids(path))
    for path in [*SURFACES.rglob("*.html"), *SURFACES.rglob("*.md")]:
        ids |= set(template_ids(path))
    readers = [HOME / "people" / "national_ids.py", HOME / "people" / "nordic_ids.py"]
    for path in [*_python(HOME / "exchange"), *readers]:
        ids |= set(refusal_ids(path))
    return ids | set(pack_ids()) | set(law_ids()) | set(rule_ids())


def marked_ids(path: Path) -> Iterator[str]:
    """Literal texts in a file's gettext calls."""
    return marked_in(ast.parse(path.read_text(encoding="utf-8")))


def marked_in(code: ast.AST) -> Iterator[str]:
    """Literal texts in gettext calls."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            text = node.args[0]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def template_ids(path: Path) -> Iterator[str]:
    """Texts of translate, blocktranslate and _() in a template, as Django's own tool finds them."""
    source = templatize(path.read_text(encoding="utf-8"))
    for found in IN_TEMPLATE.finditer(source):
        yield ast.literal_eval(found.group(1))


def refusal_ids(path: Path) -> Iterator[str]:
    """Reasons and advice in refused rows; a text may stand in a constant of the module."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    constants = dict(_constants(module))
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for text in _refusal_texts(node, node.func.id):
                yield from _texts(text, constants)


def pack_ids() -> Iterator[str]:
    """The law packs, but for what nobody is shown, and what papers and workers alone read."""
    for pack in statutes.packs():
        yield from (topic.label for topic in pack.topics)
        yield from (basis.label for basis in pack.disclosure_bases if basis.is_usable)
        for duty in pack.duties:
            yield from (duty.label, *duty.tasks)
        for kind in pack.plan_kinds:
            if kind.is_usable:
                yield kind.label
                for requirement in kind.requirements:
                    yield from (requirement.label, requirement.who)
        for right in pack.rights:
            yield from (right.label, right.sentence, right.for_whom)
        for level in pack.protection_levels:
            yield from (level.label, level.meaning)
        yield from (kind.label for kind in pack.guardian_kinds if kind.is_usable)


def law_ids() -> Iterator[str]:
    """What papers and workers alone read of the law, and why a basis does not carry something."""
    yield from (*OBSTACLES.values(), *CONDITIONS.values(), *BARS.values())
    for pack in statutes.packs():
        yield from (row.label for row in (*pack.secrecy, *pack.legal_bases) if row.is_usable)
        yield from (case.label for case in (pack.access_log.kept_back if pack.access_log else ()))
        yield from (line.label for line in pack.age_lines if line.months_before is not None)
        yield from (age.label for age in pack.service_ages if age.is_usable)


def rule_ids() -> Iterator[str]:
    """The target-group rules, what they may ask, and what can be wrong with them."""
    yield from SENTENCES.values()
    for fact in FACTS:
        yield from (text for text in (fact.meaning, fact.unit) if text)
    for path in programmes.RULES.glob("*.yaml"):
        yield from (criterion.sentence for criterion in programmes.rules(path.stem).criteria)


def _python(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.py"):
        if not any(other in path.parents for other in OTHER_CATALOGUES):
            yield path


def _constants(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                    yield target.id, node.value.value


def _refusal_texts(call: ast.Call, name: str) -> Iterable[ast.expr]:
    if name in REFUSALS:
        yield from call.args[REFUSALS[name] :]
    if name in REFUSALS or name == "RefusedRow":
        yield from (keyword.value for keyword in call.keywords if keyword.arg in REFUSAL_WORDS)


def _texts(expression: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.Name) and expression.id in constants:
        yield constants[expression.id]
    elif isinstance(expression, ast.IfExp):
        yield from _texts(expression.body, constants)
        yield from _texts(expression.orelse, constants)
