"""What goes out is held against the oracle, in small; and a leak or a false refusal in it would be found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from uuid import UUID

import pytest

from proof import oracle_channels
from proof.channels import ways_out
from proof.channels.asking import Asker, Asking
from proof.channels.inhabited import Inhabited
from proof.channels.ways_out import EVERYBODY, document, errors, plan, search
from proof.defects import POLICIES, Condition, Patched
from proof.oracle import words
from proof.oracle_channels import Tally, decide, world_of
from proof.oracle_rows import MOMENTS
from proof.seeded_defects import seeded
from samvirke.exchange.models import Upload
from samvirke.exchange.uploads import queries as uploads
from samvirke.gate import queries
from samvirke.gate.protection import HELD_NOW
from samvirke.people import search as finding

pytestmark = pytest.mark.usefixtures("databases")
WITH_SENDERS = 12  # a small world in which leaders and a system have sent files
Asked = tuple[Asker, Asking]
IN_THE_POLICY = next(one for one in POLICIES if one.name == "the purpose is not asked")
IN_PYTHON = Patched(
    "the purpose is not asked", "", queries, "GRANTS_ON",
    lambda sql: sql.replace("purposes & %s <> 0", "%s IS NOT NULL"),
)  # fmt: skip
NO_CONSENT = Condition(
    "consents open nothing", "", "own_grants ON gate_grant", "USING", HELD_NOW,
    "valid_from <=", "basis <> 'consent' AND valid_from <=",
)  # fmt: skip
ANYBODYS = Patched(
    "a file is anybody's", "", uploads, "_mine",
    lambda _: lambda viewer: Upload.objects.annotate(is_kept=uploads._kept()),
)  # fmt: skip
NOBODYS = Patched("a file is nobody's", "", uploads, "_mine", lambda mine: lambda by: mine(by).none())
ONE_BEST, TWO_BEST = (
    Patched("fewer are enough", "", finding, "MOST", lambda most, few=few: few) for few in (1, 2)
)
ENDS = {"/document/": "PDF", "/find/": "search", "/errors/": "files"}


def found(here: Inhabited, asked: Iterable[Asked], *defects: Condition | Patched) -> Tally:
    """What is found where these defects are in."""
    tally = Tally()
    with ExitStack() as stack:
        for defect in defects:
            stack.enter_context(seeded(here.replayed.scratch, defect))
        for asker, asking in asked:
            here.replayed.set_clock(asker.at)
            decide(asker, asking, tally)
    return tally


def ways(told: Iterable[str]) -> set[str]:
    """On which ways out something was found."""
    return {next((way for end, way in ENDS.items() if one.endswith(end)), "page") for one in told}


def workers(here: Inhabited) -> Iterator[Asker]:
    for post in here.world.post_units:
        for purpose in words.PURPOSES[:4]:
            asker = Asker(here, post, purpose, MOMENTS[0])
            if asker.works:
                yield asker


def everybody(asker: Asker) -> Asked:
    return asker, search(asker, EVERYBODY, asker.here.first_names)


def on_each_way(asker: Asker, subject: UUID) -> list[Asked]:
    return [(asker, plan(asker, subject)), (asker, document(asker, subject)), everybody(asker)]


def shut_for_this_purpose(here: Inhabited) -> Iterator[Asked]:
    """Plans of persons that are open to a post for another purpose than the one it is here for."""
    here_for = list(workers(here))
    open_to = {(one.post, person) for one in here_for for person in here.world.persons if one.opens(person)}
    for asker in here_for:
        for person in here.world.persons:
            if (asker.post, person) in open_to and not asker.opens(person):
                yield from on_each_way(asker, person)


def open_by_consent(here: Inhabited) -> Iterator[Asked]:
    for asker in workers(here):
        for person in here.world.persons:
            bases = {access.basis for access in here.world.recorded(person, asker.post)}
            if bases == {words.BY_CONSENT} and asker.opens(person):
                yield from on_each_way(asker, person)


def files(here: Inhabited, *, own: bool) -> list[Asked]:
    """Files asked for by their sender, or by another who sends files."""
    senders = [Asker(here, one.sender, purpose, MOMENTS[0]) for one in here.files for purpose in (2, 1)]
    return [
        (asker, asking)
        for asker in senders
        for file in here.files
        for asking in errors(asker, file)
        if asker.holders and (file.sender == asker.post) is own
    ]


def test_what_goes_out_is_what_the_document_opens() -> None:
    seen = oracle_channels.run(oracle_channels.SMALL, 1)
    assert seen.failures == ()
    assert seen.checked >= 3 * oracle_channels.SMALL
    assert "0 leaks, 0 false refusals" in seen.note


def test_a_leak_is_found_on_every_way_out() -> None:
    """Both locks have the same defect: what is open for another purpose comes out, and files of others do."""
    with world_of(WITH_SENDERS, small=True) as here:
        asked, of_others = list(shut_for_this_purpose(here))[:12], files(here, own=False)[:4]
        assert asked
        assert of_others
        assert found(here, asked + of_others).failures == ()
        assert found(here, asked, IN_PYTHON).leaks == []  # the other lock holds
        assert ways(found(here, asked, IN_PYTHON, IN_THE_POLICY).leaks) == {"page", "PDF", "search"}
        here.replayed.scratch.link.execute("ALTER TABLE exchange_upload DISABLE ROW LEVEL SECURITY")
        assert ways(found(here, of_others, ANYBODYS).leaks) == {"files"}


def test_a_false_refusal_is_found_on_every_way_out() -> None:
    with world_of(WITH_SENDERS, small=True) as here:
        asked, own = list(open_by_consent(here))[:6], files(here, own=True)[:2]
        sound = found(here, asked + own)
        assert sound.failures == ()
        assert sound.told
        assert ways(found(here, asked, NO_CONSENT).refusals) == {"page", "PDF", "search"}
        assert ways(found(here, own, NOBODYS).refusals) == {"files"}


def test_too_many_to_be_told_are_two_of_them_where_two_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more than the best, whoever is told of must be open, and no fewer may be told."""
    with world_of(WITH_SENDERS, small=True) as here:
        asker = max(workers(here), key=lambda one: len(one.seen))
        assert found(here, [everybody(asker)], TWO_BEST).refusals
        monkeypatch.setattr(ways_out, "BEST", 2)
        assert found(here, [everybody(asker)], TWO_BEST).failures == ()
        (refused,) = found(here, [everybody(asker)], ONE_BEST).refusals
        assert "1 of " in refused
