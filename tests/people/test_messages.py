"""Letters of the cabinet: what the site has written to a person, for her eyes alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.outbox import OutboxMessage, deliver, queue_mail
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")


def letter(person, number: int = 0, **fields) -> OutboxMessage:
    sent = timezone.now() - timedelta(hours=number)
    fields = {"subject": f"Тақырып {number}", "body": f"Мәтін {number}", "language": "kk", "sent_at": sent} | fields
    return OutboxMessage.objects.create(
        kind="courses/confirmed",
        recipient=person.email if person else "nobody@mail.test",
        person=person,
        dedupe_key=f"letter-{OutboxMessage.objects.count()}",
        **fields,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["cabinet/messages/", "cabinet/messages/1/"])
def test_letters_need_sign_in(client, language, path):
    response = client.get(f"/{language}/{path}")

    assert response.status_code == 302
    assert response.url.startswith(f"/{language}/account/login/?next=")


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_come_newest_first_with_their_dates(signed_in, person, language):
    old, new = letter(person, 48), letter(person, 1)

    html = Html(signed_in.get(f"/{language}/cabinet/messages/"))

    links = [link["href"] for link in html.all("a", class_="row")]
    assert links == [f"/{language}/cabinet/messages/{row.pk}/" for row in (new, old)]
    assert [element["datetime"][:10] for element in html.all("time")] == [
        timezone.localtime(row.sent_at).date().isoformat() for row in (new, old)
    ]
    assert html.one("meta", name="robots")["content"] == "noindex"


def test_what_was_not_sent_or_belongs_to_others_or_to_nobody_is_not_shown(signed_in, person):
    hidden = [letter(person, sent_at=None), letter(make_user()), letter(None)]

    page = signed_in.get("/kk/cabinet/messages/")

    assert not Html(page).all("a", class_="row")
    assert said("kk", "No letters yet") in Html(page).main
    for row in hidden:
        assert signed_in.get(f"/kk/cabinet/messages/{row.pk}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 30, "-1", "abc", "1.5"])
def test_a_letter_that_does_not_exist_is_not_found(signed_in, number):
    assert signed_in.get(f"/kk/cabinet/messages/{number}/").status_code == 404


def test_staff_do_not_read_letters_of_others(client, person):
    row = letter(person)
    client.force_login(make_user(is_staff=True, is_superuser=True))

    assert client.get(f"/kk/cabinet/messages/{row.pk}/").status_code == 404


def test_a_sent_letter_can_be_read_again_in_full(signed_in, person):
    queue_mail(
        kind="courses/run_cancelled",
        recipient=person.email,
        person=person,
        language="ru",
        context={
            "name": "Айгүл",
            "title": "Собрание",
            "when": "",
            "where": "Астана",
            "site_url": "http://site.test/ru/",
        },
        dedupe_key="news",
    )
    row = OutboxMessage.objects.get()
    if row.sent_at is None:
        deliver.call(row.pk)

    html = Html(signed_in.get(f"/kk/cabinet/messages/{row.pk}/"))

    assert "Собрание" in html.one("h1").text
    assert html.one("h1")["lang"] == "ru"
    assert "Айгүл" in html.one("pre").text
    assert html.one("a", href="http://site.test/ru/")["rel"] == "nofollow"


def test_addresses_become_links_and_nothing_becomes_markup(signed_in, person):
    body = (
        'Қараңыз: https://site.test/kk/seats/1/?a=1&b=2 және <script>alert(1)</script> "><img src=x onerror=x>\n'
        "javascript:alert(1) <a href='https://evil.test'>x</a> http://evil.test/\"onmouseover=x aigul@mail.test"
    )
    row = letter(person, subject="<img onerror=x> & «тақырып»", body=body)

    response = signed_in.get(f"/kk/cabinet/messages/{row.pk}/")

    html = Html(response)
    assert html.one("pre").text == " ".join(body.split())
    assert html.one("h1").text == "<img onerror=x> & «тақырып»"
    links = [element for element in html.all("a") if element.attrs.get("rel") == "nofollow"]
    assert "https://site.test/kk/seats/1/?a=1&b=2" in {link["href"] for link in links}
    assert all(link["href"].startswith(("https://", "http://", "mailto:")) for link in links)
    assert all(set(link.attrs) == {"href", "rel"} for link in links if link["href"].startswith("http"))
    assert not [
        tag for tag in html.elements if tag.tag == "img" or "onmouseover" in tag.attrs or "onerror" in tag.attrs
    ]
    assert b"<script>alert" not in response.content


def test_twenty_letters_stand_on_a_page(signed_in, person):
    for number in range(45):
        letter(person, number)

    def subjects(page: str) -> list[str]:
        return [element.text for element in Html(signed_in.get(f"/kk/cabinet/messages/{page}")).all("b", lang="kk")]

    first, second, third = subjects(""), subjects("?page=2"), subjects("?page=3")
    assert [len(first), len(second), len(third)] == [20, 20, 5]
    assert [*first, *second, *third] == [f"Тақырып {number}" for number in range(45)]
    for nonsense, expected in (
        ("0", third),
        ("99", third),
        ("9" * 40, third),
        ("x", first),
        ("%00", first),
        ("-1", third),
    ):
        assert subjects(f"?page={nonsense}") == expected, nonsense


def test_the_cabinet_shows_the_newest_three_and_the_way_to_the_rest(signed_in, person):
    assert said("kk", "Letters to you") not in Html(signed_in.get("/kk/cabinet/")).main

    for number in range(3):
        letter(person, number)
    html = Html(signed_in.get("/kk/cabinet/"))
    assert [text for number in range(3) if (text := f"Тақырып {number}") not in html.main] == []
    assert not html.all("a", href="/kk/cabinet/messages/")

    letter(person, 3)
    html = Html(signed_in.get("/kk/cabinet/"))
    assert "Тақырып 3" not in html.main
    assert html.all("a", href="/kk/cabinet/messages/")


def test_more_letters_cost_the_same(signed_in, person):
    def costs() -> list[int]:
        found = []
        for address in ("/kk/cabinet/messages/", "/kk/cabinet/"):
            signed_in.get(address)
            with CaptureQueriesContext(connection) as queries:
                signed_in.get(address)
            found.append(len(queries))
        return found

    for number in range(5):
        letter(person, number)
    before = costs()
    for number in range(5, 10):
        letter(person, number)
    assert costs() == before
    assert before[0] <= 12  # five of them are the list of devices keeping itself up to date
