"""A lawyer's desk: which pages wait, by what is to be done with them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from law.duty_dates import today
from law.review_desk import LISTS, Desk

SIGN = "law.sign_review"
READ = "law.view_amendment"
A_PAGE = 50


def may_see_desk(user) -> bool:
    return user.has_perm(SIGN) or user.has_perm(READ)


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "law/admin/review_desk.html"
    page_title = gettext_lazy("Reviews of law")
    header_icon = "calendar-check"

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not may_see_desk(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        wanted = self.request.GET.get("list", "")
        shown = wanted if wanted in LISTS else "overdue"
        is_mine = self.request.GET.get("whose") == "mine"
        desk = Desk(today(), self.request.user if is_mine else None)
        counts = desk.counts()
        items = Paginator(desk.rows(shown), A_PAGE).get_page(self.request.GET.get("p"))
        context = {
            "lists": [(name, label, counts[name]) for name, label in LISTS.items()],
            "shown": shown,
            "shown_label": LISTS[shown],
            "is_mine": is_mine,
            "items": items,
            "elided_page_range": items.paginator.get_elided_page_range(items.number),
            "day": desk.day,
        }
        return super().get_context_data(**kwargs) | context


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_desk(request.user)


@hooks.register("register_law_menu_item")
def desk_menu_item() -> MenuItem:
    return DeskMenuItem(DeskView.page_title, reverse("law_reviews"), icon_name=DeskView.header_icon, order=0)


@hooks.register("register_admin_urls")
def desk_urls():
    return [path("law/reviews/", DeskView.as_view(), name="law_reviews")]
