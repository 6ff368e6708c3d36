"""The versions of a partnership's rules: which is in force, saving one, and trying one before it is saved."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate.types import Viewer
from samvirke.programmes import changes, facts, policies, queries, verbs
from samvirke.programmes.checks import parsed, read_rules
from samvirke.programmes.files import BadFile, Lines, Problem, line_of
from samvirke.programmes.models import LocalPartnership, RulesVersion
from samvirke.programmes.types import JudgedBy, Rules, RulesPage, Trial, VersionRow


class NotYourPartnership(Exception):
    """Only the leader post of the office that leads a partnership writes its rules."""

    def __init__(self) -> None:
        super().__init__(
            "Only the leader of the local partnership saves its target-group rules. Ask the leader to do it."
        )


class StaleRules(Exception):
    """Somebody has saved a version since the text was opened."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Version {number} of the rules has been saved since you opened the page. Compare and save again."
        )
        self.number = number


class NoRulesInForce(Exception):
    """None have begun, or the newest have ended."""

    def __init__(self, partnership: str, day: date) -> None:
        super().__init__(
            f"No target-group rules of {partnership} hold on {day}. Its leader can save rules that begin."
        )


class InForce(NamedTuple):
    """The rules that hold on a day, and the version they are."""

    version_id: UUID | None  # None: the rules as they are delivered
    rules: Rules
    judged_by: JudgedBy


def in_force(partnership: LocalPartnership, day: date) -> InForce:
    """The rules that hold that day. Raises NoRulesInForce."""
    begun = RulesVersion.objects.filter(partnership=partnership, valid_from__lte=day)
    newest = begun.order_by("-valid_from").first()
    if newest is None and partnership.rules:
        rules = queries.rules(partnership.rules)
        return InForce(None, rules, JudgedBy(0, rules.valid_from))
    if newest is None or (newest.valid_to is not None and newest.valid_to <= day):
        raise NoRulesInForce(partnership.name, day)
    return InForce(newest.pk, parsed(newest.text), JudgedBy(newest.number, newest.valid_from))


@transaction.atomic
def save_rules(*, partnership_id: UUID, text: str, seen_version: int, by: Viewer) -> int:
    """Save a version, whose examples all come out as they say. Returns its number.

    seen_version: the newest one when the text was opened; 0: none. Raises NotYourPartnership, BadFile,
    StaleRules.
    """
    partnership = LocalPartnership.objects.get(pk=partnership_id)
    if not leads(by, partnership):
        raise NotYourPartnership
    rules, lines = read_rules(text)
    versions = _versions(partnership_id)
    newest = versions[0].number if versions else 0
    if newest != seen_version:
        raise StaleRules(newest)
    problems = [
        *_of_another(rules, lines, partnership.rules),
        *_period(rules, lines, versions, by.now.date()),
    ]
    if problems:
        raise BadFile(problems)
    version = RulesVersion(
        id=uuid4(),
        partnership=partnership,
        number=newest + 1,
        text=text,
        source=rules.source,
        valid_from=rules.valid_from,
        valid_to=rules.valid_to,
        saved_by_id=by.post_id,
        saved_at=by.now,
    )
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as meanwhile:
        raise StaleRules(newest + 1) from meanwhile
    told = facts.RulesSaved(None, partnership_id, version.number, rules.valid_from)
    events.record([told], by=by.post_id, at=by.now)
    return version.number


def try_rules(*, partnership_id: UUID, text: str, by: Viewer) -> Trial:
    """Run the text's examples, and see what it would change in the viewer's own caseload.

    It is compared with the rules in force. Each record that is judged is logged as read. Raises BadFile,
    NoRulesInForce.
    """
    then, _ = read_rules(text)
    now = in_force(LocalPartnership.objects.get(pk=partnership_id), by.now.date()).rules
    judged = queries.own_input(by, verbs.TRY_RULES)
    if not judged:
        return Trial(len(then.examples), None)
    audit.note(by, verbs.TRY_RULES, subject_ids=[one.record_id for one in judged], basis="own_record")
    today = by.now.date()
    found = changes.impact(now, then, (policies.facts_of(record, today) for record in judged))
    return Trial(len(then.examples), found)


def rules_page(viewer: Viewer, partnership_id: UUID) -> RulesPage:
    """The newest text to write on, and every version. Raises LocalPartnership.DoesNotExist."""
    partnership = LocalPartnership.objects.get(pk=partnership_id)
    versions, today = _versions(partnership_id), viewer.now.date()
    titles = agencies.posts(version.saved_by_id for version in versions)
    held = max((one.valid_from for one in versions if one.valid_from <= today), default=None)
    return RulesPage(
        partnership_id=partnership_id,
        partnership=partnership.name,
        text=versions[0].text if versions else queries.delivered(partnership.rules),
        seen_version=versions[0].number if versions else 0,
        versions=tuple(
            VersionRow(
                number=one.number,
                valid_from=one.valid_from,
                valid_to=one.valid_to,
                source=one.source,
                saved_by=titles[one.saved_by_id].title,
                is_in_force=one.valid_from == held and (one.valid_to is None or today < one.valid_to),
            )
            for one in versions
        ),
        may_save=leads(viewer, partnership),
    )


def leads(viewer: Viewer, partnership: LocalPartnership) -> bool:
    """Whether the viewer is the leader post of the office that leads the partnership."""
    office = partnership.office_id
    return office is not None and viewer.post_id == agencies.leaders_of([office]).get(office)


def _versions(partnership_id: UUID) -> list[RulesVersion]:
    """Every version, the newest first."""
    return list(RulesVersion.objects.filter(partnership_id=partnership_id).order_by("-number"))


def _of_another(rules: Rules, lines: Lines, own: str) -> list[Problem]:
    if own in {"", rules.code}:
        return []
    return [Problem(line_of(lines, ("code",)), "other_code", {"what": rules.code, "own": own})]


def _period(rules: Rules, lines: Lines, versions: list[RulesVersion], today: date) -> list[Problem]:
    """No two versions hold on one day; the last one without an end gives way to one that begins later."""
    line = line_of(lines, ("valid_from",))
    if rules.valid_from < today:
        return [Problem(line, "in_the_past", {"day": rules.valid_from.isoformat()})]
    ordered = sorted(versions, key=lambda one: one.valid_from)
    for place, one in enumerate(ordered):
        following = ordered[place + 1].valid_from if place + 1 < len(ordered) else None
        end = one.valid_to or following
        gives_way = end is None and one.valid_from < rules.valid_from
        begins_before = end is None or rules.valid_from < end
        ends_after = rules.valid_to is None or one.valid_from < rules.valid_to
        if begins_before and ends_after and not gives_way:
            params = {"number": one.number, "day": one.valid_from.isoformat()}
            return [Problem(line, "overlap", params)]
    return []
