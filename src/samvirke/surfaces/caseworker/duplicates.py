"""Own cases that may be the same person: looked at two by two, found the same or not, taken apart again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samvirke.agencies import queries as agencies
from samvirke.people import duplicates, ties
from samvirke.people.types import Alike, Mistake, OwnRecord
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.days import in_words
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.duplicate_forms import FoundForm, UntieForm
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.paging import page_number


@dataclass(frozen=True, slots=True)
class Line:
    """What both records say of one thing."""

    name: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether they say it differently."""
        return self.one != self.other


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records side by side."""

    found: Alike
    lines: tuple[Line, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def own_duplicates(request: SignedInRequest) -> HttpResponse:
    """The pairs, the surest first; a POST says of one pair what was found."""
    if request.method == "POST":
        return _decided(request)
    page = duplicates.alike(request.viewer, page=page_number(request))
    if not page.rows and page.page > 1:
        raise Http404
    names = agencies.municipality_names()
    parts = {
        "page": page,
        "pairs": [Pair(row, _lines(row, names)) for row in page.rows],
        "apart": duplicates.kept_apart(request.viewer) if page.page == 1 else [],
    }
    return render(request, "caseworker/duplicates.html", parts)


@require_POST
@page_for(WORKERS)
def end(request: SignedInRequest, pair_id: UUID) -> HttpResponse:
    """Take back what was found of two records."""
    try:
        were_one = duplicates.end(pair_id=pair_id, by=request.viewer)
    except duplicates.EndedAlready:
        messages.error(request, _("Somebody has taken this back already."))
    else:
        text = (
            _("It is taken back. Both cases stand in the list again, each for itself.")
            if were_one
            else _("It is taken back. The two cases are among those that may be the same person.")
        )
        messages.success(request, text)
    return redirect("duplicates")


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def untie(request: SignedInRequest, record_id: UUID, link_id: UUID) -> HttpResponse:
    """The case is not the person it was tied to."""
    found = {row.link_id: row for row in ties.of_record(request.viewer, record_id)}
    row = found.get(link_id)
    if row is None or row.is_first or row.mistake:
        raise Http404
    words = Words(
        title=_("Not the same person"),
        lead=_(
            "The case stays with you, and is tied to the person no more. What the person’s consent has "
            "opened to your office goes on until it is withdrawn. You can tie them again."
        ),
        submit=_("End the tie"),
        done=_("The case is tied to the person no more."),
        back=_("Back to the case"),
    )

    def act(said: dict[str, Mistake]) -> None:
        try:
            ties.untie(link_id=link_id, mistake=said["mistake"], by=request.viewer)
        except ties.NotTied:
            form.add_error(None, _("Somebody has changed this already. Go back and read the case again."))

    form = UntieForm(request.POST or None)
    whom = f"{row.external_id} · {row.person_name}"
    return form_page(request, form, act, words=words, back=reverse("record", args=[record_id]), whom=whom)


@require_POST
@page_for(WORKERS)
def tie_again(request: SignedInRequest, record_id: UUID, link_id: UUID) -> HttpResponse:
    """The tie was right after all."""
    try:
        ties.tie_again(link_id=link_id, by=request.viewer)
    except ties.NotTied:
        messages.error(request, _("Somebody has changed this already. Go back and read the case again."))
    else:
        messages.success(request, _("The case is tied to the person again."))
    return redirect("record", record_id)


def _decided(request: SignedInRequest) -> HttpResponse:
    form = FoundForm(request.POST)
    if not form.is_valid():
        raise Http404
    one, other, stands = (form.cleaned_data[name] for name in ("one", "other", "stands"))
    try:
        if stands is None:
            duplicates.keep_apart(one=one, other=other, by=request.viewer)
            messages.success(request, _("It is noted that they are two persons. They are not shown again."))
        else:
            folded = other if stands == one else one
            duplicates.fold(record_id=folded, into=stands, by=request.viewer)
            messages.success(
                request,
                _(
                    "It is noted that they are the same person. You can take them apart on the case that "
                    "stands."
                ),
            )
    except duplicates.NotOfOneAgency:
        messages.error(request, _("These two cases cannot be made one. Read the list again."))
    except duplicates.StandsForOthers:
        messages.error(
            request,
            _(
                "One of these cases is part of another finding already. Let the case that stands for others "
                "stand here too, or take those apart first."
            ),
        )
    return redirect("duplicates")


def _lines(row: Alike, names: dict[str, str]) -> tuple[Line, ...]:
    one, other = row.one, row.other
    return (
        Line(_("Name"), one.name, other.name),
        Line(_("Born"), in_words(one.birth_date), in_words(other.birth_date)),
        Line(_("Municipality"), _place(one, names), _place(other, names)),
    )


def _place(record: OwnRecord, names: dict[str, str]) -> str:
    return names.get(record.municipality, "") or _("Place not shown")
