"""What readers say of pages: beside the editor of a page, and a report on all of them."""

from __future__ import annotations

import datetime

import django_filters
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column
from wagtail.models import PageQuerySet

from law.admin.report_filters import TextFilters
from law.admin.reports import MENU_HOOK
from law.admin.side_panels import LawSidePanel, register
from law.admin.text_report import TextReportView
from law.enums import FeedbackReason
from law.feedback import Feedback, Numbers, pages_with_voices

PERMISSION = "law.view_feedback"
WORDS_SHOWN = 5


@register
class FeedbackSidePanel(LawSidePanel):
    """How many readers the page helped, and what those it did not help said last."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle feedback")
        icon_name = "comment"

        def get_context_data(self, parent_context):
            """The number of readers whom the page did not help."""
            return super().get_context_data(parent_context) | {"count": self.panel.numbers.no}

    name = "feedback"
    title = _("What readers say")
    template_name = "law/admin/feedback_panel.html"
    order = 160

    def __init__(self, object, request):
        super().__init__(object, request)
        self.voices = Feedback.objects.filter(page_id=object.pk)
        self._numbers: Numbers | None = None

    @property
    def numbers(self) -> Numbers:
        if self._numbers is None:
            self._numbers = self.voices.numbers()
        return self._numbers

    def is_shown(self) -> bool:
        return self.request.user.has_perm(PERMISSION)

    def get_context_data(self, parent_context):
        labels = dict(FeedbackReason.choices)
        context = {
            "numbers": self.numbers,
            "reasons": [(labels[key], number) for key, number in self.numbers.reasons.items() if number],
            "last_words": self.voices.last_words(WORDS_SHOWN),
        }
        return super().get_context_data(parent_context) | context


class FeedbackFilters(TextFilters):
    """`reason` and `days` do not narrow rows by themselves: the report counts by them."""

    reason = django_filters.ChoiceFilter(
        label=_("What is wrong"), choices=FeedbackReason.choices, empty_label=_("All"), method="left_to_the_report"
    )
    days = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[("30", _("30 days")), ("90", _("90 days")), ("365", _("One year"))],
        empty_label=_("All"),
        method="left_to_the_report",
    )

    def left_to_the_report(self, pages, name, value):
        return pages


class FeedbackMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm(PERMISSION)


class FeedbackReport(TextReportView):
    """Pages by the share of readers whom they did not help, with the reasons they gave."""

    slug = "feedback"
    page_title = _("What readers say")
    header_icon = "comment"
    filterset_class = FeedbackFilters
    own_columns = (
        Column("voices", label=_("Voices")),
        Column("said_no", label=_("Did not help")),
        Column("no_share", label=_("Did not help, %")),
        *(Column(key, label=label) for key, label in FeedbackReason.choices),
    )

    @classmethod
    def urls(cls) -> list:
        address, name = f"reports/{cls.slug}/", cls.url_name()
        return [
            path(address, cls.as_view(), name=name),
            path(f"{address}results/", cls.as_view(results_only=True), name=f"{name}_results"),
        ]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @staticmethod
    def find(pages: PageQuerySet) -> PageQuerySet:
        return pages  # counted when the period is known

    def get_filtered_queryset(self) -> PageQuerySet:
        pages = super().get_filtered_queryset()
        chosen = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        days = chosen.get("days")
        since = timezone.localdate() - datetime.timedelta(days=int(days)) if days else None
        return pages_with_voices(pages, reason=chosen.get("reason") or "", since=since)


@hooks.register("register_admin_urls")
def feedback_urls():
    return FeedbackReport.urls()


@hooks.register(MENU_HOOK)
def feedback_menu() -> FeedbackMenuItem:
    address = reverse(FeedbackReport.url_name())
    return FeedbackMenuItem(
        FeedbackReport.page_title, address, name="text-report-feedback", icon_name=FeedbackReport.header_icon, order=60
    )
