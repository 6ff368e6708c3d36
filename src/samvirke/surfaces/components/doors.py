"""Which roles a page is for. Who may see a person's data is the gate's answer, never this."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse

from samvirke.gate import access, audit
from samvirke.gate.access import Role
from samvirke.gate.types import Verb
from samvirke.surfaces.actor import SignedInRequest, View, asked_for, signed_in

P = ParamSpec("P")
SignedInView = Callable[Concatenate[SignedInRequest, P], HttpResponse]

FORM_REFUSED = 422
WORKERS = frozenset(access.WORKERS)
CITIZENS = frozenset({Role.CITIZEN})
IMPORTERS = WORKERS | {Role.INTEGRATION}
SENDERS = frozenset({Role.UNIT_LEADER, Role.INTEGRATION})  # of the unit's own files
FIGURE_READERS = frozenset({Role.PARTNERSHIP_LEADER, Role.EVALUATOR, Role.UNIT_LEADER})
UNIT_LEADERS = frozenset({Role.UNIT_LEADER})
LEADERS = frozenset({Role.PARTNERSHIP_LEADER, Role.UNIT_LEADER})
PARTNERSHIP_LEADERS = frozenset({Role.PARTNERSHIP_LEADER})
REPORT_READERS = frozenset({Role.PARTNERSHIP_LEADER, Role.EVALUATOR})
RULE_READERS = WORKERS | {Role.PARTNERSHIP_LEADER}
EVIDENCE_READERS = FIGURE_READERS
EVIDENCE_ANSWERERS = PARTNERSHIP_LEADERS  # who orders and receives evaluations

HOME = {
    Role.CITIZEN: "my_plan",
    Role.PARTNERSHIP_LEADER: "figures",
    Role.EVALUATOR: "report",
    Role.INTEGRATION: "imports",
} | dict.fromkeys(WORKERS, "worklist")


def page_for(roles: frozenset[Role], *, sends: Verb | None = None) -> Callable[[SignedInView[P]], View[P]]:
    """Anonymous visitors go to the sign-in page; for other roles the page does not exist.

    sends: what its form is sent for. Where the form is refused, the access log says that this was tried.
    """

    def decorate(view: SignedInView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.viewer.role not in roles:
                raise Http404
            answer = view(request, *args, **kwargs)
            if sends is not None and answer.status_code == FORM_REFUSED:
                audit.note_not_done(request.viewer, sends, asked_for(request))
            return answer

        return signed_in(guarded)

    return decorate
