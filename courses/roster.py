"""Who is signed up, for staff."""

from __future__ import annotations

from io import BytesIO
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from wagtail.admin.auth import require_admin_access

from courses import actions
from courses.runs import CourseRun
from people.models import signed_in
from people.privacy.access_log import AccessKind, record_access

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _run_or_404(request: HttpRequest, run_id: int) -> CourseRun:
    """A run of the offices of who asks; another office's is not there."""
    return get_object_or_404(CourseRun.objects.for_staff(request.user).for_cards(), pk=run_id)


@require_admin_access
@permission_required("courses.view_roster", raise_exception=True)
@never_cache
@require_safe
def roster(request: HttpRequest, run_id: int) -> HttpResponse:
    run = _run_or_404(request, run_id)
    enrolments = list(run.enrolments.for_roster())
    record_access(actor=request.user, kind=AccessKind.ROSTER, label=run.code, people=len(enrolments))
    context = {
        "run": run,
        "enrolments": enrolments,
        "page_title": run.title,
        "header_icon": "group",
        "can_remove": request.user.has_perm("courses.change_courserun"),
        "can_export": request.user.has_perm("courses.export_roster"),
    }
    return render(request, "courses/admin/roster.html", context)


@require_admin_access
@permission_required("courses.export_roster", raise_exception=True)
@require_safe
def export(request: HttpRequest, run_id: int) -> HttpResponse:
    run = _run_or_404(request, run_id)
    enrolments = list(run.enrolments.for_roster())
    record_access(actor=request.user, kind=AccessKind.ROSTER_EXPORT, label=run.code, people=len(enrolments))
    response = HttpResponse(roster_workbook(enrolments), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{run.code}.xlsx"'
    return response


@require_admin_access
@permission_required("courses.change_courserun", raise_exception=True)
@require_POST
def remove(request: HttpRequest, run_id: int, public_id) -> HttpResponse:
    """Takes a person off the run; the first in the queue gets the seat."""
    enrolment = get_object_or_404(_run_or_404(request, run_id).enrolments, public_id=public_id)
    actions.cancel(enrolment_id=enrolment.pk, actor=signed_in(request), by_staff=True)
    messages.success(request, _("%(name)s was taken off the run.") % {"name": enrolment.full_name})
    return redirect("run_roster", run_id=run_id)


def roster_workbook(enrolments) -> bytes:
    """An XLSX file of a roster. Every cell is text: what a person typed never becomes a formula."""
    workbook = Workbook()
    sheet = cast(Worksheet, workbook.active)
    heads = [
        _("Status"),
        _("Place in the queue"),
        _("Name"),
        _("Association"),
        _("Role"),
        _("E-mail"),
        _("Phone"),
        _("Language"),
        _("Signed up at"),
    ]
    rows = [heads]
    for enrolment in enrolments:
        rows.append(
            [
                str(enrolment.get_status_display()),
                str(enrolment.place or ""),
                enrolment.full_name,
                str(enrolment.association or ""),
                str(enrolment.get_membership_role_display()),
                enrolment.email,
                enrolment.phone,
                enrolment.language,
                f"{timezone.localtime(enrolment.created_at):%d.%m.%Y %H:%M}",
            ]
        )
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = cast(Cell, sheet.cell(number, column))
            cell.value = _printable(str(text))
            cell.data_type = "s"  # «=…» would be taken for a formula
            if number == 1:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFGHI", (22, 10, 32, 32, 20, 32, 20, 8, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _printable(text: str) -> str:
    """Without control characters, which an XLSX file cannot hold."""
    return "".join(letter for letter in text if letter.isprintable())
