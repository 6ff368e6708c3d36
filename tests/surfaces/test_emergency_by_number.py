"""A national id typed in an emergency: whoever is not opened looks the same, and each attempt is logged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import people
from gate.conftest import committed
from gate.exceptions import REASON, own_record
from gate.scratch import connect
from people import acting_as
from samvirke.gate import audit
from samvirke.gate.access import Basis, Refusal
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import conflicts, national_ids, secrets
from samvirke.people.operations import NewPerson
from surfaces.everywhere import DRAWN
from surfaces.test_hidden_addresses import counting, signed_in, stopped

__all__ = ["committed"]

ADDRESS, LIFT = "/emergencies/new/", "gate.lift_by_number"
LINES = """
SELECT subject_id, basis, outcome, kinds, refused_kinds FROM gate_accessentry
WHERE verb = 'people.break_glass' ORDER BY at, lane, seq
"""

# What is drawn anew for each visitor or counts on by itself: a sign-in, a moment, a point to go back to.
OF_THE_VISIT = re.compile(r'(?<=sessionid=)\w+|(?<=expires=)[^;]+|"s\d+_x\d+"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asker gets of one attempt, the page that follows included, and what it took."""

    status: int
    pages: tuple[str, str]
    headers: tuple[dict[str, str], dict[str, str]]
    cookies: str
    statements: tuple[str, ...]


def number(serial: int, born: date = date(1971, 1, 2), sex: Sex = Sex.MALE) -> str:
    return national_ids.make_synthetic(birth_date=born, sex=sex, serial=serial)


UNKNOWN, SHIELDED, BARRED, OPEN = (number(serial) for serial in (6, 7, 8, 9))
PROTECTED = number(5, date(1990, 7, 2), Sex.FEMALE)  # the mother of the family
NEVER_OPENED = {"unknown": UNKNOWN, "protected": PROTECTED, "shielded": SHIELDED, "barred": BARRED}


@dataclass(frozen=True, slots=True)
class Known:
    """Those who are known here, by what holds for them."""

    protected: NewPerson
    shielded: NewPerson
    barred: NewPerson
    open: NewPerson


def known() -> Known:
    shielded, barred, opened = (
        people.on_plan(people.Client(external_id=f"E-{one[6:]}", national_id=one)).person
        for one in (SHIELDED, BARRED, OPEN)
    )
    with acting_as(people.NAV_ADVISER) as viewer:
        conflicts.declare_conflict(subject_id=barred.person_id, reason=Refusal.CLOSE_RELATION, by=viewer)
    record_id = own_record(f"E-{SHIELDED[6:]}")
    with acting_as(people.SOCIAL_LEADER) as viewer:
        conflicts.shield_record(record_id=record_id, post_ids=[people.SOCIAL_WORKER], by=viewer)
    return Known(people.family().mother.person, shielded, barred, opened)


def said(national_id: str, **more: Any) -> dict[str, Any]:
    return {
        "national_id": national_id,
        "kinds": [str(int(DataKind.HEALTH))],
        "hours": "8",
        "reason": REASON,
        **more,
    }


def ask(national_id: str, **more: Any) -> Answer:
    """As somebody who has just signed in."""
    client = signed_in(people.NAV_ADVISER)
    with counting() as sent:
        posted = client.post(ADDRESS, said(national_id, **more))
        then = client.get(posted.headers["Location"] if posted.status_code == 302 else ADDRESS)
    return Answer(
        status=posted.status_code,
        pages=(text(posted), text(then)),
        headers=(dict(posted.headers), dict(then.headers)),
        cookies=OF_THE_VISIT.sub("", DRAWN.sub("", f"{posted.cookies}{then.cookies}")),
        statements=tuple(OF_THE_VISIT.sub("", one) for one in sent),
    )


def text(answer: Any) -> str:
    return DRAWN.sub("", answer.content.decode())


def until_it_is_decided(answer: Answer) -> list[str]:
    (decided,) = [place for place, sent in enumerate(answer.statements) if LIFT in sent]
    return list(answer.statements[: decided + 1])


def lines(name: str) -> list[tuple[object, ...]]:
    with connect("backup", name) as link:
        return link.execute(LINES).fetchall()


def test_whoever_is_not_opened_looks_the_same(committed: str) -> None:
    here = known()
    ask(UNKNOWN)  # what a process reads once
    answers = {why: ask(national_id) for why, national_id in NEVER_OPENED.items()}
    success = ask(OPEN)
    for why, answer in answers.items():
        assert answer == answers["unknown"], why
    unknown = answers["unknown"]
    assert (unknown.status, unknown.headers[0]["Location"]) == (302, "/emergencies/")
    assert "Ingenting ble åpnet." in unknown.pages[1]
    assert "Kari Eksempel" in success.pages[1]
    assert until_it_is_decided(success) == until_it_is_decided(unknown)
    assert stopped(here.open.citizen_id) == []


def test_each_attempt_is_logged_and_told_to_the_person(committed: str) -> None:
    here = known()
    for national_id in (*NEVER_OPENED.values(), OPEN):
        ask(national_id)
    asked = [secrets.asked_by(secrets.hashed(one, scope=people.PARTNERSHIP)) for one in NEVER_OPENED.values()]
    kinds = int(DataKind.HEALTH | DataKind.IDENTITY | DataKind.PLAN | DataKind.CONSENT)
    assert lines(committed) == [
        *((one, "", Refusal.NO_BASIS, 0, kinds) for one in asked),
        (here.open.person_id, Basis.LIFT, "allowed", kinds, 0),
    ]
    for person in (here.protected, here.shielded, here.barred):
        (row,) = stopped(person.citizen_id)
        assert (row.verbs, row.unit_name) == (("people.break_glass",), "Nav Fjordvik")


def test_without_a_reason_nobody_is_looked_for(committed: str) -> None:
    known()
    ask(UNKNOWN, reason="x")  # what a process reads once
    answers = [ask(national_id, reason="x") for national_id in (*NEVER_OPENED.values(), OPEN)]
    assert {answer.status for answer in answers} == {422}
    assert not [sent for answer in answers for sent in answer.statements if LIFT in sent]
    assert len({answer.statements for answer in answers}) == 1
    bodies = [answer.pages[0] for answer in answers]
    numbers = (*NEVER_OPENED.values(), OPEN)
    assert len({body.replace(one, "the id") for body, one in zip(bodies, numbers, strict=True)}) == 1
    assert lines(committed) == [(audit.NOBODY, "", audit.NOT_DONE, 0, 0)] * (1 + len(numbers))
