"""The radar in the admin: amendments with what is left to do, and the worklist of each."""

from __future__ import annotations

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from law import radar, radar_actions, radar_day
from law.admin.radar_filters import RadarFilterSet
from law.admin.radar_rows import rows_of
from law.amendments import Amendment, RadarItem
from law.review_actions import Refused

READ, DECIDE = "law.view_amendment", "law.sign_review"
A_PAGE = 50


def may_look(user) -> bool:
    return user.has_perm(READ) or user.has_perm(DECIDE)


class RadarView(BaseListingView):
    """Amendments, the newest first."""

    queryset = Amendment.objects.with_progress().prefetch_related("provisions__provision")
    page_title = gettext_lazy("Amendment radar")
    header_icon = "tasks"
    index_url_name = "law_radar"
    index_results_url_name = "law_radar_results"
    paginate_by = A_PAGE
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Amendment"),
            get_url=lambda amendment: reverse("law_radar_worklist", args=[amendment.pk]),
        ),
        Column("touches", label=gettext_lazy("What it touches")),
        Column("from_day", label=gettext_lazy("In force from")),
        Column("progress", label=gettext_lazy("Done")),
        Column("stage", label=gettext_lazy("State")),
    ]

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_buttons(self):
        if not self.request.user.has_perm("law.add_amendment"):
            return []
        add_url = reverse(Amendment.snippet_viewset.get_url_name("add"))
        return [HeaderButton(_("Record an amendment"), url=add_url, icon_name="plus")]

    def get_table(self, object_list):
        for amendment in object_list:
            amendment.touches = "; ".join(str(row.provision) for row in amendment.provisions.all())
            amendment.from_day = date_format(amendment.in_force_on, "DATE_FORMAT")
            amendment.progress = progress_of(amendment)
            amendment.stage = stage_of(amendment)
        return super().get_table(object_list)


def progress_of(amendment: Amendment) -> str:
    """«12 of 31», of an amendment `with_progress`."""
    return _("%(decided)s of %(found)s") % {"decided": amendment.decided, "found": amendment.found}


def stage_of(amendment: Amendment) -> str:
    if amendment.closed_at:
        return _("closed")
    if amendment.applied_at:
        return _("in force")
    return _("waits to be applied") if amendment.is_in_force else _("not in force yet")


