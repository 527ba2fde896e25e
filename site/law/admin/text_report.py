"""What all reports on texts share: who may read them, columns, the export."""

from __future__ import annotations

import datetime
from codecs import BOM_UTF8
from collections import OrderedDict
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

from law.admin.report_filters import TextFilters
from law.basis import LawBased


def may_read(user) -> bool:
    """Who edits pages anywhere, or follows amendments."""
    policy = policy_registry.get_by_type(Page)
    return user.has_perm("law.view_amendment") or policy.user_has_any_permission(user, ["add", "change", "publish"])


def pages_for(user) -> PageQuerySet:
    """All pages for who follows amendments; for others those they find in the explorer."""
    pages = Page.objects.filter(depth__gt=1).select_related("locale")
    if user.has_perm("law.view_amendment"):
        return pages
    own = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages.filter(pk__in=own.order_by().values("pk"))


class TextReportMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_read(request.user)


class DayColumn(Column):
    def get_value(self, instance) -> str:
        day = super().get_value(instance)
        if isinstance(day, datetime.datetime):
            day = timezone.localtime(day)
        return date_format(day, "SHORT_DATE_FORMAT") if day else "—"


class ReviewColumn(Column):
    """The way to the review of a page that rests on law."""

    cell_template_name = "law/admin/report_review_cell.html"

    def get_value(self, instance: Page) -> str:
        is_of_law = issubclass(instance.specific_class or Page, LawBased)
        return reverse("law_review", args=[instance.pk]) if is_of_law else ""


def _as_words(text: str) -> str:
    """A spreadsheet takes what begins like this for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class TextReportView(ReportView):
    """A report of pages. Its columns are shown between the type and the link to the review, and exported."""

    model = Page
    slug: str
    own_columns: tuple[Column, ...] = ()
    find: Callable[[PageQuerySet], PageQuerySet]
    filterset_class: type[TextFilters] = TextFilters
    verbose_name_plural = _("pages")
    custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        str: {SpreadsheetExportMixin.FORMAT_CSV: _as_words},
    }

    @classmethod
    def urls(cls) -> list:
        address, name = f"reports/texts/{cls.slug}/", cls.url_name()
        return [
            path(address, cls.as_view(), name=name),
            path(f"{address}results/", cls.as_view(results_only=True), name=f"{name}_results"),
        ]

    @classmethod
    def url_name(cls) -> str:
        return f"text_report_{cls.slug}"

    @classmethod
    def menu_item(cls, order: int) -> MenuItem:
        address, name = reverse(cls.url_name()), f"text-report-{cls.slug}"
        return TextReportMenuItem(cls.page_title, address, name=name, icon_name=cls.header_icon, order=order)

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                accessor="get_admin_display_title",
                get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
            ),
            Column("language", label=_("Language"), accessor="locale.get_display_name"),
            Column("type", label=_("Type"), accessor="page_type_display_name"),
            *self.own_columns,
            ReviewColumn("review", label=pgettext_lazy("report", "Review")),
        ]

    @property
    def list_export(self) -> list[str]:
        return [column.name for column in self.columns[:-1]]

    @property
    def export_headings(self) -> dict[str, str]:
        return {column.name: column.label for column in self.columns}

    def to_row_dict(self, item: Page) -> OrderedDict:
        # What the column reads, not what it shows: a day stays a day.
        return OrderedDict((column.name, Column.get_value(column, item)) for column in self.columns[:-1])

    def dispatch(self, request, *args, **kwargs):
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> PageQuerySet:
        return type(self).find(pages_for(self.request.user))

    def get_index_url(self) -> str:
        return reverse(self.url_name())

    def get_index_results_url(self) -> str:
        return reverse(f"{self.url_name()}_results")

    def write_csv_response(self, queryset) -> HttpResponse:
        """At once and not as a stream: that would be written when the language of the request is gone."""
        file = b"".join(self.stream_csv(queryset))
        response = HttpResponse(BOM_UTF8 + file, content_type="text/csv; charset=utf-8")  # Excel needs the mark
        response["Content-Disposition"] = f'attachment; filename="{self.get_filename()}.csv"'
        return response

    def get_filename(self) -> str:
        return f"texts-{self.slug}-{timezone.localdate():%Y-%m-%d}"
