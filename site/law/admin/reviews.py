"""The review of one page in the admin: its state and log, the signature, who cares for it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from law.admin.review_desk import READ, SIGN, DeskView, may_see_desk
from law.admin.review_forms import AssignForm, SignForm
from law.basis import LawBased
from law.enums import ReviewOutcome
from law.review_actions import Refused, assign, record_review
from law.review_desk import PageFile
from people.user import signed_in


def may_see_review(user, page: Page) -> bool:
    """Lawyers, those who read the radar, and whoever may write the page."""
    return may_see_desk(user) or page.permissions_for_user(user).can_edit()


class _OfPage:
    """A view of one page that leans on the law, as readers see it."""

    request: HttpRequest
    kwargs: dict

    @cached_property
    def page(self) -> Any:  # a Page and LawBased at once
        found = get_object_or_404(Page.objects.specific(), pk=self.kwargs["page_id"])
        if not isinstance(found, LawBased):
            raise Http404
        return found


class ReviewView(_OfPage, WagtailAdminTemplateMixin, TemplateView):
    template_name = "law/admin/review.html"
    page_title = gettext_lazy("Review of the page")
    header_icon = "calendar-check"
    sign_form: SignForm | None = None
    assign_form: AssignForm | None = None

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not may_see_review(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        items = [*self.breadcrumbs_items]
        if may_see_desk(self.request.user):
            items.append({"url": reverse("law_reviews"), "label": DeskView.page_title})
        return [*items, {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs):
        may_sign = self.request.user.has_perm(SIGN)
        context = {
            "page": self.page,
            "state": self.page.review,
            "file": PageFile(self.page),
            "may_sign": may_sign,
            "may_edit": self.page.permissions_for_user(self.request.user).can_edit(),
            "may_read_radar": self.request.user.has_perm(READ) or may_sign,
            "may_read_feedback": self.request.user.has_perm("law.view_feedback"),
        }
        if may_sign:
            context["sign_form"] = self.sign_form or SignForm(page=self.page)
            context["assign_form"] = self.assign_form or AssignForm(state=self.page.review)
            context["media"] = context["sign_form"].media + context["assign_form"].media
        return super().get_context_data(**kwargs) | context


class _Write(_OfPage, View):
    """A verb of a page's review: what is refused is shown on the page's review with what was typed."""

    http_method_names = ["post"]
    shows_as: str

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not request.user.has_perm(SIGN):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        form = self.form()
        if form.is_valid():
            try:
                messages.success(request, self.write(**form.cleaned_data))
                return redirect("law_review", page_id)
            except Refused as refused:
                form.add_error(None, refused.message)
        messages.error(request, _("Nothing was saved."))
        shown = ReviewView(**{self.shows_as: form})
        shown.setup(request, page_id=page_id)
        return shown.get(request)

    def form(self):
        raise NotImplementedError

    def write(self, **fields) -> str:
        raise NotImplementedError


class SignView(_Write):
    shows_as = "sign_form"

    def form(self) -> SignForm:
        return SignForm(self.request.POST, page=self.page)

    def write(self, **fields) -> str:
        if not self.page.live:
            raise Refused(_("Readers do not see this page. Publish it, then sign it."))
        record_review(page=self.page, actor=signed_in(self.request), outcome=ReviewOutcome.UNCHANGED, **fields)
        if self.page.rechecks:
            return _("Signed. Readers are told of the re-check until the amendment is decided.")
        if fields.get("both_languages"):
            return _("Signed in both languages. Readers see it already.")
        return _("Signed. Readers see it already.")


class AssignView(_Write):
    shows_as = "assign_form"

    def form(self) -> AssignForm:
        return AssignForm(self.request.POST, state=self.page.review)

    def write(self, **fields) -> str:
        assign(page=self.page, actor=signed_in(self.request), **fields)
        return _("Saved.")


@hooks.register("register_admin_urls")
def review_urls():
    return [
        path("law/reviews/<int:page_id>/", ReviewView.as_view(), name="law_review"),
        path("law/reviews/<int:page_id>/sign/", SignView.as_view(), name="law_review_sign"),
        path("law/reviews/<int:page_id>/assign/", AssignView.as_view(), name="law_review_assign"),
    ]


@hooks.register("register_log_actions")
def review_log_actions(actions) -> None:
    actions.register_action("law.assign", gettext_lazy("Assign"), gettext_lazy("Owner or date of review changed"))

    @actions.register_action("law.review")
    class ReviewFormatter(LogFormatter):
        label = gettext_lazy("Review of the page")

        def format_message(self, log_entry) -> str:
            edition = log_entry.data.get("edition_date")
            if edition:
                return _("Compared with the law, edition of %(date)s") % {"date": edition}
            return _("Compared with the law")
