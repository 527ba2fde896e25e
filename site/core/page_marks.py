"""Marks of `BasePage` in queries over pages of all types: each stands in the table of its type."""

from __future__ import annotations

import datetime
from functools import cache

from django.apps import apps
from django.db.models import DateField, DateTimeField, Exists, F, Field, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page, PageQuerySet

from core.pages import BasePage


@cache
def _ways() -> tuple[str, ...]:
    """From `Page` to each type: «questionpage», «guidepage»…"""
    types = (model for model in apps.get_models() if issubclass(model, BasePage))
    return tuple(model._meta.get_ancestor_link(Page).related_query_name() for model in types)


def of_any_type(column: str, field: Field) -> Coalesce:
    """A column of `BasePage`, whatever the type of the page: a join a type, in one query."""
    return Coalesce(*(F(f"{way}__{column}") for way in _ways()), output_field=field)


def with_last_visit(pages: PageQuerySet) -> PageQuerySet:
    """With `visited_on`, the last day a reader was shown the page; None: never."""
    return pages.annotate(visited_on=of_any_type("last_visited_on", DateField()))


def unvisited_since(pages: PageQuerySet, day: datetime.date) -> PageQuerySet:
    """Live pages that nobody was shown on `day` or later, those nobody ever saw first."""
    unseen = with_last_visit(pages.live()).filter(Q(visited_on=None) | Q(visited_on__lt=day))
    return unseen.order_by(F("visited_on").asc(nulls_first=True), "path")


def with_twin(pages: PageQuerySet) -> PageQuerySet:
    """With `has_twin` (live, in the other language) and `twin_changed_at`, set where this page is older than it."""
    twins = Page.objects.live().filter(translation_key=OuterRef("translation_key")).exclude(pk=OuterRef("pk"))
    news = twins.annotate(changed=of_any_type("text_changed_at", DateTimeField()))
    news = news.filter(changed__gt=OuterRef("matched_at")).order_by("-changed")
    return pages.alias(matched_at=of_any_type("text_matched_at", DateTimeField())).annotate(
        has_twin=Exists(twins), twin_changed_at=Subquery(news.values("changed")[:1])
    )


def without_fresh_twin(pages: PageQuerySet) -> PageQuerySet:
    """Live pages that have no twin, and those that are older than theirs."""
    return with_twin(pages.live()).filter(Q(has_twin=False) | Q(twin_changed_at__isnull=False)).order_by("path")
