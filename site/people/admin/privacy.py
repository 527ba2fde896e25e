"""Consent texts and the log of looks at personal data in the admin."""

from __future__ import annotations

import django_filters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import DeleteView, EditView, SnippetViewSet

from core.admin_columns import MomentColumn
from people.privacy.access_log import AccessKind, AccessRecord
from people.privacy.consents import ConsentText

STAYS = gettext_lazy("This version is published: people agreed to it. It stays as it is. Write a new version.")


class ConsentTextEditView(EditView):
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """A published version is only read; a draft is edited."""
        if self.object.is_published and self.user_has_permission("change"):
            messages.warning(request, STAYS)
            return redirect("wagtailsnippets_people_consenttext:inspect", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class ConsentTextDeleteView(DeleteView):
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.object.is_published and self.user_has_permission("delete"):
            messages.error(request, STAYS)
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)


class ConsentTextDeleteBulkAction(DeleteBulkAction):
    """Keeps published versions that were ticked in the list."""

    models = [ConsentText]

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, STAYS)
            return redirect(self.next_url)


# After Wagtail's own, whose place it takes for this model.
hooks.register("register_bulk_action", ConsentTextDeleteBulkAction, order=10)


class ConsentTextViewSet(SnippetViewSet):
    model = ConsentText
    icon = "clipboard-list"
    edit_view_class = ConsentTextEditView
    delete_view_class = ConsentTextDeleteView
    inspect_view_enabled = True
    inspect_view_fields = ["purpose", "version", "published_at", "text_kk", "text_ru"]
    copy_view_enabled = True
    list_display = ["purpose", "version", MomentColumn("published_at", label=gettext_lazy("Published"))]
    list_filter = ["purpose"]
    add_to_settings_menu = True
    menu_order = 700


register_snippet(ConsentTextViewSet)


class LookFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=gettext_lazy("When"), widget=DateRangePickerWidget)
    actor = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Who looked"), queryset=lambda request: _those_who_looked()
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("What"), choices=AccessKind.choices)

    class Meta:
        model = AccessRecord
        fields = ["at", "actor", "kind"]


def _those_who_looked():
    looked = AccessRecord.objects.order_by().values("actor")
    return get_user_model().objects.filter(pk__in=looked).order_by("email")


class LookReport(ReportView):
    """Who of the staff looked at personal data. Read only, for administrators; looking here is not recorded."""

    model = AccessRecord
    page_title = gettext_lazy("Looks at personal data")
    header_icon = "view"
    index_url_name = "looks_report"
    index_results_url_name = "looks_report_results"
    filterset_class = LookFilterSet
    default_ordering = "-at"
    is_searchable = False
    list_export: list[str] = []
    columns = [
        MomentColumn("at", label=gettext_lazy("When"), sort_key="at", width="15%"),
        Column("actor", label=gettext_lazy("Who looked"), accessor=lambda look: look.actor or _("account erased")),
        Column("kind", label=gettext_lazy("What"), accessor="get_kind_display"),
        Column("label", label=gettext_lazy("Of what")),
        Column("people", label=gettext_lazy("People")),
    ]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return AccessRecord.objects.for_report()


class LookMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser


@hooks.register("register_reports_menu_item")
def look_menu_item() -> MenuItem:
    return LookMenuItem(
        gettext_lazy("Looks at personal data"), reverse("looks_report"), name="looks", icon_name="view", order=1200
    )


@hooks.register("register_admin_urls")
def look_urls():
    return [
        path("reports/looks/", LookReport.as_view(), name="looks_report"),
        path("reports/looks/results/", LookReport.as_view(results_only=True), name="looks_report_results"),
    ]
