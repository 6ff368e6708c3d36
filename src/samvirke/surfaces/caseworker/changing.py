"""An action that somebody is about to change, and what becomes of their words where it is over meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.plan.action_types import ActionRow
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import writable_page

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponse]
TYPED: dict[str, Promise] = {
    "what": _("What is to be done?"),
    "how": _("How?"),
    "extent": _("How much, how often?"),
    "reference": _("Reference of the decision"),
    "why": _("Why?"),
}


class ItIsOver(Exception):
    """Somebody else ended the action while this one was writing. Nothing was written."""

    def __init__(self, page: PlanPage, row: ActionRow) -> None:
        super().__init__("The action was ended after you opened it. Read what stands there now.")
        self.page, self.row = page, row


def changeable(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> tuple[PlanPage, ActionRow]:
    """The action, for those who may change it. Raises ItIsOver where words came too late, Http404."""
    page = writable_page(request, plan_id)
    row = next((one for one in page.actions if one.action_id == action_id), None)
    if row is not None and row.may_change:
        return page, row
    if row is not None and not row.is_open and row.kind in page.may_write_kinds and request.method == "POST":
        raise ItIsOver(page, row)
    raise Http404


def nothing_typed_is_lost(view: View[P]) -> View[P]:
    """Where the action is over, what was typed is shown beside what stands, to be used elsewhere."""

    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ItIsOver as over:
            typed = [(label, text) for name, label in TYPED.items() if (text := request.POST.get(name, ""))]
            parts = {"page": over.page, "row": over.row, "typed": typed}
            return render(request, "caseworker/action_over.html", parts, status=409)

    return guarded
