"""Told not to inform: noted by whoever works here, without a trace of who it was."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.coordination import instructions
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.instruction_forms import InstructionForm


@require_http_methods(FORM)
@page_for(WORKERS)
def note(request: SignedInRequest) -> HttpResponse:
    """Two choices, and it is counted."""
    form = InstructionForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        try:
            instructions.note(by=request.viewer, **said)
        except instructions.NoPartnership:
            form.add_error(
                None, _("Your office takes part in no partnership, so nobody would see the number.")
            )

    words = Words(
        title=_("Have you been told not to inform?"),
        lead=_(
            "Persons have a right to know what they can apply for. If somebody told you to keep quiet about "
            "it, note it here. Only the month and your two answers are kept: not who you are, and not whom "
            "it concerns. The leaders of the partnership see numbers of five or more."
        ),
        submit=_("Count it"),
        done=_("It is counted. Nobody can see that it was you, so it cannot be taken back either."),
        back=_("Back to my plans"),
    )
    return form_page(request, form, act, words=words, back=reverse("worklist"))
