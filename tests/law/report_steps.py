"""States of pages that stand in reports on texts."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from faq.questions import QuestionPage, TopicPage
from law.amendments import radar_content_type
from law.models import Amendment, RadarItem, ReviewState
from tests.core.sample import first


def address(slug: str) -> str:
    return reverse(f"text_report_{slug}")


def listed(client, slug: str, query: str = "") -> list[Page]:
    response = client.get(address(slug) + query)
    assert response.status_code == 200
    return list(response.context["object_list"])


def overdue(page, days: int = 5, **fields) -> ReviewState:
    fields |= {
        "next_review_on": timezone.localdate() - timedelta(days=days),
        "reviewer": "А. С.",
        "reviewed_on": "2026-01-02",
    }
    return ReviewState.objects.update_or_create(page_id=page.pk, defaults=fields)[0]


def amendment(in_days: int = -1, title: str = "Поправка") -> Amendment:
    return Amendment.objects.create(
        title_kk=title,
        title_ru=title,
        in_force_on=timezone.localdate() + timedelta(days=in_days),
        what_kk="…",
        what_ru="…",
        source_url="https://x.kz/1",
    )


def recheck(page, change: Amendment, **fields) -> RadarItem:
    return RadarItem.objects.create(
        amendment=change, content_type=radar_content_type(Page), object_id=page.pk, **fields
    )


def new_question(title: str) -> QuestionPage:
    topic = first(TopicPage, "ru")
    slug = f"new-{topic.numchild}"
    return topic.add_child(instance=QuestionPage(title=title, slug=slug, short_answer="Ответ", locale=topic.locale))
