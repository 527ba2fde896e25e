"""Filters of the reports on texts."""

from __future__ import annotations

import django_filters
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.models import Locale, Page, get_page_content_types

from law.models import Amendment, ReviewState
from law.page_lists import under_recheck_for


class TextFilters(WagtailFilterSet):
    locale = django_filters.ModelChoiceFilter(
        label=_("Language"), queryset=lambda request: Locale.objects.all(), empty_label=_("All")
    )
    content_type = ContentTypeFilter(
        label=_("Type"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields: list[str] = []


def _owners(request):
    owners = ReviewState.objects.exclude(responsible=None).values("responsible")
    return get_user_model().objects.filter(pk__in=owners)


class OverdueFilters(TextFilters):
    responsible = django_filters.ModelChoiceFilter(
        field_name="review_state__responsible",
        label=pgettext_lazy("report", "Owner"),
        queryset=_owners,
        empty_label=_("All"),
    )


class RecheckFilters(TextFilters):
    amendment = django_filters.ModelChoiceFilter(
        label=_("Amendment"),
        queryset=lambda request: Amendment.objects.all(),
        empty_label=_("All"),
        method="by_amendment",
    )

    def by_amendment(self, pages, name, amendment):
        return under_recheck_for(pages, amendment)


class TwinFilters(TextFilters):
    state = django_filters.ChoiceFilter(
        label=_("Page in the other language"),
        choices=[("missing", _("Missing")), ("stale", _("Newer than this page"))],
        empty_label=_("All"),
        method="by_state",
    )

    def by_state(self, pages, name, state):
        return pages.filter(has_twin=state == "stale")


class VisitFilters(TextFilters):
    seen = django_filters.ChoiceFilter(
        label=_("Last visit"),
        choices=[("never", _("Never")), ("long_ago", _("More than 90 days ago"))],
        empty_label=_("All"),
        method="by_visit",
    )

    def by_visit(self, pages, name, seen):
        return pages.filter(visited_on__isnull=seen == "never")
