"""A file's way in: sent, its columns chosen, looked through, taken in by a worker."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from samvirke.agencies import queries as agencies
from samvirke.exchange.inbox import error_file, mappings
from samvirke.exchange.inbox import queries as inbox
from samvirke.exchange.inbox.fields import BadField
from samvirke.exchange.inbox.types import Mode
from samvirke.exchange.uploads import operations, policies, queries, sealed
from samvirke.exchange.uploads.types import UNDER_WAY, Stage, UploadRow
from samvirke.kernel.codes import AgencyKind
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import IMPORTERS, SENDERS, page_for
from samvirke.surfaces.components.import_forms import MEGABYTES, ColumnsForm, TakeInForm, UploadForm
from samvirke.surfaces.components.import_parts import difference, refusal
from samvirke.surfaces.components.progress import progress
from samvirke.surfaces.components.sample_list import sample_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(IMPORTERS)
def imports(request: SignedInRequest) -> HttpResponse:
    """All imports, the newest first, and the form for a file; a POST sends one."""
    kind = agencies.post(request.viewer.post_id).agency_kind
    may_send = policies.may_send(request.viewer, kind)
    if request.method != "POST":
        form = UploadForm(suffixes=policies.SUFFIXES[kind]) if may_send else None
        return _list(request, kind, form)
    if not may_send:
        raise Http404
    form = UploadForm(request.POST, request.FILES, suffixes=policies.SUFFIXES[kind])
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        form.errors.clear()
        form.add_error("file", _too_large())
    if not form.is_valid():
        return _list(request, kind, form, status=422)
    file = form.cleaned_data["file"]
    try:
        upload_id = operations.receive(
            name=file.name, size=file.size, content=file.chunks(sealed.PIECE), by=request.viewer
        )
    except policies.FileRefused as refused:
        form.add_error("file", _why_refused(refused, kind))
        return _list(request, kind, form, status=422)
    return redirect("upload", upload_id)


@require_safe
@page_for(SENDERS)
def upload(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """Where the file is on its way: columns, the worker's progress, what it would do, or the result."""
    row = queries.upload(request.viewer, upload_id)
    if row.stage in UNDER_WAY and row.is_kept:
        return _progress(request, row)
    if request.htmx:
        return HttpResponseClientRedirect(request.path)
    if row.run_id is not None:
        return redirect("import_run", row.run_id)
    if not row.is_kept:
        return render(request, "caseworker/upload_gone.html", {"row": row}, status=410)
    if row.stage is Stage.RECEIVED:
        return redirect("upload_columns", upload_id)
    return _looked_through(request, row, TakeInForm(initial={"mode": _usual_mode(row)}))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(SENDERS)
def columns(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """Which column is what; saved for the unit, and then the file is looked through."""
    row = queries.upload(request.viewer, upload_id)
    if row.stage not in (Stage.RECEIVED, Stage.CHECKED) or not row.is_kept or not row.has_columns:
        return redirect("upload", upload_id)
    try:
        headings, rows, proposed = queries.columns(row)
    except BadField as problem:
        parts = {"row": row, "problem": refusal(problem.refused(row=1, file=row.file_name))}
        return render(request, "caseworker/upload_unreadable.html", parts, status=422)
    saved = mappings.saved_columns(agencies.post(request.viewer.post_id).unit_id)
    chosen = saved if saved is not None and set(saved.headings.values()) <= set(headings) else proposed
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, headings=headings, rows=rows, chosen=chosen)
    if data is not None and form.is_valid() and _saved(request, form, headings):
        operations.ask_for_check(upload_id=upload_id, by=request.viewer)
        return redirect("upload", upload_id)
    lines = list(form.lines())
    parts = {
        "row": row,
        "form": form,
        "is_saved": chosen is saved,
        "held": [line for line in lines if line.is_held],
        "not_held": [line for line in lines if not line.is_held],
    }
    return render(request, "caseworker/upload_columns.html", parts, status=422 if data is not None else 200)


