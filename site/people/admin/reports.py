"""Figures about associations, by office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.auth.decorators import permission_required
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.admin.associations import MENU_HOOK, AllowedMenuItem
from people.associations import Association
from people.enums import MembershipState
from people.memberships import Membership
from people.offices import District, Office
from people.register_file import XLSX, workbook

PERMISSION = "people.view_association"
Counts = Mapping[int | None, int]


@dataclass(frozen=True)
class ReportColumn:
    key: str
    label: str | Promise
    counts: Callable[[QuerySet[Association]], Counts]


_columns: dict[str, ReportColumn] = {}


def register_column(key: str, label: str | Promise, counts: Callable[[QuerySet[Association]], Counts]) -> None:
    """Adds a column to the report: an app above gives a number for each district of the associations it is handed.

    `counts` answers {district id: number}, None for associations without a district, in a fixed number of
    queries. A second column of one key takes the place of the first.
    """
    _columns[key] = ReportColumn(key, label, counts)


def _associations(rows: QuerySet[Association]) -> Counts:
    return dict(rows.order_by().values_list("district").annotate(Count("pk")))


def _flats(rows: QuerySet[Association]) -> Counts:
    return {district: total or 0 for district, total in rows.order_by().values_list("district").annotate(Sum("units"))}


def _by_district(memberships: QuerySet[Membership]) -> Counts:
    """How many associations, by district, these memberships are of."""
    found = memberships.order_by().values_list("association__district")
    return dict(found.annotate(Count("association", distinct=True)))


def _chairs(rows: QuerySet[Association]) -> Counts:
    return _by_district(Membership.objects.active().chairs().filter(association__in=rows))


def _claims(rows: QuerySet[Association]) -> Counts:
    return _by_district(Membership.objects.filter(association__in=rows, state=MembershipState.CLAIMED))


register_column("associations", gettext_lazy("Associations"), _associations)
register_column("flats", gettext_lazy("Flats"), _flats)
register_column("chairs", gettext_lazy("With a chair"), _chairs)
register_column("claims", gettext_lazy("With claims that wait"), _claims)


@dataclass(frozen=True)
class Line:
    office: str
    district: str
    numbers: list[int]


@dataclass(frozen=True)
class Report:
    heads: list[str]
    lines: list[Line]
    totals: list[int]


def district_report(offices: QuerySet[Office]) -> Report:
    """A line for each district of `offices`, one for associations without a district, and the totals."""
    rows = Association.objects.filter(office__in=offices)
    columns = list(_columns.values())
    counts = [column.counts(rows) for column in columns]
    lines = [
        Line(district.office.city, district.name, [found.get(district.pk, 0) for found in counts])
        for district in District.objects.for_choice().filter(office__in=offices)
    ]
    without = [found.get(None, 0) for found in counts]
    if any(without):
        lines.append(Line("", _("Without a district"), without))
    totals = [sum(line.numbers[place] for line in lines) for place in range(len(columns))]
    return Report([str(column.label) for column in columns], lines, totals)


def _chosen(request: HttpRequest) -> tuple[QuerySet[Office], QuerySet[Office], str]:
    """The offices of the person, those the report is about, and the key of the one she chose."""
    own = Office.objects.for_staff(request.user).in_order()
    key = request.GET.get("office", "")
    picked = own.filter(key=key)
    return (own, picked, key) if key and "\0" not in key and picked.exists() else (own, own, "")


@never_cache
@permission_required(PERMISSION, raise_exception=True)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    own, chosen, key = _chosen(request)
    context = {"report": district_report(chosen), "offices": own, "office_key": key}
    return render(request, "people/admin/report_districts.html", context)


@never_cache
@permission_required(PERMISSION, raise_exception=True)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    _own, chosen, _key = _chosen(request)
    found = district_report(chosen)
    rows = [[line.office, line.district, *line.numbers] for line in found.lines]
    rows.append([_("Total"), "", *found.totals])
    file = workbook([_("City"), _("District"), *found.heads], rows)
    response = HttpResponse(file, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="associations-by-district.xlsx"'
    return response


@hooks.register("register_admin_urls")
def report_urls():
    return [
        path("register/report/", report, name="association_report"),
        path("register/report.xlsx", export, name="association_report_export"),
    ]


@hooks.register(MENU_HOOK)
def report_menu_item() -> MenuItem:
    return AllowedMenuItem(
        pgettext_lazy("menu", "Report by district"),
        reverse("association_report"),
        name="association-report",
        icon_name="table",
        order=30,
        permission=PERMISSION,
    )
