"""Lists of pages by what the law asks of them: each a queryset over pages of all types, a fixed number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, DateField, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, PageQuerySet, ReferenceIndex

from law.acts import Provision
from law.amendments import Amendment, RadarItem, radar_content_type
from law.basis import LawBased
from law.citations import CitesLaw
from law.reviews import ReviewState


def law_based_models() -> list[type[models.Model]]:
    """The types of pages that rest on law."""
    return [model for model in apps.get_models() if issubclass(model, LawBased)]


def law_based(pages: PageQuerySet) -> PageQuerySet:
    return pages.type(*law_based_models())


def overdue(pages: PageQuerySet, day: datetime.date) -> PageQuerySet:
    """Live pages whose next review should have been made before `day`, with their state; the longest overdue first."""
    late = pages.live().filter(review_state__next_review_on__lt=day)
    return late.select_related("review_state__responsible").order_by("review_state__next_review_on", "path")


def under_recheck(pages: PageQuerySet, day: datetime.date | None = None) -> PageQuerySet:
    """Pages under re-check, the longest first, with the first amendment and the number of them."""
    title = "title_kk" if get_language() == "kk" else "title_ru"
    rechecks = _rechecks(day).filter(object_id=OuterRef("pk"))
    number = rechecks.order_by().values("object_id").annotate(number=Count("pk")).values("number")
    since = Subquery(rechecks.values("amendment__in_force_on")[:1], output_field=DateField())
    return (
        pages.alias(since=since)
        .filter(since__isnull=False)
        .annotate(
            recheck_from=since,
            recheck_title=Subquery(rechecks.values(f"amendment__{title}")[:1]),
            recheck_count=Coalesce(Subquery(number, output_field=IntegerField()), 0),
        )
        .order_by("since", "path")
    )


def under_recheck_for(pages: PageQuerySet, amendment: Amendment) -> PageQuerySet:
    """Those of `pages` that nobody has checked against this amendment yet."""
    return pages.filter(pk__in=_rechecks().filter(amendment=amendment).order_by().values("object_id"))


def citing_nothing(pages: PageQuerySet) -> PageQuerySet:
    """Live pages of law that lean on no provision: not by a list, a link or a block, nor by a snippet that does."""
    rows = ReferenceIndex.objects.order_by()
    provision = ContentType.objects.get_for_model(Provision)
    of_snippet = rows.filter(
        base_content_type=OuterRef("to_content_type"), object_id=OuterRef("to_object_id"), to_content_type=provision
    )
    of_page = rows.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), models.CharField(max_length=255)),
    )
    direct = of_page.filter(to_content_type=provision)
    through = of_page.filter(Exists(of_snippet), to_content_type__in=_snippets_of_law())
    return law_based(pages.live()).exclude(Exists(direct)).exclude(Exists(through)).order_by("path")


def preload_standing(pages: Iterable[Page]) -> None:
    """Gives pages of law what `LawBased.standing` asks for: two queries, whatever their number."""
    of_law = {page.pk: page for page in pages if isinstance(page, LawBased)}
    states = ReviewState.objects.in_bulk(list(of_law), field_name="page_id")
    rechecks: dict[int, list[RadarItem]] = {pk: [] for pk in of_law}
    for item in _rechecks().filter(object_id__in=of_law).select_related("amendment"):
        rechecks[item.object_id].append(item)
    for pk, page in of_law.items():
        page.review = states.get(pk) or ReviewState()
        page.rechecks = rechecks[pk]


def _rechecks(day: datetime.date | None = None) -> models.QuerySet[RadarItem]:
    """Items of pages, those of the earliest amendment first."""
    items = RadarItem.objects.under_recheck(day or timezone.localdate())
    return items.filter(content_type=radar_content_type(Page)).order_by("amendment__in_force_on", "pk")


def _snippets_of_law() -> list[ContentType]:
    snippets = [model for model in apps.get_models() if issubclass(model, CitesLaw)]
    return list(ContentType.objects.get_for_models(*snippets).values())
