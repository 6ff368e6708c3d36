"""What was proved, in a table of docs/security.md: kept results, a row for each proof, nothing by hand."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from proof.outcome import at_most_wrong

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PROVED = (ROOT / "src" / "samvirke", HERE)
MADE = {".pyc", ".mo"}  # from what is written
RESULTS = ROOT / "var" / "proof"
DOCUMENT = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- proof: begin -->", "<!-- proof: end -->"
HEAD = (
    "| proof | what | tried | failures | at most wrong (95 %) | seconds | seed | seen on | commit |",
    "|---|---|---|---|---|---|---|---|---|",
)
TOTAL = "All that stands here took {hours} h {minutes} min."
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
    bound: str = ""
    code: str = ""

    def row(self, what: str) -> str:
        """A line of the table."""
        bound = "-" if self.failures or not self.checked else self.bound or at_most_wrong(self.checked)
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
    """Remember it beside the others."""
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


def finished(name: str) -> Result | None:
    """What was seen last, where nothing failed and the code is still the code that was proved."""
    result = kept(name)
    return result if result and not result.failures and result.code == code() else None


def code() -> str:
    """A digest of all that is written in the program and in the proofs, committed or not."""
    digest = sha256()
    for path in sorted(one for folder in PROVED for one in folder.rglob("*")):
        if path.is_file() and path.suffix not in MADE:
            digest.update(f"{path.relative_to(ROOT)}\n".encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


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
    return "\n".join([f"{before}{BEGIN}", *HEAD, *lines, "", _total(lines), f"{END}{after}"])


def _total(lines: Iterable[str]) -> str:
    """How long all took whose rows tell it."""
    told = [line.split("|")[-5].strip() for line in lines]  # from the end: a note may hold anything
    hours, minutes = divmod(round(sum(int(one) for one in told if one) / 60), 60)
    return TOTAL.format(hours=hours, minutes=minutes)


def rows(lines: Iterable[str]) -> dict[str, str]:
    """Lines of the table by their proof."""
    return {found[1]: line for line in lines if (found := re.match(r"\| `(\w+)` \|", line))}


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")
