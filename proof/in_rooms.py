"""Acts of the rooms above the gate, done in a walk's database by the rooms' own operations.

The gate's world is bare ids. What the rooms know of them besides is written as it stands, before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from proof.oracle import acts
from proof.replayed import NotDone, Replayed
from samvirke.agencies import posts
from samvirke.gate import session
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind
from samvirke.people import duplicates, guardians, own_cases, secrets
from samvirke.people.guardian_types import NewGuardian

NOT_LET = (session.NoMembership, Refused, ObjectDoesNotExist)
AS_IT_STANDS = "SET session_replication_role = replica"
AS_ALWAYS = "SET session_replication_role = origin"
UNIT = """
INSERT INTO agencies_unit (id, agency_id, name) VALUES (%s, %s, 'Unit') ON CONFLICT DO NOTHING
"""
POST = """
INSERT INTO agencies_post (id, unit_id, title, role, is_leader) VALUES (%s, %s, 'Post', %s, false)
ON CONFLICT DO NOTHING
"""
CLIENT = """
INSERT INTO people_clientrecord (id, unit_id, external_id, national_id_secret, national_id_hash, given_name,
  family_name, birth_date, sex, municipality_id, source_version, updated_at)
VALUES (%s, %s, %s, '', %s, '', '', '1990-01-01', 'female', '9901', 1, %s) ON CONFLICT DO NOTHING
"""


class InRooms(Replayed):
    """What is more than the gate's own acts goes through the rooms."""

    def perform(self, act: acts.Act) -> None:
        """The rooms' acts here, the gate's as ever."""
        match act:
            case acts.TakePost():
                self._known()
                scope = self.world.records[act.record]
                own_cases.take_post(post_id=act.post, national_id=_number(act.record), scopes=[scope])
            case acts.MovePost():
                self._known()
                posts.in_use(act.to, act.at)
                posts.end(post_id=act.post, on=posts.day_of(act.at), now=act.at)
                own_cases.move(from_post=act.post, to_post=act.to, now=act.at)
            case acts.FoldRecord():
                self._known()
                self._fold(act)
            case acts.TakeApart():
                unit = self.world.records[self.world.folded[act.finding][0]]
                ended = partial(duplicates.end, pair_id=self.ids[act.finding])
                self._let(self._of_unit(unit), lambda viewer: ended(by=viewer))
            case acts.RecordGuardianOfMinor():
                self._of_minor(act)
            case _:
                super().perform(act)

    def _fold(self, act: acts.FoldRecord) -> None:
        def folded(viewer: Viewer) -> None:
            self.ids[act.finding] = duplicates.fold(record_id=act.record, into=act.into, by=viewer)

        self._let(self._of_unit(self.world.records[act.record]), folded)

    def _of_minor(self, act: acts.RecordGuardianOfMinor) -> None:
        new = NewGuardian(
            citizen_id=act.guardian,
            name="Guardian",
            footing="no.parents_shared",
            scope=DataKind(act.kinds),
            lives_with=bool(act.lives_with),
            reference="Register",
            seen_on=act.at.date(),
            until=None,
        )
        recorded = partial(
            guardians.open_access, act.child, new, country=Country.NORWAY, birth_date=act.born, now=act.at
        )
        self.as_([act.by], recorded)

    def _let(self, those: Iterable[UUID], act: Callable[[Viewer], object]) -> None:
        """Done by the first of these posts that is let. Raises NotDone."""
        for post in those:
            for purpose in self.purposes(post, self.moment):
                with suppress(*NOT_LET), session.enter(post, purpose) as viewer:
                    act(viewer)
                    return
        raise NotDone

    def _known(self) -> None:
        """Units, posts and clients are in their rooms."""
        world, link = self.world, self.scratch.link
        link.execute(AS_IT_STANDS)
        with link.cursor() as cursor:
            cursor.executemany(UNIT, list(world.units.items()))
            roles = {post: world.of_post[post][0].role for post in world.post_units if post in world.of_post}
            cursor.executemany(POST, [(post, world.post_units[post], role) for post, role in roles.items()])
            cursor.executemany(
                CLIENT,
                [
                    (record, unit, str(record), secrets.hashed(_number(record), scope=unit), self.moment)
                    for record, unit in world.records.items()
                ],
            )
        link.execute(AS_ALWAYS)


def _number(record: UUID) -> str:
    """The number of whoever is the client: each has one of their own."""
    return str(record.int)