class WorklistView(BaseListingView):
    """The texts one amendment reaches. A POST is a decision about one of them, or about all that are ticked."""

    template_name = "law/admin/radar_worklist.html"
    results_template_name = "law/admin/radar_results.html"
    filterset_class = RadarFilterSet
    header_icon = "tasks"
    page_title = gettext_lazy("Texts to check")
    paginate_by = A_PAGE
    verbose_name_plural = gettext_lazy("texts under re-check")

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not may_look(request.user) or (request.method == "POST" and not request.user.has_perm(DECIDE)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def amendment(self) -> Amendment:
        return get_object_or_404(Amendment.objects.with_progress(), pk=self.kwargs["amendment_id"])

    def get_page_subtitle(self) -> str:
        return self.amendment.title

    def get_breadcrumbs_items(self):
        items = super().get_breadcrumbs_items()
        return [*items[:-1], {"url": reverse("law_radar"), "label": RadarView.page_title}, items[-1]]

    def get_index_url(self) -> str:
        return reverse("law_radar_worklist", args=[self.amendment.pk])

    def get_index_results_url(self) -> str:
        return reverse("law_radar_worklist_results", args=[self.amendment.pk])

    @cached_property
    def header_buttons(self):
        if not self.request.user.has_perm("law.change_amendment"):
            return []
        edit_url = reverse(Amendment.snippet_viewset.get_url_name("edit"), args=[self.amendment.pk])
        return [HeaderButton(_("Edit the amendment"), url=edit_url, icon_name="edit")]

    def get_base_queryset(self):
        """What waits stands first; the log below, the latest decision first."""
        waits = Case(When(outcome="", then=Value(0)), default=Value(1))
        items = RadarItem.objects.filter(amendment=self.amendment).select_related("decided_by", "prepared_by")
        return items.order_by(waits, "-decided_at", "content_type", "object_id")

    def get_filterset_kwargs(self):
        items = RadarItem.objects.filter(amendment=self.amendment)
        return super().get_filterset_kwargs() | {"items": items}

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        amendment = self.amendment
        touched = radar.reach(amendment)
        may_decide = self.request.user.has_perm(DECIDE)
        is_open = amendment.closed_at is None
        return context | {
            "amendment": amendment,
            "rows": rows_of(context["object_list"], touched=touched, user=self.request.user),
            "touched": amendment.provisions.select_related("provision"),
            "progress": progress_of(amendment),
            "stage": stage_of(amendment),
            "may_decide": may_decide and is_open,
            "may_prepare": may_decide and is_open and not amendment.is_in_force,
            "may_apply": may_decide and amendment.is_in_force and amendment.applied_at is None,
            "may_close": may_decide and is_open and amendment.decided == amendment.found,
            "here": self.request.get_full_path().replace("/results/", "/"),
        }

    def post(self, request: HttpRequest, amendment_id: int) -> HttpResponse:
        try:
            if words := self._act():
                messages.success(request, words)
            else:
                messages.warning(request, _("No text was chosen: press the button beside one, or tick some."))
        except Refused as refused:
            messages.error(request, refused.message)
        except RadarItem.DoesNotExist as error:
            raise Http404 from error
        return redirect(get_valid_next_url_from_request(request) or self.get_index_url())

    def _act(self) -> str:
        """Does what the pressed button says and returns the words for it; none where nothing was done.

        Raises `Refused`; Http404 for no button.
        """
        data, actor, pk = self.request.POST, self.request.user, self.amendment.pk
        if "close" in data:
            radar_actions.close(amendment_id=pk, actor=actor)
            return _("The list is closed.")
        if "apply" in data:
            done = radar_day.apply(amendment_id=pk, actor=actor)
            return _("The amendment is applied.") if done else _("There was nothing to apply.")
        if "confirm_selected" in data:
            return self._confirm(data.getlist("item"), note="")
        for verb in ("confirm", "prepare", "withdraw"):
            if verb in data:
                return getattr(self, f"_{verb}")([data[verb]], note=data.get(f"note-{data[verb]}", ""))
        raise Http404

    def _confirm(self, items: list[str], note: str) -> str:
        done = radar_actions.confirm(
            amendment_id=self.amendment.pk, item_ids=_numbers(items), actor=self.request.user, note=note
        )
        said = ngettext("%(number)s text is confirmed.", "%(number)s texts are confirmed.", done) % {"number": done}
        return said if done else ""

    def _prepare(self, items: list[str], note: str) -> str:
        self._of_one(radar_actions.prepare, items)
        return _("The draft goes live with the amendment.")

    def _withdraw(self, items: list[str], note: str) -> str:
        self._of_one(radar_actions.withdraw, items)
        return _("The draft stays a draft.")

    def _of_one(self, verb, items: list[str]) -> None:
        for item in _numbers(items):
            verb(amendment_id=self.amendment.pk, item_id=item, actor=self.request.user)


def _numbers(items: list[str]) -> list[int]:
    """Keys from a form. Raises Http404 for what is no number: no form of ours sends it."""
    if not all(item.isascii() and item.isdigit() and len(item) < 19 for item in items):
        raise Http404
    return [int(item) for item in items]


class RadarMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


@hooks.register("register_law_menu_item")
def radar_menu_item() -> MenuItem:
    return RadarMenuItem(RadarView.page_title, reverse("law_radar"), icon_name=RadarView.header_icon, order=1)


@hooks.register("register_admin_urls")
def radar_urls():
    return [
        path("law/radar/", RadarView.as_view(), name="law_radar"),
        path("law/radar/results/", RadarView.as_view(results_only=True), name="law_radar_results"),
        path("law/radar/<int:amendment_id>/", WorklistView.as_view(), name="law_radar_worklist"),
        path(
            "law/radar/<int:amendment_id>/results/",
            WorklistView.as_view(results_only=True, http_method_names=["get", "head"]),
            name="law_radar_worklist_results",
        ),
    ]
