"""Claiming a role: the form, the minutes, and who reads them."""

from __future__ import annotations

import pytest

from people import protocols
from people.enums import MembershipRefusal, MembershipState
from people.models import AccessRecord, Association, Consent, Membership
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_association, make_membership, make_user
from tests.people.association_steps import (
    EXE,
    HTML,
    PDF,
    SVG,
    claim_form,
    day,
    minutes,
    picture,
    told,
)

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")


def page(association: Association, rest: str = "", language: str = "kk") -> str:
    return f"/{language}/cabinet/association/{association.pk}/{rest}"


def a_claim(**fields) -> Membership:
    return make_membership(state=MembershipState.CLAIMED, confirmed_at=None, **fields)


def with_minutes(**fields) -> Membership:
    return a_claim(protocol=minutes("Хаттама №1.pdf"), protocol_name="Хаттама №1.pdf", **fields)


# Claiming ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chair_claims_her_role_and_is_told_what_comes_next(signed_in, person, language):
    house = make_association()
    address = page(house, "claim/", language)
    form = Html(signed_in.get(address))
    assert form.one("form", class_="measure")["enctype"] == "multipart/form-data"
    assert form.one("input", name="valid_from")["type"] == "date"

    response = signed_in.post(address, claim_form(), follow=True)

    membership = person.memberships.get()
    assert membership.is_waiting
    assert response.redirect_chain == [(page(house, "", language), 302)]
    main = Html(response).main
    assert said(language, "The office has your claim. We write to you when it is decided.") in main
    assert Consent.objects.get().language == language
    assert said(language, "waits for the office", "membership").capitalize() in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_has_a_name_and_the_account_keeps_it(signed_in, person, language):
    address = page(make_association(), "claim/", language)

    refused = signed_in.post(address, claim_form(full_name=""))
    assert said(language, "Write your name and surname.") in Html(refused).main
    assert not person.memberships.exists()

    signed_in.post(address, claim_form(full_name="Серік Оспанов"))
    person.refresh_from_db()
    assert person.full_name == "Серік Оспанов"
    assert not Html(signed_in.get(address)).all("input", name="full_name")


def test_a_newly_elected_chair_is_told_that_the_minutes_are_compared(signed_in):
    present = make_membership()

    response = signed_in.post(page(present.association, "claim/"), claim_form(), follow=True)

    message = "This association has a chair already: the office compares your minutes with that mandate."
    assert said("kk", message) in Html(response).main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_claim_to_the_chair_is_refused_and_what_was_typed_stays(signed_in, person, language):
    first = a_claim()

    response = signed_in.post(page(first.association, "claim/", language), claim_form())

    html = Html(response)
    assert told(language, MembershipRefusal.OTHER_CLAIM) in html.main
    assert html.one("input", name="valid_from")["value"] == day(-10).isoformat()
    assert not person.memberships.exists()
    assert not person.consents.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"valid_to": day(-1).isoformat()}, "valid_to", MembershipRefusal.MANDATE_OVER),
        ({"valid_from": day(2).isoformat()}, "valid_from", MembershipRefusal.NOT_YET),
        ({"valid_to": day(1200).isoformat()}, "valid_to", MembershipRefusal.TOO_LONG),
        ({"protocol": None}, "protocol", MembershipRefusal.NO_PROTOCOL),
        ({"valid_from": "yesterday"}, "valid_from", "Write the date like 2026-12-31."),
        ({"valid_from": "0001-01-01"}, "valid_from", "Check the year."),
        ({"valid_to": "9999-12-31"}, "valid_to", "Check the year."),
        ({"role": "king"}, "role", None),
        ({"consent": ""}, "consent", "Without this consent we cannot keep your claim."),
    ],
)
def test_a_claim_that_makes_no_sense_is_not_kept(signed_in, person, language, wrong, field, message):
    response = signed_in.post(page(make_association(), "claim/", language), claim_form(**wrong))

    html = Html(response)
    problem = next(element for element in html.elements if element.attrs.get("name") == field)
    assert problem["aria-invalid"] == "true"
    if message:
        assert (told(language, message) if message in list(MembershipRefusal) else said(language, message)) in html.main
    assert not person.memberships.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("minutes.pdf", HTML, "content"),
        ("minutes.pdf", b"%PDF-1.4 cut off", "content"),
        ("minutes.pdf", EXE, "content"),
        ("minutes.png", SVG, "content"),
        ("minutes.png", picture("JPEG"), "content"),
        ("minutes.jpg", picture("PNG"), "content"),
        ("minutes.jpeg", picture("PNG")[:40], "content"),
        ("minutes.exe", EXE, "suffix"),
        ("minutes.svg", SVG, "suffix"),
        ("minutes.pdf.html", PDF, "suffix"),
        ("minutes", PDF, "suffix"),
        ("minutes.pdf", b"", "empty"),
    ],
)
def test_minutes_that_are_not_what_their_name_says_are_refused(signed_in, person, language, name, content, message):
    messages = {
        "content": "This file cannot be read: its content is not what its name says. Save or scan it anew.",
        "suffix": "Add the minutes as a PDF file, or as a picture: JPG or PNG.",
        "empty": "This file is empty.",
    }

    response = signed_in.post(page(make_association(), "claim/", language), claim_form(protocol=minutes(name, content)))

    html = Html(response)
    assert said(language, messages[message]) in html.main
    assert html.one("input", name="valid_from")["value"] == day(-10).isoformat()
    assert not person.memberships.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_of_more_than_ten_megabytes_are_refused(signed_in, person, language):
    large = PDF + b" " * (10 * 1024 * 1024) + b"%%EOF"

    response = signed_in.post(page(make_association(), "claim/", language), claim_form(protocol=minutes(content=large)))

    assert said(language, "The file is larger than 10 MB. Scan it with less detail.") in Html(response).main
    assert not person.memberships.exists()


