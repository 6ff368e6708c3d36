"""`samvirke db`: make, start and look after the database."""

from __future__ import annotations

import click

from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.lazy import Later, LazyGroup


@click.group(
    cls=LazyGroup,
    later={
        "backup": Later("samvirke.surfaces.commands.drill:backup", "Write a backup.", "service", django=True),
        "drill": Later(
            "samvirke.surfaces.commands.drill:drill",
            "Prove that a backup can be restored.",
            "service",
            django=True,
        ),
        "migrate": Later(
            "samvirke.surfaces.commands.migrate:migrate",
            "Bring the database's tables up to this version.",
            "service",
        ),
    },
)
def db() -> None:
    """Make, start and look after the database that comes with Samvirke."""


@db.command()
@click.option("--simulated", is_flag=True, help="Run by a clock that can be set: for demo and tests only.")
def init(*, simulated: bool) -> None:
    """Make the database and start it. Tables come with `samvirke db migrate`."""
    _refuse_elsewhere()
    _tell(postgres.init(postgres.default_folder(), simulated=simulated))


@db.command()
def start() -> None:
    """Start the database."""
    _refuse_elsewhere()
    _tell(postgres.start(postgres.default_folder()))


@db.command()
def stop() -> None:
    """Stop the database."""
    _refuse_elsewhere()
    _tell(postgres.stop(postgres.default_folder()))


@db.command()
@click.argument("role", type=click.Choice(postgres.ROLES))
def url(*, role: str) -> None:
    """Print where ROLE connects, password included."""
    click.echo(postgres.connection(role).url)


@db.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(*, yes: bool) -> None:
    """Throw away everything in the database and make a new and empty one."""
    _refuse_elsewhere()
    folder = postgres.default_folder()
    postgres.status(folder)
    if not yes:
        click.confirm(f"Everything in {folder} will be lost. Go on?", abort=True)
    _tell(postgres.reset(folder))


@db.command()
def roles() -> None:
    """Print the SQL that a database administrator runs on a PostgreSQL of their own (15 or newer)."""
    click.echo(postgres.script(), nl=False)


def _refuse_elsewhere() -> None:
    if postgres.stands_elsewhere():
        raise click.ClickException(
            "SAMVIRKE_DATABASE_URL names a database that stands elsewhere, which Samvirke neither makes nor "
            "starts. Unset it to use the one that comes with Samvirke, or see `samvirke db roles`."
        )


def _tell(cluster: postgres.Cluster) -> None:
    running = f"runs on 127.0.0.1:{cluster.port}" if cluster.running else "is stopped"
    clock = ", simulated clock" if cluster.simulated else ""
    click.echo(f"The database in {cluster.folder} {running}{clock}.")
