"""The review of a page beside its editor, and the way to it from the lists of pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.ui.side_panels import BaseSidePanel

from law.admin.reviews import may_see_review
from law.admin.side_panels import LawSidePanel, register
from law.basis import LawBased
from law.duty_dates import today
from law.reviews import ReviewState


@register
class ReviewSidePanel(LawSidePanel):
    """What is said to readers of who checked the page, when it is due, and who cares for it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle review")
        icon_name = "calendar-check"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context):
            """A mark where something waits for a lawyer."""
            return super().get_context_data(parent_context) | {"count": 1 if self.panel.is_waiting else 0}

    name = "review"
    title = _("Review of the page")
    template_name = "law/admin/review_panel.html"
    order = 150

    @property
    def state(self) -> ReviewState:
        return self.object.review

    @property
    def is_waiting(self) -> bool:
        return bool(self.state.is_overdue(today()) or self.object.rechecks)

    def get_context_data(self, parent_context):
        context = {
            "state": self.state,
            "is_overdue": self.state.is_overdue(today()),
            "rechecks": self.object.rechecks,
            "review_url": reverse("law_review", args=[self.object.pk]),
        }
        return super().get_context_data(parent_context) | context


class ReviewMenuItem(PageMenuItem):
    """«Review» in the menu of a page: for pages that lean on the law, and who may see their reviews."""

    label = _("Review of the page")
    icon_name = "calendar-check"
    url_name = "law_review"

    def is_shown(self, user) -> bool:
        kind = self.page.specific_class
        return kind is not None and issubclass(kind, LawBased) and may_see_review(user, self.page)


@hooks.register("register_page_header_buttons")
def review_in_header(page, user, view_name, next_url=None):
    yield ReviewMenuItem(page=page, priority=66)


@hooks.register("register_page_listing_more_buttons")
def review_in_listing(page, user, next_url=None):
    yield ReviewMenuItem(page=page, priority=51)
