"""`make proof`: every proof at full size, one after the other; what is proved of this code stays so."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from importlib import import_module
from time import perf_counter

import click

import cluster
from proof import table
from proof.outcome import Outcome
from proof.table import Result


@click.command()
@click.option("--only", multiple=True, type=click.Choice(list(table.proofs())), help="Just this proof.")
@click.option("--size", type=int, help="Another size than each proof's own; such a run is not kept.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--small", is_flag=True, help="The sizes of the tests; such a run is not kept.")
@click.option("--again", is_flag=True, help="Also what is finished.")
@click.option("--only-table", is_flag=True, help="Run nothing, write the table of what is kept.")
def main(
    only: tuple[str, ...], size: int | None, seed: int, small: bool, again: bool, only_table: bool
) -> None:
    """Prove, and write what was seen into docs/security.md. Fails where a proof does."""
    failed = [] if only_table else _run_all(only or tuple(table.proofs()), size, seed, small, again)
    if only_table or not (small or size):
        table.write()
    if failed:
        raise click.ClickException(f"failed: {', '.join(failed)}")


def _run_all(names: tuple[str, ...], size: int | None, seed: int, small: bool, again: bool) -> list[str]:
    cluster.prepare()
    failed = []
    for name in names:
        finished = None if again or size or small else table.finished(name)
        if finished:
            click.echo(f"{name}: finished before, {finished.checked:,} tried")
            continue
        result = _run(name, size, seed, small)
        click.echo(
            f"{name}: {result.checked:,} tried, {len(result.failures)} failures, {result.seconds:.0f} s"
        )
        click.echo("\n".join(f"  {line}" for line in (result.note, *result.failures) if line))
        if not (size or small):
            table.keep(result)
        failed += [name] if result.failures else []
    return failed


def _run(name: str, size: int | None, seed: int, small: bool) -> Result:
    module = import_module(f"proof.{name}")  # only now: models can be imported after `prepare`
    chosen = size or (module.SMALL if small else module.FULL)
    code = table.code()  # as it is at the beginning: what is written meanwhile was not proved
    started = perf_counter()
    seen: Outcome = module.run(chosen, seed)
    return Result(
        name=name,
        size=chosen,
        seed=seed,
        checked=seen.checked,
        failures=seen.failures,
        note=seen.note,
        bound=seen.bound,
        seconds=perf_counter() - started,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        commit=_commit(),
        code=code,
    )


def _commit() -> str:
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=table.ROOT, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()


if __name__ == "__main__":
    main()
