"""Reads of questions, by name."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, Left, Length, RowNumber
from wagtail.models import PageQuerySet

from faq.enums import Audience

ON_INDEX = 5


class QuestionQuerySet(PageQuerySet):
    def for_listing(self):
        """Oldest place first, with what a list shows."""
        return self.for_row().order_by("path")

    def for_row(self):
        """With what a row of a list shows, and without the long texts."""
        return self.select_related("locale").defer("body", "phrasings", "hidden_words")

    def newest(self):
        """What was published for the first time last comes first."""
        return self.for_row().exclude(first_published_at=None).order_by("-first_published_at", "-pk")

    def tagged(self, slug: str):
        return self.filter(tags__slug=slug)

    def of_event(self, key: str):
        return self.filter(life_event__key=key)

    def for_audience(self, audience: str):
        return self.filter(audience=audience)

    def audiences(self) -> list[Audience]:
        """Whom these questions are for, in the order of the enumeration."""
        present = set(self.order_by().values_list("audience", flat=True).distinct())
        return [audience for audience in Audience if audience in present]

    def first_of_each(self, topics: list[str]) -> list:
        """The first questions below each of these paths, with `number_in_topic`: how many stand there."""
        within = Q()
        for path in topics:
            within |= Q(path__startswith=path)
        topic = Left("path", Length("path") - self.model.steplen)
        numbered = self.filter(within).annotate(
            place_in_topic=Window(RowNumber(), partition_by=topic, order_by="path"),
            number_in_topic=Window(Count("pk"), partition_by=topic),
        )
        return list(numbered.filter(place_in_topic__lte=ON_INDEX).for_listing())

    def akin_to(self, page, provisions: list[int]):
        """Questions that cite any of `provisions`, those with most in common first; then the rest of the topic."""
        citations = self.model._meta.get_field("citations").related_model.objects.filter(provision__in=provisions)
        shared = citations.filter(page=OuterRef("pk")).order_by().values("page").annotate(number=Count("pk"))
        same_topic = Q(path__startswith=page.path[: -page.steplen], depth=page.depth)
        return (
            self.filter(Q(pk__in=citations.values("page")) | same_topic, locale=page.locale_id)
            .exclude(pk=page.pk)
            .annotate(
                shared=Coalesce(Subquery(shared.values("number")), 0),
                in_topic=Case(When(same_topic, then=Value(1)), default=Value(0), output_field=models.IntegerField()),
            )
            .order_by("-shared", "-in_topic", "path")
        )
