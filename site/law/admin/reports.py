"""Reports on texts: overdue, under re-check, without a source, without a fresh twin, read by nobody."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.admin.ui.tables import Column
from wagtail.models import Page, PageQuerySet

from core import page_marks
from law import page_lists
from law.admin.report_filters import OverdueFilters, RecheckFilters, TwinFilters, VisitFilters
from law.admin.text_report import DayColumn, TextReportView

UNREAD_FOR = datetime.timedelta(days=90)
# A menu item of this hook stands in the group of reports on texts.
MENU_HOOK = "register_text_reports_menu_item"


class OverdueReport(TextReportView):
    slug = "overdue"
    page_title = _("Overdue reviews")
    header_icon = "calendar-alt"
    filterset_class = OverdueFilters
    own_columns = (
        DayColumn("due", label=_("Review was due"), accessor="review_state.next_review_on"),
        DayColumn("reviewed_on", label=_("Last review"), accessor="review_state.reviewed_on"),
        Column("reviewer", label=_("Reviewed by"), accessor="review_state.reviewer"),
        Column("owner", label=pgettext_lazy("report", "Owner"), accessor="review_state.responsible.get_full_name"),
    )

    @staticmethod
    def find(pages: PageQuerySet) -> PageQuerySet:
        return page_lists.overdue(pages, timezone.localdate())


class RecheckReport(TextReportView):
    slug = "recheck"
    page_title = _("Under re-check")
    header_icon = "history"
    filterset_class = RecheckFilters
    own_columns = (
        DayColumn("recheck_from", label=_("Since")),
        Column("recheck_title", label=_("Amendment")),
        Column("recheck_count", label=_("Amendments in all")),
    )
    find = staticmethod(page_lists.under_recheck)


class UncitedReport(TextReportView):
    slug = "uncited"
    page_title = _("Pages without a source")
    header_icon = "openquote"
    own_columns = (DayColumn("last_published_at", label=_("Published")),)
    find = staticmethod(page_lists.citing_nothing)


def twin_words(page: Page) -> str:
    return gettext("Newer than this page") if page.has_twin else gettext("Missing")


class TwinReport(TextReportView):
    slug = "twins"
    page_title = _("Missing or newer in the other language")
    header_icon = "site"
    filterset_class = TwinFilters
    own_columns = (
        Column("twin", label=_("Page in the other language"), accessor=twin_words),
        DayColumn("twin_changed_at", label=_("Changed there")),
    )
    find = staticmethod(page_marks.without_fresh_twin)


class VisitReport(TextReportView):
    slug = "unread"
    page_title = _("Pages nobody reads")
    header_icon = "view"
    filterset_class = VisitFilters
    own_columns = (
        DayColumn("visited_on", label=_("Last visit")),
        DayColumn("first_published_at", label=_("First published")),
    )

    @staticmethod
    def find(pages: PageQuerySet) -> PageQuerySet:
        return page_marks.unvisited_since(pages, timezone.localdate() - UNREAD_FOR)


REPORTS = (OverdueReport, RecheckReport, UncitedReport, TwinReport, VisitReport)


@hooks.register("register_admin_urls")
def report_urls():
    return [url for report in REPORTS for url in report.urls()]


@hooks.register("register_reports_menu_item")
def report_menu() -> SubmenuMenuItem:
    items = [report.menu_item(order=10 * place) for place, report in enumerate(REPORTS, 1)]
    return SubmenuMenuItem(
        _("Texts and law"), Menu(MENU_HOOK, items=items), name="text-reports", icon_name="openquote", order=100
    )
