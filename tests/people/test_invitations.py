"""A chair invites, a person accepts: once, by herself, in time."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from core.outbox import OutboxMessage
from people import invitations, mandates
from people.enums import MembershipReason, MembershipRefusal, MembershipState
from people.models import Invitation, Membership
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_membership, make_user
from tests.people.association_steps import day, told
from tests.people.steps import sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "aigul@mail.test"
LANGUAGES = ("kk", "ru")


def invite(chair: Membership, **fields) -> Invitation:
    fields = {"role": "accountant", "email": ADDRESS, "valid_from": day(), "valid_to": None, "language": "kk"} | fields
    return invitations.invite(association_id=chair.association_id, actor=chair.user, **fields)


def link_of(invitation: Invitation) -> str:
    """The path of the secret link, as the letter has it."""
    letter = OutboxMessage.objects.get(dedupe_key=f"invitation:{invitation.public_id}")
    return urlsplit(letter.context["link"]).path


def token_of(invitation: Invitation) -> str:
    return link_of(invitation).rstrip("/").rpartition("/")[2]


def state() -> tuple:
    return (
        list(Membership.objects.order_by("pk").values()),
        list(Invitation.objects.order_by("pk").values()),
        OutboxMessage.objects.count(),
    )


def refused(reason: MembershipRefusal, call) -> None:
    before = state()
    with pytest.raises(mandates.Refused) as caught:
        call()
    assert caught.value.reason == reason
    assert state() == before


def page_says(client, reason: MembershipRefusal, invitation: Invitation, *, post: bool = False) -> None:
    """Opens the link and expects the refusal in words of both languages, no button, and no change."""
    before = state()
    for language in LANGUAGES:
        response = client.get(link_of(invitation).replace("/kk/", f"/{language}/"), follow=True)
        if post:
            response = client.post(f"/{language}/cabinet/invitation/")
        html = Html(response)
        assert told(language, reason) in html.main
        assert not html.all("form", action=f"/{language}/cabinet/invitation/")
    assert state() == before


@pytest.fixture
def chair() -> Membership:
    return make_membership()


@pytest.fixture
def guest():
    return make_user(ADDRESS, full_name="Қонақ Қонақов")


# Inviting -----------------------------------------------------------------------------------------


def test_the_link_goes_to_the_address_and_only_its_hash_is_kept(chair, kk):
    invitation = invite(chair, email=" Aigul@Mail.Test ")

    letter = OutboxMessage.objects.get()
    assert (letter.kind, letter.recipient, letter.person) == ("people/invitation", ADDRESS, None)
    assert link_of(invitation).startswith("/kk/cabinet/invitation/")
    assert len(token_of(invitation)) >= 43
    assert invitation.token_hash == hashlib.sha256(token_of(invitation).encode()).hexdigest()
    assert timedelta(days=13) < invitation.expires_at - timezone.now() <= timedelta(days=14)


@pytest.mark.parametrize(
    "fields", [{"role": "council"}, {"state": MembershipState.CLAIMED}, {"valid_from": day(-900), "valid_to": day(-1)}]
)
def test_only_a_chair_whose_mandate_holds_invites(fields):
    membership = make_membership(**fields)

    refused(MembershipRefusal.NOT_CHAIR, partial(invite, membership))


def test_an_invitation_obeys_the_rules_of_mandates(chair):
    refused(MembershipRefusal.TOO_LONG, partial(invite, chair, role="council", valid_to=day(1200)))
    refused(MembershipRefusal.MANDATE_OVER, partial(invite, chair, valid_from=day(-9), valid_to=day(-1)))
    assert invite(chair, role="auditor").valid_to == day().replace(year=day().year + 3)


def test_inviting_again_takes_the_place_of_the_earlier_link(chair, guest):
    first = invite(chair)
    second = invite(chair)
    other_role = invite(chair, role="resident")

    first.refresh_from_db()
    assert first.revoked_at
    assert set(chair.association.invitations.open()) == {second, other_role}
    refused(
        MembershipRefusal.INVITATION_REVOKED,
        partial(invitations.accept, token=token_of(first), user=guest, language="kk"),
    )


def test_twenty_invitations_wait_at_once_and_no_more(chair):
    for number in range(20):
        invite(chair, email=f"person{number}@mail.test")

    refused(MembershipRefusal.TOO_MANY_INVITATIONS, partial(invite, chair, email="one-more@mail.test"))


def test_one_address_gets_three_letters_a_day(chair):
    for _ in range(3):
        invite(chair)

    refused(MembershipRefusal.TOO_MANY_INVITATIONS, partial(invite, chair))
    assert invite(chair, email="other@mail.test").is_open


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_to_the_chair_does_not_tell_whether_the_address_has_an_account(client, chair, guest, language):
    client.force_login(chair.user)
    address = f"/{language}/cabinet/association/{chair.association_id}/invite/"
    answers = set()
    for email in (guest.email, "nobody@mail.test"):
        form = {"email": email, "role": "accountant", "valid_from": day().isoformat(), "valid_to": ""}
        response = client.post(address, form, follow=True)
        answers.add((tuple(response.redirect_chain), Html(response).one("div", class_="message").text))

    assert answers == {
        (
            ((f"/{language}/cabinet/association/{chair.association_id}/", 302),),
            said(language, "The invitation is on its way. Its link works for 14 days."),
        )
    }


# The way of the invited person --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_is_led_through_sign_in_and_back_and_accepts_with_a_button(client, chair, language):
    link = link_of(invite(chair)).replace("/kk/", f"/{language}/")
    clean = f"/{language}/cabinet/invitation/"

    first = client.get(link)
    assert (first.status_code, first.url) == (302, clean)
    door = client.get(clean)
    assert door.url == f"/{language}/account/login/?next={clean}"
    back = sign_in(client, ADDRESS, language, next=clean)
    assert back.url == clean
    page = client.get(clean)
    assert str(chair.association.address) in Html(page).main
    assert said(language, "Accept") in [button.text for button in Html(page).all("button", class_="sun")]
    assert client.post(clean, {"full_name": ""}).status_code == 200  # who takes a role has a name
    done = client.post(clean, {"full_name": "Серік Оспанов"})

    membership = Membership.objects.get(user__email=ADDRESS)
    assert done.url == f"/{language}/cabinet/association/{chair.association_id}/"
    assert membership.is_active
    assert membership.role == "accountant"
    assert membership.user.full_name == "Серік Оспанов"
    assert [(e.to_state, e.reason) for e in membership.events.all()] == [("confirmed", "invitation")]
    assert membership.user.consents.filter(text__purpose="membership", language=language).exists()


def test_the_secret_leaves_the_address_at_once_and_the_pages_are_quiet(client, chair, guest):
    link = link_of(invite(chair))
    client.force_login(guest)

    # The page with the button keeps its referrer: without one a browser posts anonymously, and is refused.
    policies = {"no-referrer": client.get(link), "same-origin": client.get("/kk/cabinet/invitation/")}
    for policy, response in policies.items():
        assert response["Referrer-Policy"] == policy
        assert "no-store" in response["Cache-Control"]
    assert token_of(Invitation.objects.get()) not in client.get("/kk/cabinet/invitation/").content.decode()


def test_a_mail_scanner_that_opens_everything_changes_nothing(client, chair, guest):
    link = link_of(invite(chair))
    before = state()
    client.force_login(guest)

    for _ in range(3):
        client.get(link, follow=True)
        client.head(link)
        Client().get(link, follow=True)
    assert client.post(link).status_code == 405

    assert state() == before


def test_an_invitation_is_used_once(client, chair, guest):
    invitation = invite(chair)
    client.force_login(guest)
    client.get(link_of(invitation))
    client.post("/kk/cabinet/invitation/")

    page_says(client, MembershipRefusal.INVITATION_USED, invitation)
    page_says(client, MembershipRefusal.INVITATION_USED, invitation, post=True)
    assert Membership.objects.filter(user=guest).count() == 1


def test_another_person_learns_nothing_but_that_it_is_not_hers(client, chair):
    invitation = invite(chair)
    client.force_login(make_user())

    page_says(client, MembershipRefusal.INVITATION_OTHER, invitation)
    page_says(client, MembershipRefusal.INVITATION_OTHER, invitation, post=True)
    page = Html(client.get("/kk/cabinet/invitation/")).main
    assert ADDRESS not in page
    assert chair.association.address not in page


def test_an_address_that_was_not_proven_does_not_open_an_invitation(chair, guest):
    guest.emailaddress_set.update(verified=False)
    token = token_of(invite(chair))

    refused(MembershipRefusal.INVITATION_OTHER, partial(invitations.accept, token=token, user=guest, language="kk"))


def test_an_invitation_taken_back_is_refused(client, chair, guest):
    invitation = invite(chair)
    client.force_login(chair.user)
    client.get(f"/kk/cabinet/association/invitations/{invitation.public_id}/revoke/")
    invitation.refresh_from_db()
    assert invitation.is_open
    client.post(f"/kk/cabinet/association/invitations/{invitation.public_id}/revoke/")

    client.force_login(guest)
    page_says(client, MembershipRefusal.INVITATION_REVOKED, invitation)
    page_says(client, MembershipRefusal.INVITATION_REVOKED, invitation, post=True)


def test_an_old_invitation_is_refused(client, chair, guest):
    invitation = invite(chair)
    Invitation.objects.update(expires_at=timezone.now())
    client.force_login(guest)

    page_says(client, MembershipRefusal.INVITATION_TOO_OLD, invitation)


def test_an_invitation_does_not_outlive_the_mandate_of_who_sent_it(client, chair, guest):
    invitation = invite(chair)
    mandates.end(membership_id=chair.pk, actor=chair.user, reason=MembershipReason.OWN_WISH)
    client.force_login(guest)

    page_says(client, MembershipRefusal.INVITER_GONE, invitation)


def test_a_role_whose_last_day_is_past_is_not_accepted(client, chair, guest):
    invitation = invite(chair)
    Invitation.objects.update(valid_from=day(-9), valid_to=day(-1))
    client.force_login(guest)

    page_says(client, MembershipRefusal.MANDATE_OVER, invitation)


def test_who_has_the_role_already_is_told_so(client, chair, guest):
    make_membership(association=chair.association, user=guest, role="accountant")
    invitation = invite(chair)
    client.force_login(guest)

    page_says(client, MembershipRefusal.ALREADY, invitation, post=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("link", ["", "x/", "А" * 300 + "/", "%00/"])
def test_a_link_that_was_never_sent_opens_nothing(client, guest, language, link):
    client.force_login(guest)

    response = client.get(f"/{language}/cabinet/invitation/{link}", follow=True)

    assert response.status_code == 200
    assert told(language, MembershipRefusal.INVITATION_UNKNOWN) in Html(response).main


def test_a_claim_that_waits_becomes_the_role_that_was_offered(chair, guest):
    waiting = make_membership(
        association=chair.association, user=guest, role="council", state=MembershipState.CLAIMED, confirmed_at=None
    )
    token = token_of(invite(chair, role="council", valid_from=day(-2)))

    membership = invitations.accept(token=token, user=guest, language="kk")

    assert membership == waiting
    assert membership.is_active
    assert membership.valid_from == day(-2)


# Handing over -------------------------------------------------------------------------------------


def test_accepting_the_chair_ends_the_mandate_of_who_handed_it_over(client, chair, guest):
    client.force_login(chair.user)
    address = f"/kk/cabinet/association/{chair.association_id}/hand-over/"
    form = {"email": ADDRESS, "role": "chair", "valid_from": day(-3).isoformat(), "valid_to": ""}
    client.post(address, form)
    invitation = Invitation.objects.get()
    chair.refresh_from_db()
    assert chair.is_active

    client.force_login(guest)
    client.get(link_of(invitation))
    client.post("/kk/cabinet/invitation/")

    chair.refresh_from_db()
    assert chair.state == MembershipState.ENDED
    assert [(e.to_state, e.reason) for e in chair.events.all()] == [("ended", "handover")]
    assert chair.association.chair.user == guest
    letter = OutboxMessage.objects.get(kind="people/membership_ended")
    assert letter.recipient == chair.user.email
    assert Client().get(address).status_code == 302
    client.force_login(chair.user)
    assert client.get(address).status_code == 404


def test_the_ordinary_invitation_does_not_offer_the_chair(client, chair):
    client.force_login(chair.user)
    form = {"email": ADDRESS, "role": "chair", "valid_from": day().isoformat(), "valid_to": ""}

    response = client.post(f"/kk/cabinet/association/{chair.association_id}/invite/", form)

    assert response.status_code == 200
    assert Html(response).one("select", name="role")["aria-invalid"] == "true"
    assert not Invitation.objects.exists()
