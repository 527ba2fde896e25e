"""The cabinet and the page of an association, as its people and its chair see them."""

from __future__ import annotations

import pytest

from people.enums import MembershipState
from people.models import Association, Membership
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_association, make_membership, make_user
from tests.people.association_steps import (
    day,
    minutes,
)

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")


def page(association: Association, rest: str = "", language: str = "kk") -> str:
    return f"/{language}/cabinet/association/{association.pk}/{rest}"


def a_claim(**fields) -> Membership:
    return make_membership(state=MembershipState.CLAIMED, confirmed_at=None, **fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cabinet_has_one_clear_step_for_who_has_no_house(signed_in, language):
    html = Html(signed_in.get(f"/{language}/cabinet/"))

    assert html.one("a", href=f"/{language}/cabinet/association/find/").text == said(language, "Find my association")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"state": "claimed"}, "The office reads your claim and writes to you. You do not have to do anything."),
        ({"state": "rejected", "note": "Қол жоқ"}, "Ask once more"),
        ({"valid_from": day(-900), "valid_to": day(-1)}, "I am elected anew"),
        ({"valid_from": day(-900), "valid_to": day(30)}, "Prepare the next election."),
    ],
)
def test_the_cabinet_says_where_a_role_stands(client, language, fields, message):
    membership = make_membership(**fields)
    client.force_login(membership.user)

    html = Html(client.get(f"/{language}/cabinet/"))

    assert said(language, message) in html.main
    assert membership.note in html.main
    assert html.all("a", href=page(membership.association, "", language))


def test_the_cabinet_counts_the_days_a_mandate_has_left(client, ru):
    membership = make_membership(valid_to=day(21))
    client.force_login(membership.user)

    assert "До конца полномочий 21 день." in Html(client.get("/ru/cabinet/")).main


def test_a_refusal_leaves_the_cabinet_when_the_person_asks_again(client):
    old = make_membership(state="rejected", note="Қол жоқ")
    new = a_claim(user=old.user, association=old.association)
    client.force_login(old.user)

    main = Html(client.get("/kk/cabinet/")).main

    assert new.is_waiting
    assert "Қол жоқ" not in main


def test_an_association_of_others_does_not_exist(client):
    chair = make_membership()
    member = make_membership(association=chair.association, role="resident")
    client.force_login(make_user())

    for rest in ("", "invite/", "hand-over/"):
        assert client.get(page(chair.association, rest)).status_code == 404
    for way in (
        f"roles/{member.public_id}/end/",
        f"roles/{member.public_id}/leave/",
        f"invitations/{member.public_id}/revoke/",
    ):
        assert client.post(f"/kk/cabinet/association/{way}").status_code == 404
    assert Membership.objects.filter(state="confirmed").count() == 2


def test_a_chair_sees_names_and_roles_and_no_contacts(client):
    chair = make_membership()
    member = make_membership(
        association=chair.association, role="accountant", user=make_user(full_name="Ерлан Есеп", phone="+77010000000")
    )
    nameless = make_membership(association=chair.association, role="resident", valid_to=None)
    make_membership(association=chair.association, role="council", state="rejected", user=make_user(full_name="Бөтен"))
    client.force_login(chair.user)

    main = Html(client.get(page(chair.association))).main

    assert "Ерлан Есеп" in main
    assert said("kk", "Name not given yet") in main
    assert "Бөтен" not in main
    assert member.user.email not in main
    assert nameless.user.email not in main
    assert "+77010000000" not in main


@pytest.mark.parametrize(
    "fields", [{"role": "resident"}, {"state": "claimed"}, {"valid_from": day(-900), "valid_to": day(-1)}]
)
def test_who_is_not_todays_chair_sees_her_own_role_alone(client, fields):
    viewer = make_membership(**fields)
    make_membership(association=viewer.association, role="accountant", user=make_user(full_name="Ерлан Есеп"))
    client.force_login(viewer.user)

    response = client.get(page(viewer.association))

    assert response.status_code == 200
    assert "Ерлан Есеп" not in Html(response).main
    assert client.get(page(viewer.association, "invite/")).status_code == 404


def test_a_chair_ends_a_role_by_post_alone(client):
    chair = make_membership()
    member = make_membership(association=chair.association, role="accountant")
    client.force_login(chair.user)
    address = f"/kk/cabinet/association/roles/{member.public_id}/end/"

    client.get(address)
    member.refresh_from_db()
    assert member.is_active
    client.post(address)

    member.refresh_from_db()
    assert member.state == MembershipState.ENDED
    assert client.post(f"/kk/cabinet/association/roles/{chair.public_id}/end/").status_code == 404


@pytest.mark.parametrize(
    ("state", "after"), [("claimed", "withdrawn"), ("confirmed", "ended"), ("rejected", "rejected")]
)
def test_a_person_takes_a_claim_back_or_gives_a_role_up_by_post_alone(client, state, after):
    membership = make_membership(state=state)
    client.force_login(membership.user)
    address = f"/kk/cabinet/association/roles/{membership.public_id}/leave/"

    client.get(address)
    membership.refresh_from_db()
    assert membership.state == state
    assert client.post(address).url == page(membership.association)

    membership.refresh_from_db()
    assert membership.state == after


def test_what_a_person_types_is_never_markup(client):
    sly = "<img src=x onerror=alert(1)>"
    chair = make_membership(
        association=make_association(name_kk=sly, name_ru=sly, address=sly),
        protocol=minutes(),
        protocol_name=f"{sly}.pdf",
    )
    make_membership(association=chair.association, role="resident", user=make_user(full_name=sly))
    waiting = a_claim(association=chair.association, role="council", user=make_user(full_name=sly), note=sly)
    client.force_login(chair.user)
    pages = [
        client.get(page(chair.association)),
        client.get("/kk/cabinet/"),
        client.get(page(chair.association, "claim/")),
    ]
    client.force_login(make_user(group="Desk"))
    pages += [client.get(f"/admin/memberships/{waiting.public_id}/"), client.get("/admin/memberships/")]
    pages += [client.get(f"/admin/associations/{chair.association_id}/people/")]

    for response in pages:
        assert response.status_code == 200
        assert b"<img src=x" not in response.content
        assert b"&lt;img src=x" in response.content
