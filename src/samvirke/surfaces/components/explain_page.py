"""Why somebody may see something: the same page for the person and for those around the person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from samvirke.people import explaining
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.exception_forms import ExplainForm


def explain_page(request: SignedInRequest, subject_id: UUID, *, back: str, whom: str = "") -> HttpResponse:
    """Ask, and the one rule that decides."""
    posts = explaining.may_be_explained(request.viewer, subject_id)
    form = ExplainForm(request.POST or None, posts=posts, now=request.viewer.now)
    answer = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        answer = explaining.explain(
            request.viewer,
            subject_id=subject_id,
            post_id=said["post"],
            kind=said["kind"],
            purpose=said["purpose"],
            at=said["at"],
        )
    parts = {"form": form, "answer": answer, "back": back, "whom": whom, "posts": posts}
    return render(request, "components/explain.html", parts, status=422 if form.errors else 200)
