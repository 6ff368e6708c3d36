"""`python -m manual.bill FILE`: what Samvirke is made of, as CycloneDX JSON, from the lock files.

The Python part is read from `requirements.lock` by cyclonedx-bom, the rest from `package-lock.json`;
licences come from what each package says of itself. A copyleft licence, or none, needs a reason in
`pyproject.toml`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from manual.markdown import ROOT

COPYLEFT = re.compile(r"GPL|General Public Licen[sc]e|EUPL|MPL-1|CDDL|OSL|SSPL", re.IGNORECASE)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
OWN_WORDS = 80  # a longer licence field is the licence's own text, not its name


class BrokenBill(Exception):
    """The list breaks the format's own schema."""

    def __init__(self, problem: object) -> None:
        super().__init__(f"The list of parts is no valid CycloneDX, so it was not written: {problem}")


@dataclass(frozen=True, slots=True)
class Part:
    """One package of a lock file."""

    name: str
    version: str
    licence: str  # empty: it states none, or is for another kind of machine and not installed here
    is_here: bool


def parts() -> list[Part]:
    """Every package of both lock files."""
    return [*_python(), *_front_end()]


def unexplained(found: list[Part], reasons: Mapping[str, str]) -> list[str]:
    """A sentence for each package whose licence needs a reason and has none."""
    return [
        f"{part.name} {part.version} {_trouble(part)}. Use another package, or give the reason why it may "
        "stay in [tool.samvirke.licences] of pyproject.toml."
        for part in found
        if part.is_here and _trouble(part) and not reasons.get(part.name, "").strip()
    ]


def reasons() -> dict[str, str]:
    """Why a package with such a licence may stay."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(read["tool"]["samvirke"]["licences"])


def _trouble(part: Part) -> str:
    if not part.licence:
        return "states no licence"
    return f"is under {part.licence}" if COPYLEFT.search(part.licence) else ""


def _python() -> Iterator[Part]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name, version in PINNED.findall(lock):
        try:
            yield Part(name, version, licence_of(metadata.metadata(name)), is_here=True)
        except metadata.PackageNotFoundError:
            yield Part(name, version, "", is_here=False)


def licence_of(said: Any) -> str:
    """What a package says of its licence, newest field first."""
    stated = said.get("License-Expression") or ""
    if stated:
        return str(stated)
    classified = (one for one in said.get_all("Classifier") or [] if one.startswith("License ::"))
    names = [one.rpartition(" :: ")[2] for one in classified]
    old = " ".join((said.get("License") or "").split())
    return ", ".join(names) or (old if len(old) < OWN_WORDS else old[:OWN_WORDS])


def _front_end() -> Iterator[Part]:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for path, entry in lock["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            yield Part(name, entry["version"], entry.get("license", ""), is_here=True)


def bill() -> str:
    """The list as CycloneDX JSON. Raises BrokenBill."""
    listed = json.loads(_of_the_lock())
    found = parts()
    licences = {part.name: part.licence for part in found if part.licence}
    for component in listed["components"]:
        if component["name"] in licences:
            component["licenses"] = [{"license": {"name": licences[component["name"]]}}]
    listed["components"] += [_component(part) for part in _front_end()]
    text = json.dumps(listed, indent=1)
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem is not None:
        raise BrokenBill(problem)
    return text


def _of_the_lock() -> str:
    read = ["requirements", "requirements.lock", "--pyproject", "pyproject.toml", "--output-reproducible"]
    done = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", *read], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def _component(part: Part) -> dict[str, Any]:
    return {
        "type": "library",
        "name": part.name,
        "version": part.version,
        "bom-ref": f"npm-{part.name}",
        "purl": f"pkg:npm/{part.name.replace('@', '%40')}@{part.version}",
        "licenses": [{"license": {"name": part.licence}}],
    }


def main(path: Path) -> None:
    """Write the list, and say which licences need a reason."""
    trouble = unexplained(parts(), reasons())
    if trouble:
        sys.exit("\n".join(trouble))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(bill(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
