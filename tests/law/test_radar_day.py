"""The day in force: prepared edits go live together, provisions get their state, and it happens once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from faq.questions import QuestionPage
from law.models import Amendment, LegalAct, Provision, Review
from tests.factories import make_user
from tests.law.radar_tree import Tree, item_of, make_provisions, record, worklist_url

pytestmark = pytest.mark.django_db

BEFORE, DAY = date(2026, 11, 30), date(2026, 12, 1)


@pytest.fixture
def tree(on):
    on(BEFORE)
    return Tree(make_provisions("radar-law"), {})


@pytest.fixture
def lawyer(client):
    user = make_user(group="Lawyers", full_name="Айжан Сәрсенова", language="ru")
    client.force_login(user)
    return user


def prepare(client, amendment, page, answer: str, user=None):
    page.short_answer = answer
    page.save_revision(user=user)
    client.post(worklist_url(amendment), {"prepare": item_of(amendment, page).pk})
    assert item_of(amendment, page).prepared_revision is not None


def answer_of(page) -> str:
    return QuestionPage.objects.get(pk=page.pk).short_answer


def renewed(provision) -> Provision:
    return Provision.objects.get(pk=provision.pk)


def test_prepared_edits_of_many_pages_go_live_together_on_the_day_and_not_before(client, tree, lawyer, on):
    pages = [tree.question(f"Вопрос {number}", cites=[tree.law["42"]]) for number in range(3)]
    amendment = record(client, tree.law["42"])
    for page in pages:
        prepare(client, amendment, page, "По-новому.")

    call_command("apply_amendments")
    assert {answer_of(page) for page in pages} == {"Да."}
    assert {client.get(page.url).status_code for page in pages} == {200}

    on(DAY)
    call_command("apply_amendments")

    assert {answer_of(page) for page in pages} == {"По-новому."}
    assert set(amendment.items.values_list("outcome", "decided_by")) == {("edited", lawyer.pk)}
    assert set(Review.objects.filter(amendment=amendment).values_list("outcome", "edition_date")) == {("edited", DAY)}


def test_readers_never_see_one_half_when_a_page_cannot_be_published(client, tree, lawyer, on, monkeypatch):
    pages = [tree.question(f"Вопрос {number}", cites=[tree.law["42"]]) for number in range(2)]
    amendment = record(client, tree.law["42"])
    for page in pages:
        prepare(client, amendment, page, "По-новому.")
    on(DAY)
    publish = QuestionPage.publish

    def fails(page, *args, **kwargs):
        if page.pk == pages[1].pk:
            raise RuntimeError("broken draft")
        return publish(page, *args, **kwargs)

    monkeypatch.setattr(QuestionPage, "publish", fails)
    with pytest.raises(CommandError, match=str(amendment.pk)):
        call_command("apply_amendments")
    assert {answer_of(page) for page in pages} == {"Да."}
    assert Amendment.objects.get(pk=amendment.pk).applied_at is None

    monkeypatch.setattr(QuestionPage, "publish", publish)
    call_command("apply_amendments")
    assert {answer_of(page) for page in pages} == {"По-новому."}


def test_running_twice_changes_nothing_twice(client, tree, lawyer, on):
    page = tree.question("Вопрос", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])
    prepare(client, amendment, page, "По-новому.")
    on(DAY)
    call_command("apply_amendments")
    applied_at = Amendment.objects.get(pk=amendment.pk).applied_at
    revisions, entries = page.revisions.count(), ModelLogEntry.objects.count()

    on(date(2026, 12, 2))
    call_command("apply_amendments")
    client.post(worklist_url(amendment), {"apply": 1})

    assert Amendment.objects.get(pk=amendment.pk).applied_at == applied_at
    assert (page.revisions.count(), ModelLogEntry.objects.count()) == (revisions, entries)
    assert Review.objects.filter(page=page).count() == 1


def test_a_lawyer_need_not_wait_for_the_timer(client, tree, lawyer, on):
    page = tree.question("Вопрос", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])
    prepare(client, amendment, page, "По-новому.")
    client.post(worklist_url(amendment), {"apply": 1})
    assert answer_of(page) == "Да.", "the date has not come"
    on(DAY)
    assert 'name="apply"' in client.get(worklist_url(amendment)).content.decode()

    client.post(worklist_url(amendment), {"apply": 1})

    assert answer_of(page) == "По-новому."


def test_an_edit_that_was_overtaken_stays_undecided_and_is_shown(client, tree, lawyer, on):
    page = tree.question("Вопрос", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])
    prepare(client, amendment, page, "По-новому.")
    on(date(2026, 11, 30))
    other = QuestionPage.objects.get(pk=page.pk)
    other.short_answer = "Срочная правка."
    from datetime import timedelta

    from django.utils import timezone

    later = timezone.now() + timedelta(hours=1)
    from unittest.mock import patch

    with patch.object(timezone, "now", lambda: later):
        other.save_revision().publish()
    on(DAY)
    call_command("apply_amendments")

    assert answer_of(page) == "Срочная правка."
    assert item_of(amendment, page).outcome == ""
    row = next(row for row in client.get(worklist_url(amendment)).context["rows"] if row.text.pk == page.pk)
    assert row.is_overtaken

    client.post(worklist_url(amendment), {"withdraw": item_of(amendment, page).pk})
    client.post(worklist_url(amendment), {"confirm": item_of(amendment, page).pk})
    assert item_of(amendment, page).outcome == "edited"


def test_a_newer_draft_is_not_lost_when_the_prepared_one_goes_live(client, tree, lawyer, on):
    page = tree.question("Вопрос", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])
    prepare(client, amendment, page, "По-новому.")
    page.short_answer = "Ещё думаю."
    page.save_revision()
    on(DAY)

    call_command("apply_amendments")

    page = QuestionPage.objects.get(pk=page.pk)
    assert page.short_answer == "По-новому."
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().short_answer == "Ещё думаю."


def test_a_withdrawn_edit_stays_a_draft(client, tree, lawyer, on):
    page = tree.question("Вопрос", cites=[tree.law["42"]])
    amendment = record(client, tree.law["42"])
    prepare(client, amendment, page, "По-новому.")
    client.post(worklist_url(amendment), {"confirm": item_of(amendment, page).pk})
    assert item_of(amendment, page).outcome == "", "what is prepared is not confirmed by the way"

    client.post(worklist_url(amendment), {"withdraw": item_of(amendment, page).pk})
    on(DAY)
    call_command("apply_amendments")

    assert answer_of(page) == "Да."
    assert item_of(amendment, page).outcome == ""


@pytest.mark.parametrize("reason", ["no draft", "scheduled", "too late", "no drafts at all"])
def test_what_cannot_wait_for_the_day_is_not_prepared(client, tree, lawyer, on, reason):
    from django.utils import timezone

    text = tree.question("Вопрос", cites=[tree.law["42"]])
    if reason == "no drafts at all":
        text = tree.duty("radar-duty", tree.law["42"])
    amendment = record(client, tree.law["42"])
    if reason == "scheduled":
        text.go_live_at = timezone.make_aware(timezone.datetime(2027, 1, 1))
    if reason in ("scheduled", "too late"):
        text.save_revision()
    if reason == "too late":
        on(DAY)

    response = client.post(worklist_url(amendment), {"prepare": item_of(amendment, text).pk}, follow=True)

    assert item_of(amendment, text).prepared_at is None
    assert [message.level_tag for message in response.context["messages"]][-1] == "error"


def test_provisions_get_their_new_state_and_the_act_its_edition(client, tree, lawyer, on):
    law = tree.law
    added = Provision.objects.create(act=law["42"].act, ref="44", live=False)
    amendment = record(client, law["42"], (law["43"], "repealed"), (added, "added"))
    assert renewed(law["42"]).state == "in_force"
    on(DAY)

    call_command("apply_amendments")

    assert renewed(law["42"]).state == "amended"
    assert (renewed(law["43"]).state, renewed(law["43"]).valid_until) == ("repealed", BEFORE)
    assert (renewed(added).valid_from, renewed(added).state, renewed(added).live) == (DAY, "in_force", True)
    assert LegalAct.objects.get(pk=added.act_id).edition_date == DAY
    assert renewed(law["42-1"]).state == "in_force"
    assert amendment.items.count() == 0


def test_the_edition_of_an_act_never_goes_back(client, tree, lawyer, on):
    LegalAct.objects.filter(pk=tree.law["42"].act_id).update(edition_date=date(2027, 1, 1))
    record(client, tree.law["42"])
    on(DAY)

    call_command("apply_amendments")

    assert LegalAct.objects.get(pk=tree.law["42"].act_id).edition_date == date(2027, 1, 1)


def test_a_draft_of_a_provision_is_kept_and_does_not_bring_the_old_state_back(client, tree, lawyer, on):
    provision = tree.law["42"]
    provision.gist_ru = "Новый пересказ"
    draft = provision.save_revision(user=lawyer)
    record(client, provision)
    on(DAY)

    call_command("apply_amendments")

    assert (renewed(provision).state, renewed(provision).gist_ru) == ("amended", "")
    assert renewed(provision).latest_revision == draft
    draft.refresh_from_db()
    draft.publish(user=lawyer)
    assert (renewed(provision).state, renewed(provision).gist_ru) == ("amended", "Новый пересказ")
