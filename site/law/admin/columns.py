"""Columns «Checked» and «Edition» in the page explorer, wherever pages of law are listed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry
from wagtail.models import Page, get_page_models

from law.admin.side_panels import LawEditView
from law.basis import LawBased
from law.page_lists import preload_standing
from law.standing import Standing


@dataclass(frozen=True)
class Check:
    """What an editor has to know of the review of a page, in one word and a date."""

    label: str
    note: str = ""
    is_good: bool = False


def check_of(page: Page) -> Check | None:
    """What may be said of a page, as its public stamp says it; None for a page without law."""
    if not isinstance(page, LawBased):
        return None
    review = page.review
    match page.standing:
        case Standing.RECHECK:
            return Check(_("Under re-check"), _since(page.recheck_since))
        case Standing.OVERDUE:
            return Check(_("Overdue"), _since(review.next_review_on))
        case Standing.CHANGED:
            return Check(_("Edited since"), _since(review.reviewed_on))
        case Standing.SIGNED:
            return Check(_("Signed"), _written(review.reviewed_on), is_good=True)
        case _:
            return Check(_("To be checked"))


def edition_of(page: Page) -> str:
    return _written(page.review.edition_date) if isinstance(page, LawBased) else ""


def _since(day: datetime.date | None) -> str:
    return _("since %(date)s") % {"date": _written(day)}


def _written(day: datetime.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


class CheckColumn(Column):
    cell_template_name = "law/admin/check_cell.html"


COLUMNS = [
    CheckColumn("checked", label=pgettext_lazy("report", "Checked"), accessor=check_of, width="12%"),
    Column("edition", label=gettext_lazy("Edition"), accessor=edition_of, width="10%"),
]


class WithReviews:
    """Two queries more for a list of any length."""

    def get_table(self, object_list):
        preload_standing(object_list)
        return super().get_table(object_list)  # type: ignore[misc]


class LawIndexView(WithReviews, ExplorableIndexView):
    base_columns = [*ExplorableIndexView.base_columns, *COLUMNS]


class LawTypeUseView(WithReviews, ContentTypeUseView):
    pass


class LawPageViewSet(PageViewSet):
    """Wagtail's own views; only the lists of pages have two columns more."""

    edit_view_class = LawEditView
    index_view_class = LawIndexView
    content_type_use_view_class = LawTypeUseView

    @property
    def parent_models(self) -> list[type[Page]]:
        """The types below which pages of law stand, beside others or alone."""
        return [
            model
            for model in get_page_models()
            if any(issubclass(child, LawBased) for child in model.allowed_subpage_models())
        ]

    def on_register(self) -> None:
        """For every page of law at once: the registry looks along the bases of a type."""
        ViewSet.on_register(self)
        page_viewset_registry.register(LawBased, self, parent_models=self.parent_models)


@hooks.register("register_admin_viewset")
def law_pages() -> LawPageViewSet:
    return LawPageViewSet()
