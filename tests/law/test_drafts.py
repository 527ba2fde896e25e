"""A page that is not published yet shows the legal basis of the draft, not of the live page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from faq.questions import QuestionPage
from law.models import LegalAct, Provision
from tests.core.sample import first
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_draft_of_a_question_shows_its_own_citations(client, language):
    page = first(QuestionPage, language)
    act = LegalAct.objects.create(key="rare-act", kind="law", title_kk="Сирек заң", title_ru="Редкий закон")
    added = Provision.objects.create(act=act, ref="7")
    page.citations.add(page.citations.model(provision=added, sort_order=9))
    page.save_revision()
    client.force_login(make_user(group="Editors", language=language))

    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert act.title_kk in draft.content.decode() or act.title_ru in draft.content.decode()
    live = client.get(page.url).content.decode()
    assert act.title_kk not in live
    assert act.title_ru not in live
