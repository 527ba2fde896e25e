"""An amendment of one article finds every text that leans on it and no other, and is worked through to the end."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.users.models import UserProfile

from core.outbox import OutboxMessage
from faq.questions import QuestionPage
from law import radar
from law.basis import LawBased
from law.models import Amendment, RadarItem, Review, ReviewState
from tests.factories import make_user
from tests.law.radar_tree import amendment_form, item_of, key_of, make_tree, record, worklist_url

pytestmark = pytest.mark.django_db

RECORDED, BEFORE, DAY = date(2026, 11, 20), date(2026, 11, 30), date(2026, 12, 1)


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def lawyer(client):
    user = make_user(group="Lawyers", full_name="Айжан Сәрсенова", language="ru")
    client.force_login(user)
    return user


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Runs what waits for a commit at the end of the block: the radar looks at texts then."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def marked() -> set[tuple[int, int]]:
    """What readers are told of: pages by what they say of themselves, snippets by their rows."""
    from wagtail.models import Page

    pages = {key_of(page) for page in Page.objects.specific() if isinstance(page, LawBased) and page.recheck_since}
    from django.utils import timezone

    items = RadarItem.objects.under_recheck(timezone.localdate())
    return pages | {(item.content_type_id, item.object_id) for item in items}


def press(client, amendment, **data):
    response = client.post(worklist_url(amendment), data)
    assert response.status_code == 302
    return response


def test_an_amendment_is_recorded_marked_and_worked_through_to_the_end(client, tree, lawyer, on, commits):
    on(RECORDED)
    amendment = record(client, tree.law["42"])

    # The list is exactly the set, each text with its routes.
    listed = {(item.content_type_id, item.object_id): set(item.routes) for item in amendment.items.all()}
    assert listed == {key_of(text): routes for text, routes in tree.leans.items()}
    assert amendment.recorded_by == lawyer

    # Readers see nothing before the day, and from then on exactly the same set, in both languages.
    assert marked() == set()
    on(DAY)
    assert marked() == tree.keys()
    assert {text.locale.language_code for text in tree.texts(QuestionPage)} == {"kk", "ru"}
    on(BEFORE)

    # One is prepared: it goes live with the amendment, not before, and no longer cites the article.
    prepared = next(page for page in tree.texts(QuestionPage) if page.title == "Ссылка")
    prepared.body = [("text", "<p>Новый закон говорит иначе.</p>")]
    prepared.short_answer = "Теперь нет."
    prepared.save_revision(user=lawyer)
    press(client, amendment, prepare=item_of(amendment, prepared).pk)
    # One is rewritten and published, and still leans on the article.
    rewritten = next(page for page in tree.texts(QuestionPage) if page.title == "Врезка")
    rewritten.short_answer = "Теперь за десять дней."
    with commits():
        rewritten.save_revision(user=lawyer).publish(user=lawyer)
    # One is rewritten so that it leans on the article no more.
    gone = next(page for page in tree.texts(QuestionPage) if page.title == "Список дел")
    gone.body = []
    with commits():
        gone.save_revision(user=lawyer).publish(user=lawyer)
    assert item_of(amendment, gone).outcome == "no_longer_cites"
    assert item_of(amendment, gone).decided_by == lawyer

    on(DAY)
    assert marked() == tree.keys() - {key_of(gone)}
    assert QuestionPage.objects.get(pk=prepared.pk).short_answer == "Да."
    with commits():
        call_command("apply_amendments")
    prepared = QuestionPage.objects.get(pk=prepared.pk)
    assert prepared.short_answer == "Теперь нет."
    assert item_of(amendment, prepared).outcome == "edited"
    assert Review.objects.get(page=prepared, amendment=amendment).by == lawyer
    tree.law["42"].refresh_from_db()
    assert tree.law["42"].state == "amended"
    assert tree.law["42"].act.edition_date == DAY

    # The rest: one by itself with a note, then all that are ticked.
    press(client, amendment, confirm=(one := item_of(amendment, rewritten)).pk, **{f"note-{one.pk}": "по-новому"})
    assert (item_of(amendment, rewritten).outcome, item_of(amendment, rewritten).note) == ("edited", "по-новому")
    press(client, amendment, close=1)
    assert Amendment.objects.get(pk=amendment.pk).closed_at is None, "it is not closed while a text waits"
    waiting = list(amendment.items.pending().values_list("pk", flat=True))
    press(client, amendment, confirm_selected=1, item=waiting)

    assert marked() == set()
    assert set(amendment.items.filter(pk__in=waiting).values_list("outcome", "decided_by")) == {
        ("confirmed", lawyer.pk)
    }
    live_pages = [page for page in tree.leans if isinstance(page, LawBased) and page.live and page != gone]
    assert set(Review.objects.filter(amendment=amendment).values_list("page", flat=True)) == {
        page.pk for page in live_pages
    }
    assert set(ReviewState.objects.filter(page__in=live_pages).values_list("edition_date", flat=True)) == {DAY}
    press(client, amendment, close=1)
    amendment = Amendment.objects.get(pk=amendment.pk)
    assert (amendment.closed_by, amendment.items.count()) == (lawyer, len(tree.leans))

    # A closed amendment takes in no new text.
    newcomer = tree.question("Новая", live=False)
    with commits():
        newcomer.citations.add(newcomer.citations.model(provision=tree.law["42"]))
        newcomer.save_revision().publish()
    assert not amendment.items.of(newcomer).exists()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_list_says_of_each_text_what_it_is_and_how_it_leans_on_the_change(client, tree, language):
    user = make_user(group="Lawyers", full_name="Айжан", language=language)
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    amendment = record(client, tree.law["42"])

    response = client.get(worklist_url(amendment))

    text = response.content.decode()
    assert response.status_code == 200
    assert f'lang="{language}"' in text
    for leaning in tree.leans:
        assert str(leaning) in text
    for neighbour in tree.neighbours:
        assert f">{neighbour}<" not in text


def test_the_parts_of_an_article_reach_who_cites_the_whole_and_not_their_neighbours(client, tree, lawyer):
    amendment = record(client, tree.law["42(8)"])

    found = {text for text in tree.leans if amendment.items.of(text).exists()}

    by_title = {str(text) for text in found if isinstance(text, QuestionPage)}
    assert by_title == {"Поле", "Өріс", "Ссылка", "Список дел", "Врезка", "Черновик"}
    assert found == set(tree.leans) - {
        text for text in tree.leans if str(text) in {"Шаг", "Врезка закона", "Заң ескертпесі"}
    } - {text for text in tree.leans if str(text) in {"Общая врезка", "Ортақ ескертпе"}}


def test_a_text_that_comes_to_cite_the_article_joins_and_leaves_with_it(client, tree, lawyer, commits):
    amendment = record(client, tree.law["42"])
    page = tree.neighbours[-1]
    page.body = [
        (
            "note",
            {"kind": "note", "title": "", "text": f'<p><a linktype="provision" id="{tree.law["42"].pk}">о</a></p>'},
        )
    ]

    page.save_revision()
    assert not amendment.items.of(page).exists(), "a draft of a live page is not what readers see"
    with commits():
        page.get_latest_revision().publish()
    assert (item_of(amendment, page).routes, item_of(amendment, page).outcome) == (["text"], "")

    page = QuestionPage.objects.get(pk=page.pk)
    page.body = []
    with commits():
        page.save_revision(user=lawyer).publish(user=lawyer)
    assert (item_of(amendment, page).outcome, item_of(amendment, page).decided_by) == ("no_longer_cites", lawyer)

    page.body = [("citation", {"provision": tree.law["42"], "text": "", "reason": ""})]
    with commits():
        page.save_revision().publish()
    assert (item_of(amendment, page).routes, item_of(amendment, page).outcome) == (["block"], "")


def test_a_snippet_that_is_rewritten_takes_the_pages_it_stands_on_with_it(client, tree, lawyer, commits):
    amendment = record(client, tree.law["42"])
    note = next(text for text in tree.leans if str(text) == "Врезка закона")
    pages = [text for text in tree.leans if str(text) in {"Общая врезка", "Ортақ ескертпе"}]

    note.citations.all().delete()
    with commits():
        note.save_revision(user=lawyer).publish(user=lawyer)

    assert {item_of(amendment, text).outcome for text in [note, *pages]} == {"no_longer_cites"}
    assert amendment.items.decided().count() == 4, "the note in the other language, and nothing else"


def test_a_deleted_page_leaves_the_list_and_stays_in_the_log(client, tree, lawyer, commits):
    amendment = record(client, tree.law["42"])
    page = next(text for text in tree.leans if str(text) == "Ссылка")
    item = item_of(amendment, page)

    with commits():
        page.delete()

    item.refresh_from_db()
    assert (item.outcome, item.note) == ("no_longer_cites", "Ссылка")
    assert "Ссылка" in client.get(worklist_url(amendment)).content.decode()


def test_the_radar_finds_in_the_starter_content_what_a_walk_over_every_text_finds(client, lawyer):
    """The same question asked without the reference index: of each page by itself."""
    from wagtail.models import Page

    from law.acts import Provision
    from law.references import reaches

    article = Provision.objects.get(act__key="housing-law", ref="42")
    amendment = record(client, article)

    citing = {
        page.pk
        for page in Page.objects.specific()
        if isinstance(page, LawBased)
        and any(cited.provision.act_id == article.act_id and reaches("42", cited.provision.ref) for cited in page.cited)
    }

    assert citing
    found = {pk: routes for (kind, pk), routes in radar.find(amendment).items() if kind == key_of(Page(pk=1))[0]}
    assert {pk for pk, routes in found.items() if routes != {"twin"}} == citing


def test_owners_get_one_letter_however_often_the_amendment_is_saved(client, tree, lawyer):
    owner, maker = make_user(group="Editors", language="kk"), make_user(group="Editors", language="ru")
    cared, made = [text for text in tree.leans if str(text) in {"Поле", "Ссылка"}]
    ReviewState.objects.create(page=cared, responsible=owner)
    QuestionPage.objects.filter(pk__in=[cared.pk, made.pk]).update(owner=maker)

    amendment = record(client, tree.law["42"])
    address = reverse("wagtailsnippets_law_amendment:edit", args=[amendment.pk])
    row = amendment.provisions.get()
    form = amendment_form(tree.law["42"], title_ru="Поправка, исправлено")
    form |= {"provisions-INITIAL_FORMS": "1", "provisions-0-id": str(row.pk)}
    assert client.post(address, form).status_code == 302

    letters = OutboxMessage.objects.filter(kind="law/amendment")
    # What nobody owns is told to the lawyers.
    assert set(letters.values_list("person", "language")) == {
        (owner.pk, "kk"),
        (maker.pk, "ru"),
        (lawyer.pk, lawyer.language),
    }
    assert letters.get(person=owner).context["pages"] == ["Поле"]
    assert letters.get(person=maker).context["pages"] == ["Ссылка"]