def test_a_picture_that_unfolds_to_gigabytes_is_refused(signed_in, person, monkeypatch):
    monkeypatch.setattr(protocols, "MAX_PIXELS", 30 * 20 - 1)

    signed_in.post(page(make_association(), "claim/"), claim_form(protocol=minutes("m.png", picture())))

    assert not person.memberships.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("m.PDF", PDF), ("m.png", picture()), ("m.jpg", picture("JPEG")), ("m.jpeg", picture("JPEG"))],
)
def test_minutes_as_a_file_or_a_picture_are_taken_whole(signed_in, person, name, content):
    signed_in.post(page(make_association(), "claim/"), claim_form(protocol=minutes(name, content)))

    with person.memberships.get().protocol.open() as kept:
        assert kept.read() == content


# The file ------------------------------------------------------------------------------------------


def test_minutes_are_a_download_that_runs_nowhere(client):
    membership = with_minutes()
    client.force_login(membership.user)

    response = client.get(f"/kk/cabinet/association/roles/{membership.public_id}/minutes/")

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A5")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert {part.strip() for part in response["Cache-Control"].split(",")} >= {"private", "no-store"}


def test_minutes_of_another_person_do_not_exist(client):
    membership = with_minutes()
    chair = make_membership(association=membership.association)
    address = f"/kk/cabinet/association/roles/{membership.public_id}/minutes/"

    assert client.get(address).status_code == 302
    for user in (make_user(), chair.user, make_user(group="Desk"), make_user(is_superuser=True)):
        client.force_login(user)
        assert client.get(address).status_code == 404


def test_staff_of_the_office_read_minutes_and_leave_a_record(client):
    membership, desk = with_minutes(), make_user(group="Desk")
    client.force_login(desk)

    response = client.get(f"/admin/memberships/{membership.public_id}/minutes/")

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    record = AccessRecord.objects.get()
    assert (record.actor, record.subject, record.kind) == (desk, membership.user, "protocol")
    assert record.label == str(membership.association_id)


def test_minutes_whose_file_is_gone_are_a_404(client):
    membership = with_minutes()
    membership.protocol.storage.delete(membership.protocol.name)
    client.force_login(membership.user)

    assert client.get(f"/kk/cabinet/association/roles/{membership.public_id}/minutes/").status_code == 404
