"""What was proved, in a table of docs/security.md: kept results, a row for each proof, nothing by hand."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = ROOT / "var" / "proof"
DOCUMENT = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- proof: begin -->", "<!-- proof: end -->"
HEAD = (
    "| proof | what | tried | failures | at most wrong (95 %) | seconds | seed | seen on | commit |",
    "|---|---|---|---|---|---|---|---|---|",
)
NOT_YET = "| `{name}` | {what} | not run at full size yet | | | | | | |"


@dataclass(frozen=True, slots=True)
class Result:
    """One proof at one size, as it was seen."""

    name: str
    size: int
    seed: int
    checked: int
    failures: tuple[str, ...]
    note: str
    seconds: float
    date: str
    commit: str

    def row(self, what: str) -> str:
        """A line of the table."""
        bound = "-" if self.failures or not self.checked else f"{3 / self.checked:.1g}"
        told = f"{what} {self.note}" if self.note else what
        return (
            f"| `{self.name}` | {told} | {_grouped(self.checked)} | {len(self.failures)} | {bound} "
            f"| {self.seconds:.0f} | {self.seed} | {self.date} | {self.commit} |"
        )


def proofs() -> dict[str, str]:
    """Every module here that has something to run, with the first sentence of what it says it proves."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or "").split("\n")[0]
    return found


def keep(result: Result) -> None:
    """Remember it beside the others; a proof that is finished need not be run again."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(result), indent=1, ensure_ascii=False)
    (RESULTS / f"{result.name}.json").write_text(text + "\n", encoding="utf-8")


def kept(name: str) -> Result | None:
    """What was seen last, or None."""
    path = RESULTS / f"{name}.json"
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    return Result(**told | {"failures": tuple(told["failures"])})


def write() -> None:
    """The table in the document says what is kept; a row of which nothing is kept stays as it is."""
    document = DOCUMENT.read_text(encoding="utf-8")
    results = {name: result for name in proofs() if (result := kept(name))}
    DOCUMENT.write_text(written(document, proofs(), results), encoding="utf-8")


def written(document: str, named: Mapping[str, str], results: Mapping[str, Result]) -> str:
    """The document with a row for each proof between its two marks."""
    before, rest = document.split(BEGIN)
    there, after = rest.split(END)
    known = rows(there.splitlines())
    lines = [
        results[name].row(what) if name in results else known.get(name, NOT_YET.format(name=name, what=what))
        for name, what in named.items()
    ]
    return "\n".join([f"{before}{BEGIN}", *HEAD, *lines, f"{END}{after}"])


def rows(lines: Iterable[str]) -> dict[str, str]:
    """Lines of the table by their proof."""
    return {found[1]: line for line in lines if (found := re.match(r"\| `(\w+)` \|", line))}


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")
