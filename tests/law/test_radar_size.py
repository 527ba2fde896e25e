"""The radar over a site of ten thousand pages: one second, and as many queries as over a small one."""

from __future__ import annotations

import time
import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, ReferenceIndex

from faq.questions import QuestionPage, TopicPage
from law import radar
from law.models import AmendedProvision, Amendment, Provision
from law.radar_sync import sync
from tests.core.sample import first
from tests.law.radar_tree import make_provisions

pytestmark = pytest.mark.django_db

PAGES, CITATIONS_EACH, TOUCHED = 10_000, 3, 500


def plant(number: int, touched: Provision, others: list[Provision], how_many: int) -> None:
    """Pages of both languages, twin beside twin; `how_many` citations of `touched` among all the others.

    Rows of the base table and of the reference index: all that the radar reads, without the cost of real pages.
    """
    parent, locales = first(TopicPage, "kk"), list(Locale.objects.order_by("language_code"))
    kind = ContentType.objects.get_for_model(QuestionPage)
    twins = [uuid.uuid4() for _ in range(number // 2 + 1)]
    start = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1).count() + 1000
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, start + place),
            depth=parent.depth + 1,
            title=f"Бет {place}",
            slug=f"size-{start + place}",
            url_path=f"/size-{start + place}/",
            content_type=kind,
            locale=locales[place % 2],
            translation_key=twins[place // 2],
            live=True,
        )
        for place in range(number)
    )
    base, to = ContentType.objects.get_for_model(Page), ContentType.objects.get_for_model(Provision)
    every = max(len(pages) // how_many, 1)
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=kind,
            base_content_type=base,
            object_id=page.pk,
            to_content_type=to,
            to_object_id=(touched.pk if nth == 0 and place % every == 0 else others[(place + nth) % len(others)].pk),
            model_path="citations.item.provision",
            content_path=f"citations.{nth}.provision",
            content_path_hash=ReferenceIndex._get_content_path_hash(f"citations.{nth}.provision"),
        )
        for place, page in enumerate(pages)
        for nth in range(CITATIONS_EACH)
    )


@pytest.fixture
def law():
    return make_provisions("size-law")


@pytest.fixture
def others(law):
    act = law["42"].act
    return Provision.objects.bulk_create(Provision(act=act, ref=str(number)) for number in range(100, 300))


@pytest.fixture
def amendment(law):
    fields = {"title_kk": "т", "title_ru": "т", "what_kk": "т", "what_ru": "т", "source_url": "https://example.org"}
    amendment = Amendment.objects.create(in_force_on="2026-12-01", **fields)
    AmendedProvision.objects.create(amendment=amendment, provision=law["42"])
    return amendment


def test_ten_thousand_pages_are_searched_in_a_second(law, others, amendment):
    plant(PAGES, law["42(8)"], others, TOUCHED)

    def seconds() -> float:
        started = time.perf_counter()
        radar.find(amendment)
        return time.perf_counter() - started

    found = radar.find(amendment)
    assert sum(routes == {"field"} for routes in found.values()) == TOUCHED
    assert sum(routes == {"twin"} for routes in found.values()) == TOUCHED
    assert min(seconds() for _ in range(3)) < 1
    started = time.perf_counter()
    assert sync(amendment) == 2 * TOUCHED
    assert time.perf_counter() - started < 5  # written once, when it is recorded


def test_the_radar_asks_the_same_number_of_questions_of_twice_the_pages(law, others, amendment):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            radar.find(amendment)
        return len(queries)

    plant(20, law["42(8)"], others, 10)
    radar.find(amendment)  # content types are remembered from here on
    once = cost()
    plant(20, law["42(5)(12)"], others, 10)

    assert cost() == once
    assert len(radar.find(amendment)) == 40
