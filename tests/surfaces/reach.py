"""Which message ids a page for the person can show, followed from the views through names and templates.

A definition is reached when a reached one names it; a template, when a reached definition or template names
it. What a module only keeps beside a reached definition is not reached: a form for workers stands in the same
file as one for citizens.
"""

from __future__ import annotations

import ast
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from surfaces.message_ids import HOME, SURFACES, all_ids, marked_in, pack_ids, template_ids

TEMPLATES = SURFACES / "templates"
# Pages that anybody meets, also a person who has not signed in.
FOR_ALL = ("base.html", "sign_in.html", "404.html", "403_csrf.html", "500.html")
TAG_LIBRARY = "surfaces.templatetags.samvirke"
ENTRANCES = ("surfaces.sign_in", "surfaces.actor", "surfaces.languages", "surfaces.safety", TAG_LIBRARY)
NAMED_TEMPLATE = re.compile(r"""["']([a-z_/]+\.html)["']""")
Definition = tuple[str, str]
CODE_LISTS = ("surfaces.components.labels", "CODE_LISTS")
ASKS_FOR = re.compile(r"""\|labels?(?:_of)?:["']([a-z_]+)["']""")
STORIES = ("surfaces.sign_in", "stories")  # about the demonstration, in the workers' languages


@dataclass(frozen=True, slots=True)
class Module:
    """What a module defines at its top, and where its imported names come from."""

    defined: dict[str, ast.stmt]
    imported: dict[str, Definition]  # a whole module is imported as (module, "")


def citizen_ids() -> set[str]:
    """Single message ids and the first form of plural ones."""
    definitions, templates = reached()
    ids = set(pack_ids())
    for module, name in definitions:
        ids |= set(marked_in(read(module).defined[name]))
    for template in templates:
        ids |= set(template_ids(TEMPLATES / template))
    return ids & all_ids()


def reached() -> tuple[set[Definition], set[str]]:
    """Definitions and templates that the person's pages use."""
    views = [f"surfaces.citizen.{path.stem}" for path in (SURFACES / "citizen").glob("*.py")]
    starts = [(module, name) for module in (*views, *ENTRANCES) for name in read(module).defined]
    starts.remove(STORIES)
    definitions, templates = set(starts), set[str]()
    _follow_templates(FOR_ALL, templates)
    waiting = deque(starts)
    while waiting:
        module, name = waiting.popleft()
        node = read(module).defined[name]
        _follow_templates(_templates_in(node), templates)
        named = () if (module, name) == CODE_LISTS else _named(module, node)
        for found in (*named, *(() if waiting else _code_lists(templates))):
            if found not in definitions:
                definitions.add(found)
                waiting.append(found)
    return definitions, templates


def _code_lists(templates: Iterable[str]) -> Iterator[Definition]:
    """The words of those code lists that a template asks for; of the others no page of the person's tells."""
    module, name = CODE_LISTS
    node = read(module).defined[name]
    asked = {
        key for template in templates for key in ASKS_FOR.findall((TEMPLATES / template).read_text("utf-8"))
    }
    for part in ast.walk(node):
        if isinstance(part, ast.Dict):
            for key, value in zip(part.keys, part.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in asked:
                    yield from _named(module, ast.Expr(value))


@cache
def read(module: str) -> Module:
    """A module by its name without the package."""
    path = HOME.joinpath(*module.split("."))
    tree = ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8"))
    defined = {name: node for node in tree.body for name in _defines(node)}
    imported = {name: source for node in tree.body for name, source in _imports(node)}
    return Module(defined, imported)


def _defines(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _imports(node: ast.stmt) -> Iterator[tuple[str, Definition]]:
    if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("samvirke.surfaces"):
        return
    home = str(node.module).removeprefix("samvirke.")
    for alias in node.names:
        path = HOME.joinpath(*home.split("."), alias.name)
        is_module = path.with_suffix(".py").exists() or path.is_dir()
        yield alias.asname or alias.name, (f"{home}.{alias.name}", "") if is_module else (home, alias.name)


def _named(module: str, node: ast.stmt) -> Iterator[Definition]:
    """What a definition names, in its own module or in one it imports from."""
    known = read(module)
    for part in ast.walk(node):
        match part:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in known.imported:
                other, whole = known.imported[name]
                if not whole and attribute in read(other).defined:
                    yield other, attribute
            case ast.Name(id=name) if name in known.defined:
                yield module, name
            case ast.Name(id=name) if known.imported.get(name, ("", ""))[1]:
                yield known.imported[name]


def _templates_in(node: ast.stmt) -> list[str]:
    return NAMED_TEMPLATE.findall(ast.unparse(node))


def _follow_templates(names: Iterable[str], found: set[str]) -> None:
    for name in names:
        if name not in found:
            found.add(name)
            _follow_templates(NAMED_TEMPLATE.findall((TEMPLATES / name).read_text(encoding="utf-8")), found)
