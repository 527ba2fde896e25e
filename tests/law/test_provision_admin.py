"""Provisions in the admin: found as people cite them, kept while anything leans on them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Locale, ReferenceIndex

from faq.questions import QuestionPage
from law.models import LegalAct, Provision, SharedNote
from tests.core.sample import first
from tests.factories import make_user

pytestmark = pytest.mark.django_db

RESULTS = "wagtailsnippetchoosers_law_provision:choose_results"


@pytest.fixture
def lawyer(client):
    user = make_user(group="Lawyers")
    client.force_login(user)
    return user


@pytest.fixture
def act():
    return LegalAct.objects.create(key="rare-act", kind="law", title_kk="Сирек заң", title_ru="Редкий закон")


def provision(ref: str, act: str = "housing-law") -> Provision:
    return Provision.objects.get(act__key=act, ref=ref)


def found(client, words: str) -> str:
    response = client.get(reverse(RESULTS), {"q": words})
    assert response.status_code == 200
    return response.content.decode()


def chosen_url(row: Provision) -> str:
    return reverse("wagtailsnippetchoosers_law_provision:chosen", args=[row.pk])


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("ст. 42, п. 8 ЗРК «О жилищных отношениях»", "42(8)"),
        ("п.п. 1) п. 5 ст. 42", "42(5)(1)"),
        ("51-1-бап, 4-тармақ", "51-1(4)"),
        ("42(8)", "42(8)"),
    ],
)
def test_a_citation_as_people_write_it_stands_first(client, lawyer, words, ref):
    html = found(client, words)

    chosen = [address for address in html.split('"') if address.startswith("/admin/") and "/chosen/" in address]
    assert chosen[0].startswith(chosen_url(provision(ref)))


def test_what_nobody_has_cited_yet_is_offered_to_be_made(client, lawyer):
    html = found(client, "ст. 42, п. 99 закона о жилищных отношениях")

    act = LegalAct.objects.get(key="housing-law")
    address = f"{reverse('wagtailsnippetchoosers_law_provision:create')}?act={act.pk}&amp;ref=42%2899%29"
    assert address in html
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert "42(99)" in form


@pytest.mark.parametrize("words", ["", "\0", "ст.", "«»", "9" * 400, "ст. 42 п. " + "1" * 60, "%_'\";--", "ә" * 300])
def test_any_words_get_an_answer(client, lawyer, words):
    found(client, words)


def uses(row: Provision, route: str) -> None:
    """Makes a page lean on `row` by one route."""
    page = first(QuestionPage, "ru")
    page.citations.all().delete()
    if route == "row":
        page.citations.add(page.citations.model(provision=row))
        page.body = []
    elif route == "link":
        page.body = [("text", f'<p><a linktype="provision" id="{row.pk}">норма</a></p>')]
    else:
        page.body = [("citation", {"provision": row, "text": "", "reason": ""})]
    page.save_revision().publish()


@pytest.mark.parametrize("route", ["row", "link", "block"])
@pytest.mark.parametrize("door", ["delete", "unpublish"])
def test_a_provision_in_use_stays_and_the_answer_says_where(client, lawyer, act, route, door):
    row = Provision.objects.create(act=act, ref="7")
    uses(row, route)

    response = client.post(reverse(f"wagtailsnippets_law_provision:{door}", args=[row.pk]), follow=True)

    assert Provision.objects.filter(pk=row.pk, live=True).exists()
    assert first(QuestionPage, "ru").title in response.content.decode()


def test_many_at_once_are_refused_when_one_is_in_use(client, lawyer, act):
    free, used = Provision.objects.create(act=act, ref="7"), Provision.objects.create(act=act, ref="8")
    uses(used, "link")

    address = reverse("wagtail_bulk_action", args=["law", "provision", "delete"])
    client.post(f"{address}?id={free.pk}&id={used.pk}", follow=True)

    assert Provision.objects.filter(pk__in=[free.pk, used.pk]).count() == 2


def test_an_act_with_provisions_stays(client, lawyer, act):
    Provision.objects.create(act=act, ref="7")

    client.post(reverse("wagtailsnippets_law_legalact:delete", args=[act.pk]), follow=True)

    assert LegalAct.objects.filter(pk=act.pk).exists()


@pytest.mark.parametrize("door", ["delete", "unpublish"])
def test_an_act_stays_though_the_index_of_references_lags(client, lawyer, act, door):
    row = Provision.objects.create(act=act, ref="7")
    ReferenceIndex.objects.all().delete()

    response = client.post(reverse(f"wagtailsnippets_law_legalact:{door}", args=[act.pk]), follow=True)

    assert response.status_code == 200
    assert str(row) in response.content.decode()
    assert LegalAct.objects.filter(pk=act.pk, live=True).exists()


def test_what_nothing_leans_on_may_go(client, lawyer, act):
    row = Provision.objects.create(act=act, ref="7")

    client.post(reverse("wagtailsnippets_law_provision:delete", args=[row.pk]))
    client.post(reverse("wagtailsnippets_law_legalact:delete", args=[act.pk]))

    assert not Provision.objects.filter(pk=row.pk).exists()
    assert not LegalAct.objects.filter(pk=act.pk).exists()


def test_a_shared_note_in_use_stays(client, lawyer):
    note = SharedNote.objects.create(
        title="Кворум", text="<p>Больше половины.</p>", locale=Locale.objects.get(language_code="ru")
    )
    page = first(QuestionPage, "ru")
    page.body = [("shared_note", {"note": note})]
    page.save_revision().publish()

    client.post(reverse("wagtailsnippets_law_sharednote:delete", args=[note.pk]), follow=True)

    assert SharedNote.objects.filter(pk=note.pk).exists()


def test_provisions_may_not_replace_each_other_in_a_circle(client, lawyer, act):
    old, new = Provision.objects.create(act=act, ref="7"), Provision.objects.create(act=act, ref="8")
    old.replaced_by = new
    old.save()

    response = client.post(
        reverse("wagtailsnippets_law_provision:edit", args=[new.pk]),
        {"act": act.pk, "ref": "8", "state": "in_force", "replaced_by": old.pk, "action-publish": "yes"},
    )

    assert response.status_code == 200
    assert "replaced_by" in response.context["form"].errors
    new.refresh_from_db()
    assert new.replaced_by is None


@pytest.mark.parametrize("group", ["Lawyers", "Editors"])
def test_a_new_provision_is_made_in_the_chooser_published_and_chosen(client, act, group):
    client.force_login(make_user(group=group))

    response = client.post(
        reverse("wagtailsnippetchoosers_law_provision:create"),
        {"act": act.pk, "ref": "7(2)", "gist_kk": "", "gist_ru": ""},
    )

    made = Provision.objects.get(act=act, ref="7(2)")
    assert (made.live, made.latest_revision is not None) == (True, True)
    result = response.json()["result"]
    assert result["id"] == str(made.pk)
    assert result["short"] == {"kk": "7-бап, 2-тармақ", "ru": "ст. 7, п. 2"}


@pytest.mark.parametrize("ref", ["ст. 7", "7(", "7"])
def test_a_bad_or_a_known_reference_is_not_made_in_the_chooser(client, lawyer, act, ref):
    Provision.objects.create(act=act, ref="7")

    response = client.post(reverse("wagtailsnippetchoosers_law_provision:create"), {"act": act.pk, "ref": ref})

    assert response.json()["step"] == "reshow_creation_form"
    assert Provision.objects.filter(act=act).count() == 1


def test_who_may_not_add_provisions_is_not_offered_to(client):
    client.force_login(make_user(group="Trainers"))

    response = client.get(reverse(RESULTS), {"q": "ст. 42, п. 99"})

    assert reverse("wagtailsnippetchoosers_law_provision:create") not in response.content.decode()
    assert client.post(reverse("wagtailsnippetchoosers_law_provision:create"), {}).status_code in (302, 403)


def test_a_draft_is_listed_and_cannot_be_chosen(client, lawyer, act):
    row = Provision.objects.create(act=act, ref="7", live=False)

    assert chosen_url(row) not in found(client, "ст. 7 Сирек заң")
