"""A person with unmistakable data, her walk through the site, and every place where something of her could lie."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.outbox import OutboxMessage
from courses.actions import enrol
from people import invitations, mandates
from people.models import ErasureRecord, User
from tests.factories import make_association, make_membership, make_run, make_user
from tests.people.steps import ask, code_in, enter, last_code

NAME = "Ұлпанзия Ерекшеқызы"
PHONE = "+7 708 913 57 24"
EMAIL = "ulpanziya.planted@mail.test"
IP = "203.0.113.77"
AGENT = "PlantedBrowser/7.3"
MINUTES = "хаттама-Ерекшеқызы-991231400777.pdf"
INSIDE = "ЖСН 991231400777"
NOTE = "түпнұсқасын Ерекшеқызы әкелді"
PLANTED = (NAME, "Ерекшеқызы", PHONE, EMAIL, IP, AGENT, "991231400777", NOTE)
# Django writes whole template contexts at DEBUG, for developers: no installation listens to that logger below INFO.
FOR_DEVELOPERS = "django.template"
# Wagtail sends what an administrator types into its search by GET; nobody but her types it there.
ADMIN_SEARCH = "/admin/users/"
# Counters of requests by network live in the cache for minutes, whoever is behind the network.
COUNTERS_LIVE = 60 * 60


@dataclass
class Watch:
    """Everything that leaves the site while she walks: log lines, addresses, subjects of letters."""

    lines: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


class Listener(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lines = lines

    def emit(self, record) -> None:
        if record.name == FOR_DEVELOPERS and record.levelno < logging.INFO:
            return
        self.lines.append(f"{record.name} {self.format(record)} {record.args}")


class Browser(Client):
    """A client that notes each address it asks for and is sent to."""

    watch: Watch | None = None

    def request(self, **request):
        response = super().request(**request)
        if self.watch is not None:
            asked = request.get("PATH_INFO", "") + "?" + request.get("QUERY_STRING", "")
            if not asked.startswith(f"{ADMIN_SEARCH}?q="):
                self.watch.addresses += [asked, response.headers.get("Location", "")]
        return response


def browser(**meta) -> Browser:
    return Browser(REMOTE_ADDR=IP, HTTP_USER_AGENT=AGENT, **meta)


def walk(commit) -> tuple[Browser, User]:
    """Sign-up as a stranger, profile, queue, role, invitations, password, and what staff do with her."""
    client = browser()
    run, full = make_run(capacity=5), make_run(capacity=0)
    form = {"full_name": NAME, "phone": PHONE, "consent": "on", "expects": "seat"}
    with commit():
        client.post(f"/kk/seminars/{run.code}/enrol/", form | {"email": EMAIL})
        assert enter(client, last_code()).status_code == 302
    user = User.objects.get(email=EMAIL)
    with commit():
        client.post("/kk/cabinet/profile/", {"full_name": NAME, "phone": PHONE, "language": "kk"})
        client.post(f"/kk/seminars/{full.code}/enrol/", form | {"expects": "queue"})
    assert user.enrolments.active().count() == 2
    with commit():
        membership = _claim_and_confirm(user)
        _invite(user, membership)
        client.post("/kk/account/password/set/", {"password1": "long-Planted-9!", "password2": "long-Planted-9!"})
        _staff_look(user, run)
    for address in ("", "data/", "messages/"):
        client.get(f"/kk/cabinet/{address}", follow=True)
    assert b"data.json" in b"".join(client.post("/kk/cabinet/data/export/").streaming_content)
    ask(browser(), EMAIL)  # begun on another telephone, never finished
    EmailAddress.objects.create(user=make_user(), email=EMAIL, verified=False, primary=False)  # somebody tried
    elsewhere = SessionStore()
    elsewhere["seat_wanted"] = {"typed": {"email": EMAIL, "full_name": NAME, "phone": PHONE}}
    elsewhere.save()
    DBTaskResult.objects.create(
        args_kwargs={"args": [1], "kwargs": {}},
        task_path="core.outbox.deliver",
        backend_name="default",
        run_after=timezone.now(),
        finished_at=timezone.now(),
        status="FAILED",
        traceback=f"SMTPRecipientsRefused: {EMAIL}",
    )
    user.refresh_from_db()
    assert (user.full_name, user.phone) == (NAME, PHONE)
    return client, user


def _claim_and_confirm(user):
    content = b"%PDF-1.4\n" + INSIDE.encode() + b"\n%%EOF\n"
    membership = mandates.claim(
        user=user,
        association_id=make_association().pk,
        role="chair",
        valid_from=timezone.localdate(),
        valid_to=None,
        protocol=SimpleUploadedFile(MINUTES, content),
        language="kk",
    )
    mandates.confirm(membership_id=membership.pk, actor=make_user(group="Desk"))
    type(membership).objects.filter(pk=membership.pk).update(note=NOTE)
    return membership


def _invite(user, membership) -> None:
    """She invites somebody, another chair invites her, and his letters name her."""
    today = timezone.localdate()
    about = {"role": "accountant", "valid_from": today, "valid_to": None, "language": "kk"}
    invitations.invite(association_id=membership.association_id, actor=user, email="guest@mail.test", **about)
    other = make_membership()
    invitations.invite(association_id=other.association_id, actor=other.user, email=EMAIL, **about)
    OutboxMessage.objects.create(
        kind="people/news",
        recipient=other.user.email,
        person=other.user,
        language="kk",
        body=f"{NAME} шақыруды қабылдады",
        dedupe_key="news",
        sent_at=timezone.now(),
    )
    OutboxMessage.objects.create(
        kind="people/news",
        recipient=other.user.email,
        person=other.user,
        language="kk",
        context={"who": NAME},
        dedupe_key="coming news",
        not_before=timezone.now() + timezone.timedelta(days=1),
    )


def _staff_look(user, run) -> None:
    staff = Browser(REMOTE_ADDR="198.51.100.1")
    staff.force_login(User.objects.create_superuser("boss@mail.test", "long-test-password", full_name="Бастық"))
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    assert NAME in staff.get(reverse("wagtailusers_users:index"), {"q": "planted"}).content.decode()
    staff.get(edit)
    data = {"email": EMAIL, "full_name": NAME, "phone": PHONE, "language": "kk", "is_active": "on"}
    assert staff.post(edit, data).status_code == 302  # not followed: what it says waits in the session
    assert NAME in staff.get(reverse("run_roster", args=[run.pk])).content.decode()
    assert staff.get(reverse("run_roster_export", args=[run.pk])).status_code == 200
    other = make_run()
    seat = enrol(run_id=other.pk, user=user, full_name=NAME, phone=PHONE, language="kk", actor=user)[0]
    staff.post(reverse("run_roster_remove", args=[other.pk, seat.public_id]))  # «… was taken off the run» waits too


def erase(client, commit) -> None:
    with commit():
        client.post("/kk/cabinet/data/erase/", {"action": "send"})
    with commit():
        response = client.post("/kk/cabinet/data/erase/", {"code": code_in(mail.outbox[-1])})
    assert response.status_code == 302
    assert ErasureRecord.objects.count() == 1


# Where to look ---------------------------------------------------------------------------------------------


def _tables() -> dict[str, str]:
    """Every table as text, search indexes included; sessions decoded."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor, include_views=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[f"table {table}"] = "\n".join(map(_readable, cursor.fetchall()))
    found["sessions, decoded"] = "\n".join(str(session.get_decoded()) for session in Session.objects.all())
    return found


def _readable(row: tuple) -> str:
    return " | ".join(
        value.decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value) for value in row
    )


def files_in(storage, folder: str = "") -> list[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return []
    paths = [f"{folder}/{name}".lstrip("/") for name in names]
    return paths + [path for inner in folders for path in files_in(storage, f"{folder}/{inner}".lstrip("/"))]


def _storages() -> dict[str, str]:
    found = {}
    for alias in ("default", "private"):
        for path in files_in(storages[alias]):
            with storages[alias].open(path) as file:
                found[f"file {alias}:{path}"] = path + file.read().decode(errors="replace")
    return found


def _cache() -> dict[str, str]:
    later = time.time() + COUNTERS_LIVE
    return {
        f"cache {key}": key + value.decode(errors="replace")
        for key, value in cache._cache.items()
        if (cache._expire_info.get(key) or later + 1) > later
    }


def where_planted() -> set[str]:
    """The places that hold one of her values, as it is or escaped in JSON."""
    needles = {value for planted in PLANTED for value in (planted, json.dumps(planted)[1:-1])}
    places = _tables() | _storages() | _cache()
    return {place for place, text in places.items() if any(needle in text for needle in needles)}
