"""The radar in the admin: who may look and who may act, what it shows, and what it costs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from law.models import RadarItem, Review, ReviewState
from tests.core.words import said
from tests.factories import make_user
from tests.law.radar_tree import Tree, item_of, make_provisions, make_tree, record, worklist_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return Tree(make_provisions("radar-law"), {})


@pytest.fixture
def lawyer(client):
    user = make_user(group="Lawyers", full_name="Айжан Сәрсенова", language="ru")
    client.force_login(user)
    return user


def shown(client, amendment, **filters) -> set[str]:
    """Titles of the rows that the worklist shows."""
    response = client.get(worklist_url(amendment), filters)
    assert response.status_code == 200
    return {row.title for row in response.context["rows"]}


def test_an_editor_looks_and_does_not_act(client, tree, lawyer):
    page = tree.question("Первая", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])
    item = item_of(amendment, page)
    client.force_login(make_user(group="Editors", full_name="Редактор"))

    for address in (reverse("law_radar"), worklist_url(amendment)):
        response = client.get(address)
        assert response.status_code == 200
        assert 'name="confirm' not in response.content.decode()
    for data in ({"confirm": item.pk}, {"confirm_selected": 1, "item": [item.pk]}, {"close": 1}, {"apply": 1}):
        client.post(worklist_url(amendment), data)

    item.refresh_from_db()
    amendment.refresh_from_db()
    assert (item.outcome, amendment.closed_at, amendment.applied_at) == ("", None, None)


@pytest.mark.parametrize("group", ["Desk", "Trainers", "Managers"])
def test_others_of_the_staff_do_not_see_the_radar(client, tree, lawyer, group):
    amendment = record(client, tree.law["42"])
    client.force_login(make_user(group=group))

    for address in (reverse("law_radar"), worklist_url(amendment)):
        assert client.get(address).status_code == 302


def test_a_decision_is_kept_with_who_and_when_and_signs_the_page(client, tree, lawyer):
    page = tree.question("Первая", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])
    item = item_of(amendment, page)
    revisions = page.revisions.count()

    client.post(worklist_url(amendment), {"confirm": item.pk, f"note-{item.pk}": "Срок тот же"})

    item.refresh_from_db()
    assert (item.outcome, item.decided_by, item.note) == ("confirmed", lawyer, "Срок тот же")
    review = Review.objects.get(page=page)
    assert (review.outcome, review.amendment, review.reviewer) == ("unchanged", amendment, "Айжан Сәрсенова")
    assert page.revisions.count() == revisions
    entry = ModelLogEntry.objects.for_instance(amendment).get(action="law.radar.decide")
    assert (entry.user, entry.data["text"], entry.comment) == (lawyer, "Первая", "Срок тот же")
    history = client.get(reverse("wagtailsnippets_law_amendment:history", args=[amendment.pk])).content.decode()
    assert "Первая" in history


def test_who_has_no_name_is_told_to_write_it_before_she_decides(client, tree):
    client.force_login(make_user(group="Lawyers", full_name=""))
    page = tree.question("Первая", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])

    response = client.post(worklist_url(amendment), {"confirm": item_of(amendment, page).pk}, follow=True)

    assert item_of(amendment, page).outcome == ""
    assert [str(message) for message in response.context["messages"]]


def test_the_worklist_is_filtered_by_state_language_type_and_owner(client, lawyer):
    tree = make_tree()
    owner = make_user(group="Editors", full_name="Хозяйка")
    cared = next(text for text in tree.leans if str(text) == "Поле")
    ReviewState.objects.create(page=cared, responsible=owner)
    amendment = record(client, tree.law["42"])
    client.post(worklist_url(amendment), {"confirm": item_of(amendment, cared).pk})
    everything = {str(text) for text in tree.leans}
    of_kk = {"Өріс", "Заң ескертпесі", "Ортақ ескертпе", "Радар"}

    assert shown(client, amendment) == everything
    assert shown(client, amendment, state="decided") == {"Поле"}
    assert shown(client, amendment, state="pending") == everything - {"Поле"}
    assert shown(client, amendment, state="prepared") == set()
    assert shown(client, amendment, language="kk") == of_kk
    assert shown(client, amendment, owner=owner.pk) == {"Поле"}
    lesson, term = (
        next(text for text in tree.leans if type(text).__name__ == name) for name in ("LessonPage", "GlossaryTerm")
    )
    assert shown(client, amendment, type=lesson.content_type_id) == {"Объяснение ответа"}
    assert shown(client, amendment, type=item_of(amendment, term).content_type_id) == {"Радар"}
    for odd in ({"type": "x"}, {"owner": "0"}, {"language": "en"}, {"state": "?"}, {"p": "x"}):
        assert client.get(worklist_url(amendment), odd).status_code == 200
    assert client.get(reverse("law_radar_worklist_results", args=[amendment.pk])).status_code == 200


def test_the_list_of_amendments_shows_how_far_each_one_is(client, tree, lawyer):
    pages = [tree.question(f"Вопрос {number}", cites=[tree.law["42"]]) for number in range(3)]
    amendment = record(client, tree.law["42"])
    client.post(worklist_url(amendment), {"confirm": item_of(amendment, pages[0]).pk})

    listed = client.get(reverse("law_radar")).content.decode()

    assert worklist_url(amendment) in listed
    assert said("kk", "%(decided)s of %(found)s", decided=1, found=3) in listed
    assert client.get(reverse("law_radar_results")).status_code == 200


@pytest.mark.parametrize(
    "data", [{}, {"confirm": "x"}, {"prepare": "99999999"}, {"withdraw": "٣"}, {"confirm": "9" * 30}, {"odd": "1"}]
)
def test_a_crafted_form_is_not_found_and_changes_nothing(client, tree, lawyer, data):
    page = tree.question("Первая", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])

    assert client.post(worklist_url(amendment), data).status_code == 404
    assert item_of(amendment, page).outcome == ""


def test_a_text_of_another_list_is_not_decided_by_its_number(client, tree, lawyer):
    page = tree.question("Первая", cites=[tree.law["42"]])
    amendment, other = record(client, tree.law["42"]), record(client, tree.law["43"])

    client.post(worklist_url(other), {"confirm": item_of(amendment, page).pk})

    assert item_of(amendment, page).outcome == ""


def test_the_worklist_and_the_list_cost_the_same_for_twice_as_many(client, lawyer):
    amendment = record(client, make_tree().law["42"])

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    addresses = [worklist_url(amendment), reverse("law_radar")]
    once = [cost(address) for address in addresses]
    tree = Tree({"42": amendment.provisions.get().provision}, {})
    for number in range(12):
        owner = make_user(group="Editors", full_name=f"Хозяйка {number}")
        tree.question(f"Ещё {number}", cites=[tree.law["42"]], owner=owner)
    record(client, tree.law["42"], title_ru="Вторая")
    RadarItem.objects.filter(amendment=amendment).delete()
    from law.radar_sync import sync

    sync(amendment)
    assert amendment.items.count() >= 30

    assert [cost(address) for address in addresses] == once


def test_after_publishing_the_editor_leads_back_to_the_list(client, tree, lawyer):
    page = tree.question("Первая", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])

    listed = client.get(worklist_url(amendment)).content.decode()

    assert (
        f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}?next={worklist_url(amendment).replace('/', '%2F')}"
        in listed
    )


def test_confirming_before_the_day_signs_by_the_edition_of_today(client, tree, lawyer, on):
    on(date(2026, 11, 30))
    tree.law["42"].act.edition_date = date(2026, 7, 1)
    tree.law["42"].act.save()
    page = tree.question("Первая", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])

    client.post(worklist_url(amendment), {"confirm": item_of(amendment, page).pk})

    assert ReviewState.objects.get(page=page).edition_date == date(2026, 7, 1)
