"""Claims and roles as the staff of an office see them, and what the lists cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people import mandates
from people.enums import MembershipState
from people.models import AccessRecord, Membership
from tests.core.html import Html
from tests.factories import make_association, make_membership, make_office, make_user
from tests.people.association_steps import (
    day,
    minutes,
)

pytestmark = pytest.mark.django_db


def a_claim(**fields) -> Membership:
    return make_membership(state=MembershipState.CLAIMED, confirmed_at=None, **fields)


def with_minutes(**fields) -> Membership:
    return a_claim(protocol=minutes("Хаттама №1.pdf"), protocol_name="Хаттама №1.pdf", **fields)


# The staff of an office ----------------------------------------------------------------------------


def admin_addresses(membership: Membership) -> list[str]:
    return [
        f"/admin/memberships/{membership.public_id}/",
        f"/admin/memberships/{membership.public_id}/minutes/",
        f"/admin/associations/{membership.association_id}/people/",
    ]


def test_staff_work_with_the_claims_of_their_own_offices(client):
    here, there = with_minutes(), with_minutes(association=make_association(office=make_office("almaty")))
    client.force_login(make_user(group="Desk", offices=("almaty",)))

    listed = Html(client.get("/admin/memberships/"))

    assert listed.all("a", href=f"/admin/memberships/{there.public_id}/")
    assert not listed.all("a", href=f"/admin/memberships/{here.public_id}/")
    assert [client.get(address).status_code for address in admin_addresses(there)] == [200, 200, 200]
    assert [client.get(address).status_code for address in admin_addresses(here)] == [404, 404, 404]
    for decision in ("confirm", "hand_over", "reject"):
        form = {"decision": decision, "note": "…"}
        assert client.post(f"/admin/memberships/{here.public_id}/", form).status_code == 404
    assert client.post(f"/admin/memberships/{here.public_id}/end/").status_code == 404
    here.refresh_from_db()
    assert here.is_waiting


@pytest.mark.parametrize(("group", "offices"), [("Trainers", ("astana",)), ("Editors", ("astana",)), ("Desk", ())])
def test_staff_without_the_permission_or_without_an_office_see_nothing(client, group, offices):
    membership = with_minutes()
    client.force_login(make_user(group=group, offices=offices))

    assert [client.get(address).status_code for address in admin_addresses(membership)] == [404, 404, 404]
    listed = client.get("/admin/memberships/")
    assert listed.status_code == (200 if group == "Desk" else 404)
    assert membership.user.email not in listed.content.decode()
    assert client.get("/admin/").content.decode().count("/admin/memberships/") == (1 if group == "Desk" else 0)
    assert not AccessRecord.objects.exists()


def test_strangers_and_residents_are_led_to_the_door(client):
    membership = with_minutes()
    for user in (None, make_user()):
        if user:
            client.force_login(user)
        for address in ["/admin/memberships/", *admin_addresses(membership)]:
            assert client.get(address).status_code in {302, 403}
    assert not AccessRecord.objects.exists()


def test_staff_confirm_and_reject_on_the_page_of_a_claim(client):
    good, bad = with_minutes(), with_minutes()
    client.force_login(make_user(group="Managers"))

    assert client.post(f"/admin/memberships/{good.public_id}/", {"decision": "confirm"}).url == "/admin/memberships/"
    empty = client.post(f"/admin/memberships/{bad.public_id}/", {"decision": "reject", "note": " "})
    assert empty.status_code == 200
    bad.refresh_from_db()
    assert bad.is_waiting
    client.post(f"/admin/memberships/{bad.public_id}/", {"decision": "reject", "note": "Қол жоқ"})
    assert client.post(f"/admin/memberships/{bad.public_id}/", {"decision": "nonsense"}).status_code == 404

    good.refresh_from_db()
    bad.refresh_from_db()
    assert good.is_active
    assert (bad.state, bad.note) == ("rejected", "Қол жоқ")


def test_staff_see_the_present_chair_and_may_end_her_mandate_with_the_decision(client):
    present = make_membership(user=make_user(full_name="Қазіргі Төраға"))
    waiting = with_minutes(association=present.association)
    client.force_login(make_user(group="Desk", offices=("astana",)))
    address = f"/admin/memberships/{waiting.public_id}/"

    assert "Қазіргі Төраға" in client.get(address).content.decode()
    refusal = client.post(address, {"decision": "confirm"})
    assert refusal.status_code == 200
    waiting.refresh_from_db()
    assert waiting.is_waiting
    assert Html(refusal).one("button", value="hand_over")
    client.post(address, {"decision": "hand_over"})

    present.refresh_from_db()
    waiting.refresh_from_db()
    assert (present.state, waiting.state) == ("ended", "confirmed")


def test_staff_end_a_role_on_the_page_of_an_association(client):
    membership = make_membership(role="accountant")
    client.force_login(make_user(group="Desk"))
    listed = Html(client.get(f"/admin/associations/{membership.association_id}/people/"))
    assert listed.one("form", action=f"/admin/memberships/{membership.public_id}/end/")

    assert client.get(f"/admin/memberships/{membership.public_id}/end/").status_code == 405
    client.post(f"/admin/memberships/{membership.public_id}/end/")

    membership.refresh_from_db()
    assert membership.state == MembershipState.ENDED
    assert [(event.reason, event.actor is not None) for event in membership.events.all()] == [("by_staff", True)]


def test_every_look_at_people_leaves_a_record(client):
    waiting, desk = with_minutes(), make_user(group="Desk")
    make_membership(association=waiting.association, role="resident")
    client.force_login(desk)

    for address in ["/admin/memberships/", *admin_addresses(waiting)]:
        client.get(address)

    label = str(waiting.association_id)
    looks = AccessRecord.objects.order_by("pk").values_list("actor", "kind", "label", "subject", "people")
    assert list(looks) == [
        (desk.pk, "memberships", "", None, 1),
        (desk.pk, "memberships", label, waiting.user.pk, 2),
        (desk.pk, "protocol", label, waiting.user.pk, 1),
        (desk.pk, "memberships", label, None, 2),
    ]


# What they cost ------------------------------------------------------------------------------------


def cost(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def more_people(chair: Membership) -> None:
    """Members, claims, invitations and steps of history, five of each."""
    for number in range(5):
        member = make_membership(association=chair.association, role="resident")
        waiting = with_minutes(association=chair.association, role="council")
        mandates.withdraw(
            membership_id=a_claim(association=chair.association, user=chair.user, role="auditor").pk, actor=chair.user
        )
        a_claim(association=make_association())
        member.events.create(from_state="claimed", to_state="confirmed", reason="by_staff", actor=make_user())
        waiting.events.create(to_state="claimed", reason="claimed", actor=waiting.user)
        chair.association.invitations.create(
            role="resident",
            email=f"person{number}@mail.test",
            valid_from=day(),
            token_hash=f"{member.pk}-{number}",
            invited_by=chair.user,
            expires_at=member.created_at + timedelta(days=9),
        )


@pytest.mark.parametrize(
    ("place", "budget"),
    [
        ("/kk/cabinet/", 20),  # every app adds its section there
        ("/kk/cabinet/association/{}/", 15),
        ("/kk/cabinet/association/find/?q=үй", 12),
        ("/admin/memberships/", 18),  # the menu asks for every app
        ("/admin/memberships/{claim}/", 20),
        ("/admin/associations/{}/people/", 20),
    ],
)
def test_twice_the_people_cost_the_same(client, place, budget):
    chair = make_membership()
    more_people(chair)
    client.force_login(make_user(group="Desk") if place.startswith("/admin/") else chair.user)
    claim = a_claim(association=chair.association, role="council")
    address = place.format(chair.association_id, claim=claim.public_id)
    before = cost(client, address)

    more_people(chair)

    assert cost(client, address) == before
    assert before <= budget
