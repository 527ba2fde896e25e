"""Filters of an amendment's worklist. A row knows its text by type and key alone, so each filter asks for texts."""

from __future__ import annotations

import django_filters
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page, TranslatableMixin

from law import radar
from law.admin.radar_rows import types_of
from law.amendments import RadarItem, RadarItemQuerySet
from people.user import User

PENDING, DECIDED, PREPARED = "pending", "decided", "prepared"


def pages_of(user_id: int) -> QuerySet[Page]:
    """Pages that somebody answers for: named for their reviews, or their maker where nobody is named."""
    named = Page.objects.filter(review_state__responsible=user_id)
    return named | Page.objects.filter(owner=user_id, review_state__responsible=None)


def owners_of(items: RadarItemQuerySet) -> QuerySet[User]:
    """Who answers for the pages of a list."""
    pages = Page.objects.filter(pk__in=items.among(Page.objects.all()).values("object_id"))
    named = pages.filter(review_state__responsible__isnull=False).values("review_state__responsible")
    makers = pages.filter(review_state__responsible=None).values("owner")
    return (User.objects.filter(pk__in=named) | User.objects.filter(pk__in=makers)).order_by("full_name", "email")


class RadarFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(PENDING, _("waits for a decision")), (PREPARED, _("prepared")), (DECIDED, _("decided"))],
        method="by_state",
    )
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES, method="by_language")
    type = django_filters.ChoiceFilter(label=_("Type"), choices=(), method="by_type")
    owner = django_filters.ModelChoiceFilter(label=_("Owner"), queryset=User.objects.none(), method="by_owner")

    class Meta:
        model = RadarItem
        fields: list[str] = []

    def __init__(self, data=None, queryset=None, *, items: RadarItemQuerySet, **kwargs) -> None:
        super().__init__(data, queryset, **kwargs)
        self.filters["owner"].queryset = owners_of(items)
        self.filters["type"].field.choices = [
            (found.pk, capfirst(model._meta.verbose_name))
            for found in types_of(items)
            if (model := found.model_class()) is not None
        ]

    def by_state(self, items, name: str, value: str):
        match value:
            case "pending":
                return items.pending()
            case "prepared":
                return items.prepared()
            case _:
                return items.decided()

    def by_language(self, items, name: str, value: str):
        found = RadarItem.objects.none()
        for model in radar.source_models():
            if issubclass(model, TranslatableMixin):
                found |= items.among(model._default_manager.filter(locale__language_code=value))
        return items & found

    def by_type(self, items, name: str, value: str):
        model = ContentType.objects.get_for_id(int(value)).model_class()
        if model is not None and issubclass(model, Page):
            return items.among(Page.objects.filter(content_type=value))
        return items.filter(content_type=value)

    def by_owner(self, items, name: str, value: User):
        return items.among(pages_of(value.pk))