@require_POST
@page_for(SENDERS)
def take_in(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """Ask for the file to be taken in."""
    row = queries.upload(request.viewer, upload_id)
    form = TakeInForm(request.POST)
    if row.stage is Stage.CHECKED and row.is_kept and not form.is_valid():
        return _looked_through(request, row, form, status=422)
    try:
        mode = Mode(form.cleaned_data["mode"]) if form.is_valid() else Mode.ALL_OR_NOTHING
        operations.ask_to_take_in(upload_id=upload_id, mode=mode, by=request.viewer)
    except operations.NotNow:
        messages.info(
            request, _("The file has gone further since you opened the page. This is where it is now.")
        )
    return redirect("upload", upload_id)


@require_POST
@page_for(SENDERS)
def again(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """Ask anew for what the worker has given up."""
    try:
        operations.ask_again(upload_id=upload_id, by=request.viewer)
    except operations.NotNow:
        messages.info(
            request, _("The file has gone further since you opened the page. This is where it is now.")
        )
    return redirect("upload", upload_id)


@require_POST
@page_for(SENDERS)
def forget(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """Forget the file now, without taking it in or after it."""
    operations.forget(upload_id=upload_id, by=request.viewer)
    messages.success(request, _("The file is deleted here. Yours is where you keep it."))
    return redirect("imports")


@require_safe
@page_for(SENDERS)
def errors(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """The refused rows as they came, with the reason beside each, as a file of the kind that came."""
    row = queries.upload(request.viewer, upload_id)
    if not row.is_kept or not row.refused or not row.has_table or row.stage in UNDER_WAY:
        raise Http404
    target = BytesIO()
    queries.write_errors(request.viewer, row, target, say=_)
    with queries.opened(row) as path:
        suffix = error_file.suffix(row.system, path)
    kind = XLSX if suffix == error_file.XLSX else "text/csv"
    return _download(target.getvalue(), kind, _("refused rows") + suffix)


@require_safe
@page_for(SENDERS)
def sample(request: SignedInRequest) -> HttpResponse:
    """A list of invented people to try the page with; only where everything is invented."""
    if not settings.DEMO_SIGN_IN:
        raise Http404
    return _download(sample_list(), XLSX, "oppfolging.xlsx")


def _list(
    request: SignedInRequest, kind: AgencyKind, form: UploadForm | None, *, status: int = 200
) -> HttpResponse:
    parts = {
        "runs": inbox.runs(request.viewer),
        "form": form,
        "unfinished": queries.unfinished(request.viewer),
        "has_sample": settings.DEMO_SIGN_IN and kind is AgencyKind.FOLLOW_UP_SERVICE and form is not None,
    }
    return render(request, "caseworker/imports.html", parts, status=status)


def _progress(request: SignedInRequest, row: UploadRow) -> HttpResponse:
    parts = {"row": row} | progress(
        request,
        request.viewer,
        row,
        under_way=_("The file is being taken in")
        if row.stage is Stage.TAKING_IN
        else _("The file is being looked through"),
        again=reverse("ask_again", args=[row.upload_id]),
        forget=reverse("forget_upload", args=[row.upload_id]),
    )
    name = "components/progress" if request.htmx else "caseworker/upload_progress"
    return render(request, f"{name}.html", parts)


def _looked_through(
    request: SignedInRequest, row: UploadRow, form: TakeInForm, *, status: int = 200
) -> HttpResponse:
    after, only = request.GET.get("after", ""), request.GET.get("only", "")
    only = only if only in ("new", "changed", "refused") else ""
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    shown, last = queries.differs(request.viewer, row, after=start, only=only)
    municipalities = agencies.municipality_names()
    parts = {
        "row": row,
        "form": form,
        "only": only,
        "after": start,
        "rows": [difference(one, municipalities) for one in shown],
        "go_on_after": last,
    }
    return render(request, "caseworker/upload.html", parts, status=status)


def _saved(request: SignedInRequest, form: ColumnsForm, headings: list[str]) -> bool:
    try:
        mappings.save_columns(columns=form.columns(), headings=headings, by=request.viewer)
    except mappings.WrongColumns as wrong:
        for problem in wrong.problems:
            said = refusal(problem.refused(row=1, file=""))
            form.add_error(None, f"{said.reason} {said.what_to_do}")
        return False
    return True


def _usual_mode(row: UploadRow) -> Mode:
    return Mode.GOOD_ROWS_ONLY if row.refused else Mode.ALL_OR_NOTHING


def _why_refused(refused: policies.FileRefused, kind: AgencyKind) -> str:
    if refused.reason == "too_large":
        return _too_large()
    if refused.reason == "empty":
        return _("The file is empty. Choose the list as it was saved.")
    kinds = ", ".join(suffix.removeprefix(".").upper() for suffix in policies.SUFFIXES[kind])
    return _("This is another kind of file. Save the list as %(kinds)s and choose that one.") % {
        "kinds": kinds
    }


def _too_large() -> str:
    text = _("The file is larger than %(megabytes)d MB. Divide the list in two and send both.")
    return text % {"megabytes": MEGABYTES}


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
