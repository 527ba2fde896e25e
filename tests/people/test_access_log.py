"""Staff who look at people's data leave a record, which the person and an administrator can read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from people.models import AccessRecord, User
from people.privacy.access_log import AccessKind, record_access
from tests.core.html import Html
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")


@pytest.fixture
def boss():
    return User.objects.create_superuser("boss@mail.test", "long-test-password", full_name="Бастық Басеке")


@pytest.fixture
def admin(client, boss):
    client.force_login(boss)
    return client


def in_language(language: str, message: str) -> str:
    with translation.override(language):
        return translation.gettext(message)


def test_the_list_of_accounts_is_one_record_with_the_number_of_people(admin, boss):
    make_user()

    admin.get(reverse("wagtailusers_users:index"))
    admin.get(reverse("wagtailusers_users:index_results"), {"q": "boss"})

    first, second = AccessRecord.objects.order_by("pk")
    assert (first.actor, first.kind, first.people, first.subject) == (boss, "accounts", User.objects.count(), None)
    assert second.people == 1


@pytest.mark.parametrize("screen", ["edit", "delete", "history", "usage"])
def test_each_screen_of_one_account_is_a_record_about_that_person(admin, boss, person, screen):
    admin.get(reverse(f"wagtailusers_users:{screen}", args=[person.pk]))

    look = AccessRecord.objects.get()
    assert (look.actor, look.kind, look.subject, look.people) == (boss, "account", person, 1)
    assert look.label == str(person.pk)


def test_an_account_cannot_be_copied(admin, person):
    assert admin.get(f"/admin/users/copy/{person.pk}/").status_code == 404


def test_ones_own_account_is_no_look(admin, boss):
    admin.get(reverse("wagtailusers_users:edit", args=[boss.pk]))

    assert not AccessRecord.objects.exists()


def test_a_screen_that_was_refused_is_no_look(client, person):
    client.force_login(make_user(group="Desk"))

    client.get(reverse("wagtailusers_users:edit", args=[person.pk]))

    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_person_reads_role_and_office_and_no_name(signed_in, person, language):
    clerk = make_user("clerk@mail.test", group="Desk", full_name="Қызметкер Аты")
    record_access(actor=clerk, kind=AccessKind.ACCOUNT, subject=person)
    record_access(actor=clerk, kind=AccessKind.ACCOUNT, subject=make_user())

    html = Html(signed_in.get(f"/{language}/cabinet/data/"))

    with translation.override(language):
        city = clerk.offices.get().city
    assert html.main.count(city) == 1
    assert in_language(language, "front desk")[1:] in html.main
    assert "Қызметкер" not in html.main
    assert "clerk@" not in html.main


def test_who_looked_and_left_is_told_so(signed_in, person, boss):
    record_access(actor=boss, kind=AccessKind.ACCOUNT, subject=person)
    assert in_language("kk", "administrator of the site")[1:] in Html(signed_in.get("/kk/cabinet/data/")).main

    AccessRecord.objects.update(actor=None)

    assert in_language("kk", "somebody who no longer works here")[1:] in Html(signed_in.get("/kk/cabinet/data/")).main


def test_many_looks_cost_no_more_queries_than_few(signed_in, person, django_assert_max_num_queries):
    for number in range(30):
        record_access(actor=make_user(f"c{number}@mail.test", group="Desk"), kind="account", subject=person)
    signed_in.get("/kk/cabinet/data/")

    with django_assert_max_num_queries(25):
        html = Html(signed_in.get("/kk/cabinet/data/"))

    assert len(html.all("time")) == 20
    assert html.all("a", rel="next")


# The report -------------------------------------------------------------------------------------------------


def test_the_report_says_who_what_of_what_how_many_and_when(admin, person):
    clerk = make_user("clerk@mail.test", group="Desk", full_name="Қызметкер Аты")
    record_access(actor=clerk, kind=AccessKind.ROSTER, label="problems-2026", people=37)

    text = Html(admin.get(reverse("looks_report"))).main

    for value in ("Қызметкер Аты", "problems-2026", "37"):
        assert value in text


def test_the_report_is_filtered_by_who_and_when(admin):
    first, second = (make_user(f"{name}@mail.test", full_name=f"{name} Тегі") for name in ("Бірінші", "Екінші"))
    record_access(actor=first, kind=AccessKind.ROSTER, label="old-run")
    AccessRecord.objects.update(at=timezone.now() - timedelta(days=30))
    record_access(actor=second, kind=AccessKind.ROSTER, label="new-run")
    today = timezone.localdate().isoformat()

    by_person = admin.get(reverse("looks_report"), {"actor": first.pk}).content.decode()
    by_date = admin.get(reverse("looks_report_results"), {"at_from": today}).content.decode()

    assert ("old-run" in by_person, "new-run" in by_person) == (True, False)
    assert ("old-run" in by_date, "new-run" in by_date) == (False, True)


def test_the_report_has_pages(admin, boss):
    AccessRecord.objects.bulk_create(
        AccessRecord(actor=boss, kind=AccessKind.ROSTER, label=f"run-{number}") for number in range(60)
    )

    assert len(admin.get(reverse("looks_report")).context["object_list"]) == 50
    assert len(admin.get(reverse("looks_report"), {"p": 2}).context["object_list"]) == 10


@pytest.mark.parametrize("group", ["Managers", "Desk", "Lawyers", ""])
def test_the_report_is_for_administrators(client, group):
    client.force_login(make_user(group=group))

    assert client.get(reverse("looks_report")).status_code in {302, 403}
    assert client.get(reverse("looks_report_results")).status_code in {302, 403}


def test_the_report_cannot_be_changed(admin, boss, person):
    record_access(actor=boss, kind=AccessKind.ACCOUNT, subject=person)

    assert admin.post(reverse("looks_report")).status_code == 405
    assert AccessRecord.objects.count() == 1


# No pictures of people ------------------------------------------------------------------------------------------


def test_an_account_page_in_the_admin_takes_no_picture(admin, boss):
    from django.core.files.uploadedfile import SimpleUploadedFile

    html = Html(admin.get(reverse("wagtailadmin_account")))
    assert html.all("select", name="theme-theme")
    assert not html.all("input", type="file")
    assert not html.all("input", name="name_email-first_name")

    data = {"theme-theme": "dark", "theme-contrast": "system", "theme-density": "default"}
    picture = SimpleUploadedFile("me.png", b"\x89PNG", content_type="image/png")
    response = admin.post(reverse("wagtailadmin_account"), data | {"avatar-avatar": picture})

    boss.refresh_from_db()
    assert response.status_code == 302
    assert boss.wagtail_userprofile.theme == "dark"
    assert not boss.wagtail_userprofile.avatar


def test_initials_stand_where_wagtail_shows_a_picture(boss):
    from base64 import b64decode

    from wagtail.admin.templatetags.wagtailadmin_tags import avatar_url

    kind, _, picture = avatar_url(boss).partition(",")

    assert kind == "data:image/svg+xml;base64"
    assert ">ББ</text>" in b64decode(picture).decode()


def test_an_administrator_gives_offices_to_staff(admin, person):
    from people.models import Office

    office = Office.objects.get(key="almaty")
    edit = reverse("wagtailusers_users:edit", args=[person.pk])
    data = {"email": person.email, "full_name": "А", "phone": "", "language": "kk", "is_active": "on"}

    admin.post(edit, data | {"offices": [office.pk]})

    assert list(person.offices.all()) == [office]
    assert Html(admin.get(edit)).all("select", name="offices") or Html(admin.get(edit)).all("input", name="offices")
