"""What an amendment must say, who may record it, and what can no longer be changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from law.admin.amendments import IS_APPLIED
from law.models import Amendment
from tests.core.words import said
from tests.factories import make_user
from tests.law.radar_tree import amendment_form, make_provisions, record, worklist_url

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_law_amendment:add"


@pytest.fixture
def law():
    return make_provisions("amended-law")


@pytest.fixture
def lawyer(client):
    user = make_user(group="Lawyers", full_name="Айжан Сәрсенова", language="ru")
    client.force_login(user)
    return user


def edit_form(amendment, *provisions, **fields) -> dict:
    kept = [{"id": str(row.pk)} for row in amendment.provisions.order_by("sort_order")]
    rows = [
        {"provision": str(provision.pk), "effect": "amended", "ORDER": place}
        | (kept[place - 1] if place <= len(kept) else {})
        for place, provision in enumerate(provisions, start=1)
    ]
    rows += [row | {"DELETE": "on", "provision": "", "effect": "amended"} for row in kept[len(provisions) :]]
    return amendment_form(**{**nested_form_data({"provisions": inline_formset(rows, initial=len(kept))}), **fields})


def edit(client, amendment, *provisions, **fields):
    address = reverse("wagtailsnippets_law_amendment:edit", args=[amendment.pk])
    assert client.get(address).status_code == 200
    return client.post(address, edit_form(amendment, *provisions, **fields))


def refusal(response) -> str:
    """The page with its errors; fails where the form was taken."""
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "changes", [{"in_force_on": ""}, {"source_url": "adilet"}, {"what_kk": ""}, {"title_ru": ""}], ids=str
)
def test_a_date_a_source_and_both_languages_are_asked_for(client, law, lawyer, changes):
    response = client.post(reverse(ADD), amendment_form(law["42"], **changes))

    assert response.status_code == 200
    assert set(response.context["form"].errors) == set(changes)
    assert not Amendment.objects.exists()


def test_an_amendment_without_provisions_is_refused_in_words(client, law, lawyer):
    response = client.post(reverse(ADD), amendment_form())

    assert said("kk", "Name at least one provision that the amendment touches.") in refusal(response)
    assert not Amendment.objects.exists()


def test_a_provision_that_stands_twice_is_named(client, law, lawyer):
    response = client.post(reverse(ADD), amendment_form(law["42"], law["43"], law["42"]))

    assert f"«{law['42']}»" in refusal(response) or f"{law['42']} stands in the list twice" in refusal(response)
    assert not Amendment.objects.exists()


def test_the_source_is_not_asked_for_while_saving(client, law, lawyer, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)

    assert record(client, law["42"], source_url="https://no-such-host.invalid/norm").pk


def test_an_edited_amendment_brings_its_list_in_step(client, law, lawyer):
    from tests.law.radar_tree import Tree

    tree = Tree(law, {})
    of_42, of_43 = tree.question("Первая", cites=[law["42"]]), tree.question("Вторая", cites=[law["43"]])
    amendment = record(client, law["42"])

    assert edit(client, amendment, law["43"]).status_code == 302

    assert not amendment.items.of(of_42).exists()  # it was never touched: that is no work done
    assert amendment.items.of(of_43).get().outcome == ""
    assert Amendment.objects.get(pk=amendment.pk).recorded_by == lawyer


def test_an_applied_amendment_keeps_its_date_and_its_provisions(client, law, lawyer, on):
    amendment = record(client, law["42"])
    on(date(2026, 12, 2))
    call_command("apply_amendments")

    for form in ([law["42"]], {"in_force_on": "2027-01-01"}), ([law["42"], law["43"]], {}), ([law["43"]], {}):
        response = edit(client, amendment, *form[0], **form[1])
        assert str(IS_APPLIED) in refusal(response)
    assert edit(client, amendment, law["42"], title_ru="Поправка, исправлено").status_code == 302

    amendment.refresh_from_db()
    assert (amendment.title_ru, amendment.in_force_on) == ("Поправка, исправлено", date(2026, 12, 1))
    assert amendment.applied_at is not None
    assert [row.provision for row in amendment.provisions.all()] == [law["42"]]


def test_an_amendment_with_decisions_is_not_deleted_even_by_an_administrator(client, law, lawyer):
    from tests.law.radar_tree import Tree

    page = Tree(law, {}).question("Первая", cites=[law["42"]])
    amendment, fresh = record(client, law["42"]), record(client, law["42-1"])
    client.post(worklist_url(amendment), {"confirm": amendment.items.of(page).get().pk})
    client.force_login(make_user(is_staff=True, is_superuser=True, full_name="Админ"))
    address = reverse("wagtailsnippets_law_amendment:delete", args=[amendment.pk])

    assert client.get(address).status_code == 302
    client.post(address)
    bulk = reverse("wagtail_bulk_action", args=["law", "amendment", "delete"])
    client.post(f"{bulk}?id={amendment.pk}")
    assert Amendment.objects.filter(pk=amendment.pk).exists()
    listing = client.get(reverse("wagtailsnippets_law_amendment:list")).content.decode()
    assert address not in listing
    assert (
        address not in client.get(reverse("wagtailsnippets_law_amendment:edit", args=[amendment.pk])).content.decode()
    )

    client.post(reverse("wagtailsnippets_law_amendment:delete", args=[fresh.pk]))
    assert not Amendment.objects.filter(pk=fresh.pk).exists()


def test_an_editor_reads_amendments_and_records_none(client, law):
    client.force_login(make_user(group="Editors"))

    assert client.get(reverse("wagtailsnippets_law_amendment:list")).status_code == 200
    client.post(reverse(ADD), amendment_form(law["42"]))

    assert not Amendment.objects.exists()
