"""Which roles a page is for. Who may see a person's data is the gate's answer, never this."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse

from samvirke.gate import access
from samvirke.gate.access import Role
from samvirke.surfaces.actor import SignedInRequest, View, signed_in

P = ParamSpec("P")
SignedInView = Callable[Concatenate[SignedInRequest, P], HttpResponse]

WORKERS = frozenset(access.WORKERS)
CITIZENS = frozenset({Role.CITIZEN})
IMPORTERS = WORKERS | {Role.INTEGRATION}
SENDERS = frozenset({Role.UNIT_LEADER, Role.INTEGRATION})  # of the unit's own files
FIGURE_READERS = frozenset({Role.PARTNERSHIP_LEADER, Role.EVALUATOR, Role.UNIT_LEADER})
UNIT_LEADERS = frozenset({Role.UNIT_LEADER})
LEADERS = frozenset({Role.PARTNERSHIP_LEADER, Role.UNIT_LEADER})
REPORT_READERS = frozenset({Role.PARTNERSHIP_LEADER, Role.EVALUATOR})
RULE_READERS = WORKERS | {Role.PARTNERSHIP_LEADER}
EVIDENCE_READERS = FIGURE_READERS
EVIDENCE_ANSWERERS = frozenset({Role.PARTNERSHIP_LEADER})  # who orders and receives evaluations

HOME = {
    Role.CITIZEN: "my_plan",
    Role.PARTNERSHIP_LEADER: "figures",
    Role.EVALUATOR: "report",
    Role.INTEGRATION: "imports",
} | dict.fromkeys(WORKERS, "worklist")


def page_for(roles: frozenset[Role]) -> Callable[[SignedInView[P]], View[P]]:
    """Anonymous visitors go to the sign-in page; for other roles the page does not exist."""

    def decorate(view: SignedInView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.viewer.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return decorate
