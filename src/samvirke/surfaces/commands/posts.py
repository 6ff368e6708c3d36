"""`samvirke posts`: an administrator gives somebody a post, ends it, suspends it, or moves who has it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import click

from samvirke.accounts import operations as accounts
from samvirke.agencies import posts as operations
from samvirke.agencies import queries as directory
from samvirke.gate import clock
from samvirke.gate.access import ACCESS
from samvirke.kernel.gate_words import Purpose
from samvirke.people import nordic_ids, own_cases
from samvirke.people.national_ids import NotANationalId
from samvirke.programmes import queries as programmes
from samvirke.surfaces.commands.refusals import telling

REFUSED = telling(
    operations.UnknownPost, operations.LeadsTheUnit, operations.OutOfUse, operations.DaysInOrder
)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def posts() -> None:
    """Give posts to people, end them, suspend them."""


@posts.command("list")
def list_() -> None:
    """List every post: its id, where it is, and whether it is in use."""
    for one in operations.listed():
        click.echo(f"{one.post_id}  {one.unit_name}: {one.title} ({one.role}){_use(one)}")


@posts.command(cls=REFUSED)
@click.argument("post_id", type=click.UUID)
@click.argument("account", type=click.UUID)
@click.option("--national-id", prompt="National id of whoever takes it", hide_input=True)
def seat(*, post_id: UUID, account: UUID, national_id: str) -> None:
    """Let ACCOUNT act in the post, alone, and keep it from the holder's own case from now on.

    The number is asked for, hashed and forgotten.
    """
    post = operations.in_use(post_id, clock.now())
    try:
        number = nordic_ids.parse(national_id, country=directory.country_of_post(post_id)).number
    except NotANationalId:
        raise click.ClickException("This is no national id. Write all its digits.") from None
    kept_from = own_cases.take_post(post_id=post_id, national_id=number, scopes=_scopes())
    accounts.take_seat(user_id=account, post_id=post_id, purpose=_first(ACCESS[post.role].purposes))
    click.echo(f"{post.title} is taken. It is kept from {kept_from} records and persons of its holder.")


@posts.command(cls=REFUSED)
@click.argument("post_id", type=click.UUID)
@click.option("--on", type=DAY, help="The first day without it. Without this: at once.")
def end(*, post_id: UUID, on: datetime | None) -> None:
    """End a post. Its sessions and queued jobs do nothing more, and its deputies act from then on."""
    now = clock.now()
    day = _day(on, now)
    operations.end(post_id=post_id, on=day, now=now)
    if day == operations.day_of(now):
        own_cases.leave_post(post_id=post_id)
        accounts.close_seats(post_id=post_id)
        click.echo("The post has ended. Nobody enters in it, and whoever stands in for it sees its plans.")
    else:
        click.echo(f"The post ends on {day.isoformat()}. From then on nobody enters in it.")


@posts.command(cls=REFUSED)
@click.argument("post_id", type=click.UUID)
@click.option("--from", "away_from", type=DAY, help="The first day out of use. Without this: at once.")
@click.option("--until", type=DAY, required=True, help="The day it is in use again.")
def suspend(*, post_id: UUID, away_from: datetime | None, until: datetime) -> None:
    """Take a post out of use for a time. Whose it is stays the same."""
    now = clock.now()
    operations.suspend(post_id=post_id, away_from=_day(away_from, now), back_on=until.date(), now=now)
    click.echo(f"The post is out of use until {until.date().isoformat()}, and enters again by itself.")


@posts.command(cls=REFUSED)
@click.argument("post_id", type=click.UUID)
@click.argument("to_post_id", type=click.UUID)
def move(*, post_id: UUID, to_post_id: UUID) -> None:
    """Whoever has POST_ID has TO_POST_ID from now on; the first ends, and nothing open to it follows."""
    now = clock.now()
    target = operations.in_use(to_post_id, now)
    operations.end(post_id=post_id, on=operations.day_of(now), now=now)
    own_cases.move(from_post=post_id, to_post=to_post_id, now=now)
    for user_id in accounts.close_seats(post_id=post_id)[:1]:
        purpose = _first(ACCESS[target.role].purposes)
        accounts.take_seat(user_id=user_id, post_id=to_post_id, purpose=purpose)
    click.echo(f"{target.title} is taken by whoever had the other post, which has ended.")


def _scopes() -> list[UUID]:
    """Every unit and partnership, within which numbers are hashed."""
    return [*directory.unit_ids(), *programmes.partnership_names()]


def _first(purposes: Purpose) -> Purpose:
    return next(purpose for purpose in Purpose if purpose & purposes)


def _use(one: operations.ListedPost) -> str:
    if one.out_of_use_from is None:
        return ""
    until = f" until {one.in_use_again_on.isoformat()}" if one.in_use_again_on else ""
    return f", out of use from {one.out_of_use_from.isoformat()}{until}"


def _day(said: datetime | None, now: datetime) -> date:
    return operations.day_of(now) if said is None else said.date()
