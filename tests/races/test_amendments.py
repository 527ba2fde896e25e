"""An amendment is put into force once, whoever is first: with real concurrent connections."""

from __future__ import annotations

import datetime
from functools import partial
from time import sleep

import pytest
from django.utils import timezone

from faq.questions import QuestionPage, TopicPage
from law import radar_actions, radar_day
from law.models import AmendedProvision, Amendment, LegalAct, Provision, RadarItem, Review
from law.radar_sync import sync
from law.review_actions import Refused
from tests.core.sample import first
from tests.races.crowd import at_once


@pytest.fixture
def due(committed, monkeypatch):
    """A committed amendment with an edit prepared, on its day. Publishing takes its time, so that runs overlap."""
    lawyer = committed.user(group="Lawyers", full_name="Айжан Сәрсенова")
    today = timezone.localdate()
    act = LegalAct.objects.create(key="race-law", kind="law", title_kk="Заң", title_ru="Закон")
    provision = Provision.objects.create(act=act, ref="42")
    page = QuestionPage(title="Жарыс", slug="race-page", short_answer="Иә.")
    first(TopicPage, "kk").add_child(instance=page)
    page.citations.add(page.citations.model(provision=provision))
    page.save()
    texts = dict.fromkeys(("title_kk", "title_ru", "what_kk", "what_ru"), "т")
    amendment = Amendment.objects.create(
        in_force_on=today + datetime.timedelta(days=1), source_url="https://example.org", **texts
    )
    AmendedProvision.objects.create(amendment=amendment, provision=provision)
    sync(amendment)
    page.short_answer = "Жоқ."
    page.save_revision(user=lawyer)
    item = amendment.items.get()
    radar_actions.prepare(amendment_id=amendment.pk, item_id=item.pk, actor=lawyer)
    Amendment.objects.filter(pk=amendment.pk).update(in_force_on=today)
    publish = radar_day._publish

    def slow(*args):
        sleep(0.2)
        publish(*args)

    monkeypatch.setattr(radar_day, "_publish", slow)
    yield amendment, item, lawyer
    Amendment.objects.filter(pk=amendment.pk).delete()
    QuestionPage.objects.get(pk=page.pk).delete()
    provision.delete()
    act.delete()


def test_five_runs_at_once_apply_an_amendment_once(due):
    amendment, item, lawyer = due

    outcome = at_once([partial(radar_day.apply, amendment_id=amendment.pk, actor=None)] * 5)

    assert outcome.errors == []
    assert sorted(outcome.results) == [False, False, False, False, True]
    item.refresh_from_db()
    assert (item.outcome, item.decided_by) == ("edited", lawyer)
    assert Review.objects.filter(page=item.object_id).count() == 1


def test_withdrawing_while_it_is_applied_ends_in_one_of_the_two(due):
    amendment, item, lawyer = due

    outcome = at_once(
        [
            partial(radar_day.apply, amendment_id=amendment.pk, actor=None),
            partial(radar_actions.withdraw, amendment_id=amendment.pk, item_id=item.pk, actor=lawyer),
        ]
    )

    assert all(isinstance(error, Refused) for error in outcome.errors), outcome.errors
    now, page = RadarItem.objects.get(pk=item.pk), QuestionPage.objects.get(slug="race-page")
    assert (now.outcome, page.short_answer) in {("edited", "Жоқ."), ("", "Иә.")}
    assert Amendment.objects.get(pk=amendment.pk).applied_at is not None
