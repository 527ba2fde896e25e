"""What stands in each report on texts, and what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from faq.guides import GuidePage
from faq.questions import QuestionPage, TopicPage
from law.models import Provision, RadarItem, ReviewState, SharedNote
from tests.core.sample import first
from tests.factories import make_user
from tests.law.report_steps import address, amendment, listed, new_question, overdue, recheck

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer(client):
    user = make_user(group="Lawyers")
    client.force_login(user)
    return user


def test_overdue_reviews_stand_there_with_their_owner_the_longest_first(client, lawyer):
    ReviewState.objects.update(next_review_on=None)
    late, later, today = QuestionPage.objects.live()[:3]
    overdue(late, 5)
    overdue(later, 50, responsible=lawyer)
    overdue(today, 0)

    assert [page.pk for page in listed(client, "overdue")] == [later.pk, late.pk]
    assert [page.pk for page in listed(client, "overdue", f"?responsible={lawyer.pk}")] == [later.pk]
    late.unpublish()
    assert [page.pk for page in listed(client, "overdue")] == [later.pk]


def test_each_row_leads_to_the_editor_and_to_the_review(client, lawyer):
    page = first(QuestionPage, "kk")
    overdue(page)
    html = client.get(address("overdue")).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert reverse("law_review", args=[page.pk]) in html


def test_pages_under_recheck_are_those_with_undecided_items_of_amendments_in_force(client, lawyer):
    RadarItem.objects.all().delete()
    twice, once, decided, later = QuestionPage.objects.live()[:4]
    old, new = amendment(-30, "Старая поправка"), amendment(-2, "Новая поправка")
    recheck(twice, new)
    recheck(twice, old)
    recheck(once, new)
    recheck(decided, new, outcome="confirmed")
    recheck(later, amendment(3))

    found = listed(client, "recheck")

    assert [(page.pk, page.recheck_count) for page in found] == [(twice.pk, 2), (once.pk, 1)]
    assert [page.recheck_from for page in found] == [old.in_force_on, new.in_force_on]
    assert [page.recheck_title for page in found] == ["Старая поправка", "Новая поправка"]
    assert [page.pk for page in listed(client, "recheck", f"?amendment={new.pk}")] == [twice.pk, once.pk]


def cite(source, target) -> None:
    """A row of Wagtail's index, as a link, a block or a list makes it."""
    ReferenceIndex.objects.create(
        content_type=ContentType.objects.get_for_model(type(source)),
        base_content_type=ReferenceIndex._get_base_content_type(source),
        object_id=str(source.pk),
        to_content_type=ContentType.objects.get_for_model(type(target)),
        to_object_id=str(target.pk),
        model_path="body.text",
        content_path="body.1",
        content_path_hash="12345678123456781234567812345678",
    )


def test_pages_without_a_source_cite_nothing_by_any_route(client, lawyer):
    note = SharedNote.objects.create(title="Заметка", text="…", locale=first(QuestionPage, "ru").locale)
    empty_note = SharedNote.objects.create(title="Пустая", text="…", locale=note.locale)
    provision = Provision.objects.first()
    cite(note, provision)
    pages = {name: new_question(name) for name in ("nothing", "direct", "by a note", "by an empty note", "draft")}
    cite(pages["direct"], provision)
    cite(pages["by a note"], note)
    cite(pages["by an empty note"], empty_note)
    pages["draft"].unpublish()

    found = {page.title for page in listed(client, "uncited")}

    assert found & set(pages) == {"nothing", "by an empty note"}
    assert first(TopicPage, "ru").title not in found, "only pages of law have to cite"


def test_our_own_pages_cite(client, lawyer):
    for model in (QuestionPage, GuidePage):
        for page in model.objects.live():
            ReferenceIndex.create_or_update_for_object(page)
    assert [page for page in listed(client, "uncited") if page.specific_class in (QuestionPage, GuidePage)] == []


def test_pages_without_a_twin_and_those_older_than_theirs(client, lawyer):
    alone = new_question("Без пары")
    kk, ru = first(QuestionPage, "kk"), first(QuestionPage, "ru")
    assert kk.translation_key == ru.translation_key
    now = timezone.now()
    QuestionPage.objects.filter(pk=kk.pk).update(text_changed_at=now, text_matched_at=now)
    QuestionPage.objects.filter(pk=ru.pk).update(text_matched_at=now - timedelta(days=2))

    found = {page.pk: page for page in listed(client, "twins")}

    assert not found[alone.pk].has_twin
    assert found[ru.pk].twin_changed_at == now
    assert kk.pk not in found
    assert [page.pk for page in listed(client, "twins", "?state=stale")] == [ru.pk]
    assert alone.pk in {page.pk for page in listed(client, "twins", "?state=missing")}
    kk.unpublish()
    assert not {page.pk: page for page in listed(client, "twins")}[ru.pk].has_twin


def test_pages_nobody_reads(client, lawyer):
    today = timezone.localdate()
    read, long_ago = QuestionPage.objects.live()[:2]
    QuestionPage.objects.filter(pk=read.pk).update(last_visited_on=today - timedelta(days=89))
    QuestionPage.objects.filter(pk=long_ago.pk).update(last_visited_on=today - timedelta(days=91))

    never = {page.pk for page in listed(client, "unread", "?seen=never")}

    assert not never & {read.pk, long_ago.pk}
    assert first(TopicPage, "kk").pk in {page.pk for page in listed(client, "unread")}
    assert [page.pk for page in listed(client, "unread", "?seen=long_ago")] == [long_ago.pk]
