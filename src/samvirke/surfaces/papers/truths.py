"""What docs/security.md promises and leaves open, as data, and for which harm each counts.

A test holds them to that page: the promises to its table, the windows to the first sentences of its list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEASURES: Mapping[str, Promise] = {
    "basis": _("Nobody sees a person without a basis"),
    "withdrawal": _("A withdrawal works at once, also for those who read just then"),
    "preview": _("What a person is shown before a yes is exactly what a yes opens"),
    "taken_back": _("What is open when a consent is taken back gives nothing"),
    "recall": _("Who lost access is told without a name, and reads nothing by it"),
    "alike": _("Hidden and missing are answered alike, on every route, and within 2 ms"),
    "each_word": _("Each word about a person reaches those who may see its row, and nobody else"),
    "no_match": _("No match across agencies before a basis"),
    "basis_carries": _("No consent is recorded that its basis does not carry"),
    "reads_logged": _("Every read is logged with its reason, on one line for each request and person"),
    "kept_back": _(
        "What is kept back from a reader of the log is read by no query of theirs, and told afterwards"
    ),
    "guardians_log": _("A guardian reads of a child's log what their own yes opened, and nothing else"),
    "no_log_no_data": _("What cannot be logged is not shown"),
    "asked_in_vain": _("Who asks for a hidden address learns nothing, and the person learns of it"),
    "not_done": _(
        "A form of a consent, a place or an emergency that is refused writes nothing, and that is told"
    ),
    "who_enters": _("A session that names nobody who may enter is told why, and is noted by a code"),
    "slow_asking": _("Asking for address after address is slow"),
    "log_sealed": _("The log cannot be altered unseen, by its database's owner either"),
    "ticket": _("SQL of an intruder enters as nobody"),
    "conflicts": _("Nobody sees a case they have a conflict of interest in"),
    "own_case": _("Who works here never sees their own case, whichever came first"),
    "by_law": _("Nothing is opened by law that its rule does not carry, and the person is told"),
    "post_ends": _("A post that has ended gives nothing, and whoever stands in acts"),
    "broken_glass": _("Broken glass lets read for hours, is told at once and reviewed by another"),
    "place": _("A protected place is told to nobody but those named"),
    "told_nowhere": _("No page, message, header, log line or fact tells it"),
    "no_guess": _("Nothing that a worker of the team sees lets them guess it"),
    "every_carrier": _("Nothing that names a post, a unit or a place beside a person is forgotten"),
    "level_kept": _(
        "A protection is of the person's country, and nobody passes a place on further than it allows"
    ),
    "protection_stays": _("A protection ends because somebody ends it, never by a day"),
    "table_policy": _("A table without a policy is unreadable"),
    "live_lock": _("The lock on a live database is the declared one"),
    "ways_round": _("Known ways round row security are closed, each beside a control in which it works"),
    "as_the_table": _("The lock says what the access table says"),
    "ways_out": _("Pages, search, PDF, CSV and XLSX tell what the access table opens, and all of it"),
    "jobs": _("A job is decided anew, as the post that asked"),
    "nameless_log": _("Log and counters name nobody"),
    "backup": _("A backup can be restored and is complete"),
    "no_self_grant": _("The pages' role cannot grant itself anything"),
    "refused_rows": _("A refused row's content is kept nowhere; a wrong import can be taken back"),
    "uploads": _("A file on its way in is read by the post that sent it alone, and lies nowhere in clear"),
    "pseudonyms": _("Insight sees pseudonyms and small numbers never leave"),
    "no_copy": _("No page leaves a copy behind"),
}

WINDOWS: Mapping[str, Promise] = {
    "own_sql": _(
        "Somebody who can run SQL of their own inside a request acts as the post that entered there, until "
        "it ends; see the threat model."
    ),
    "lines_cut": _(
        "Lines of the access log that are younger than the newest anchor (ten seconds, while `samvirke work` "
        "runs) and that no shipped log tells of can be cut from the end of a lane unseen."
    ),
    "key_and_database": _(
        "Somebody with both the key and the database can write a log that holds by itself."
    ),
    "pace": _(
        "The pace of asking is kept by each process of the server: with two, a post may miss twice as often."
    ),
    "pairs": _(
        "Asking for two records that were held beside each other (`records/pairs/`) leaves a line that "
        "nobody but an administrator reads."
    ),
    "ids_in_forms": _(
        "An id in a form's field, or given to a job or a command, that is hidden from whoever gave it leaves "
        "no line: only addresses do."
    ),
    "team_is_named": _(
        "Who is in the team is named in the plan, also where the log keeps their visits back: an exception "
        "is about the log and the list of who sees what."
    ),
    "seen_before": _("A line that a reader saw before it was kept back has been seen."),
    "question_unseen": _(
        "A question about the log stays unseen by a leader who keeps out of the person's case: a guardian's "
        "question waits then, and is shown as late."
    ),
    "sent_and_404": _(
        "What was read for a form that was sent and then answered with 404 stands in the log as shown."
    ),
    "sent_on": _(
        "A form that is refused because somebody else was first stands in the log as allowed: the page "
        "leads on, and tells it."
    ),
    "number_refused": _(
        "An emergency that is asked for by number, in a form that is not filled in rightly, leaves a line "
        "about nobody."
    ),
    "kinds_by_law": _("A law opens a kind of information, also what other offices wrote of that kind."),
    "locked_rows": _(
        "A row that is locked (`FOR UPDATE`) while somebody's access ends is read once more; whoever locks "
        "asks the gate after it."
    ),
    "failed_jobs": _(
        "A failed job keeps its ids in the queue for 30 days, where the roles `worker`, `owner` and `backup` "
        "can read them."
    ),
    "containers": _("The files for containers have been checked, not run."),
    "foreign_keys": _(
        "Foreign keys are checked without row-level security: somebody who can write and guesses a uuid "
        "learns that it exists."
    ),
    "places_left": _(
        "How many places an offer has left is open to the unit that decides on it, also to those of it who "
        "may not know where the person is."
    ),
    "records_counted": _(
        "A record that came in before its person's place was protected is still counted among the records "
        "of its municipality."
    ),
    "first_lock_alone": _(
        "Whom a level of protection lets be told, and that no guardian acts for a child by a sign-in, is "
        "kept by the first lock alone; row security keeps what the consents say."
    ),
    "recall_names": _(
        "A recall names the unit's own case where it has one: a post learns that a person of its own "
        "caseload has taken a consent back."
    ),
    "guardian_now": _(
        "By SQL, past the pages, a parent takes back what guardians said yes to for a child also where "
        "somebody appointed answers instead."
    ),
    "ages_above": _(
        "That two must answer for a child, and from which age somebody answers alone, is kept by the "
        "operations and not by the database, whose gate knows no birth dates."
    ),
    "held_place": _(
        "After a withdrawn consent the unit no longer sees whose a place is, and cannot free it."
    ),
    "posts_in_rows": _("Rows hold ids of posts and units, and the directory of posts is open."),
    "free_text": _("What people write in notes, goals, titles and file names is not searched for places."),
    "not_linked": _(
        "A record that is not linked to a person is shown with its municipality to its own unit."
    ),
    "second_yes": _("A second yes of a person who already is one in the partnership is not recorded."),
    "import_role": _(
        "Importing a file asks the gate for the role alone, since new records have no subject yet; the "
        "agency's kind and row-level security decide the rest."
    ),
    "import_kept": _(
        "What an import changed is kept for thirty days beside the records, under the same policy; it is "
        "emptied by the unit's next import after that, so a unit that never imports again keeps it longer."
    ),
    "case_events": _("Case events that came with a delivery of messages are not taken back."),
    "law_unread": _("Nothing in the law packs has been compared with the law itself."),
    "seats": _(
        "A post that was given to somebody in another way than by `samvirke posts seat` is not kept from its "
        "holder's own case; they say so themselves."
    ),
    "not_ended": _(
        "A unit that sees a person with a protected place no more cannot end what it opened about them by "
        "law."
    ),
    "no_opt_out": _("There is no opt-out from statistics."),
    "not_built": _("Erasure is not built."),
}


@dataclass(frozen=True, slots=True)
class Harm:
    """Something that could happen to a person, by the codes of what meets it and of what is left."""

    what: Promise
    whom: Promise
    met_by: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def measures(self) -> tuple[Promise, ...]:
        """What meets it, in words."""
        return tuple(MEASURES[code] for code in self.met_by)

    @property
    def windows(self) -> tuple[Promise, ...]:
        """What is left of it, in words."""
        return tuple(WINDOWS[code] for code in self.left)


HARMS = (
    Harm(
        _("A hidden address is told"),
        _("Somebody who hides from another is found. This can cost a life."),
        (
            "place",
            "told_nowhere",
            "no_guess",
            "every_carrier",
            "level_kept",
            "protection_stays",
            "kept_back",
            "guardians_log",
            "pseudonyms",
        ),
        (
            "team_is_named",
            "seen_before",
            "posts_in_rows",
            "free_text",
            "not_linked",
            "places_left",
            "records_counted",
            "first_lock_alone",
        ),
    ),
    Harm(
        _("It becomes known that somebody gets help"),
        _("Even that is secret. Somebody may be ashamed, be treated differently, or stop asking for help."),
        ("no_match", "basis", "basis_carries", "nameless_log"),
        ("second_yes", "foreign_keys"),
    ),
    Harm(
        _("Somebody reads what they have no right to read"),
        _("What was said in confidence about health, money or family reaches those it was not meant for."),
        (
            "basis",
            "alike",
            "each_word",
            "table_policy",
            "ticket",
            "conflicts",
            "own_case",
            "by_law",
            "post_ends",
            "broken_glass",
            "live_lock",
            "ways_round",
            "as_the_table",
            "ways_out",
            "no_self_grant",
            "uploads",
            "no_copy",
        ),
        (
            "own_sql",
            "locked_rows",
            "import_role",
            "kinds_by_law",
            "ages_above",
            "law_unread",
            "seats",
            "not_ended",
            "not_built",
        ),
    ),
    Harm(
        _("What was taken back is used on"),
        _("A yes that cannot be taken back is none, and nobody dares to say the next one."),
        ("withdrawal", "preview", "taken_back", "recall", "jobs"),
        ("recall_names", "guardian_now", "held_place", "failed_jobs"),
    ),
    Harm(
        _("Nobody can tell who has read about somebody"),
        _("A misuse is never found, and the person cannot complain."),
        (
            "reads_logged",
            "no_log_no_data",
            "asked_in_vain",
            "not_done",
            "who_enters",
            "slow_asking",
            "log_sealed",
        ),
        (
            "question_unseen",
            "lines_cut",
            "key_and_database",
            "pace",
            "pairs",
            "ids_in_forms",
            "sent_and_404",
            "sent_on",
            "number_refused",
        ),
    ),
    Harm(
        _("What stands about somebody is wrong"),
        _("A decision rests on another person's data, or on what has been corrected elsewhere."),
        ("refused_rows",),
        ("import_kept", "case_events"),
    ),
    Harm(
        _("Figures tell of single persons"),
        _("Somebody in a small place is recognised in a table."),
        ("pseudonyms",),
        ("no_opt_out",),
    ),
    Harm(
        _("What stands about somebody is lost"),
        _("Help stops, or starts again from nothing."),
        ("backup",),
        ("containers",),
    ),
)
