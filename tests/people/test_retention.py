"""What was kept long enough goes, by its declaration, and nothing sooner."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.outbox import OutboxMessage
from courses.actions import enrol
from courses.enrolment import Enrolment
from people.models import AccessRecord, Invitation, Membership, Office, RegisterImport
from people.privacy import retention
from tests.factories import make_association, make_membership, make_run, make_user

pytestmark = pytest.mark.django_db

YEAR = 365


def ago(days: float):
    return timezone.now() - timedelta(days=days)


def run_it(*arguments: str) -> dict[str, int]:
    """What the command printed: number by line."""
    out = StringIO()
    call_command("apply_retention", *arguments, stdout=out)
    rows = (line.strip().split(maxsplit=1) for line in out.getvalue().splitlines())
    return {what: int(number) for number, what in rows}


@pytest.fixture(autouse=True)
def empty_storage():
    yield
    for folder in ("protocols", "imports"):
        for path in retention._files_in(storages["private"], folder):
            storages["private"].delete(path)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def old_seat(days: float, name="Айгүл Серікова") -> Enrolment:
    run = make_run()
    user = make_user(full_name=name)
    seat = enrol(run_id=run.pk, user=user, full_name=name, phone="+7 701", language="kk", actor=user)[0]
    type(run).objects.filter(pk=run.pk).update(starts_at=ago(days + 1), ends_at=ago(days))
    return seat


def invitation(days_over: float) -> Invitation:
    return Invitation.objects.create(
        association=make_association(),
        role="council",
        email="guest@mail.test",
        valid_from=timezone.localdate(),
        token_hash=str(days_over),
        invited_by=make_user(),
        expires_at=ago(days_over),
    )


def letter(key: str, **fields) -> OutboxMessage:
    made = fields.pop("made", None)
    row = OutboxMessage.objects.create(
        kind=fields.pop("kind", "news"), recipient="a@mail.test", language="kk", dedupe_key=key, **fields
    )
    if made:
        OutboxMessage.objects.filter(pk=row.pk).update(created_at=made)
    return row


def test_a_seat_of_three_years_ago_stays_without_a_name():
    old, young = old_seat(3 * YEAR + 1), old_seat(3 * YEAR - 1)

    assert run_it()["courses.Enrolment anonymised"] == 1

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.user, old.email, old.full_name, old.phone, old.status) == (None, "", "", "", "confirmed")
    assert young.full_name == "Айгүл Серікова"


def test_invitations_looks_and_letters_go_by_their_declarations():
    gone, kept = invitation(91), invitation(89)
    boss = make_user()
    AccessRecord.objects.create(actor=boss, kind="roster")
    AccessRecord.objects.update(at=ago(YEAR + 1))
    young_look = AccessRecord.objects.create(actor=boss, kind="roster")
    letter("old", sent_at=ago(181))
    young_letter = letter("young", sent_at=ago(179))

    done = run_it()

    assert list(Invitation.objects.all()) == [kept]
    assert gone.pk != kept.pk
    assert list(AccessRecord.objects.all()) == [young_look]
    assert list(OutboxMessage.objects.all()) == [young_letter]
    names = ("people.Invitation deleted", "people.AccessRecord deleted", "core.OutboxMessage deleted")
    assert [done[name] for name in names] == [1, 1, 1]


def test_letters_that_never_went_out_and_codes_do_not_lie_around():
    letter("stuck", made=ago(31))
    waiting = letter("waiting", made=ago(29))
    letter("code:1", made=ago(1), sent_at=ago(1))
    letter("account:1", kind="account", made=ago(1), sent_at=ago(1))
    fresh = letter("code:2")

    run_it()

    assert set(OutboxMessage.objects.all()) == {waiting, fresh}


def test_minutes_of_claims_that_were_not_confirmed_go_after_90_days(commit):
    claims = {}
    for key, state, days in [
        ("rejected", "rejected", 91),
        ("withdrawn", "withdrawn", 91),
        ("young", "rejected", 89),
        ("confirmed", "confirmed", 400),
    ]:
        membership = make_membership(state=state, protocol_name="хаттама.pdf")
        membership.protocol.save("x.pdf", ContentFile(b"%PDF"))
        Membership.objects.filter(pk=membership.pk).update(updated_at=ago(days))
        claims[key] = membership
    paths = {key: membership.protocol.name for key, membership in claims.items()}

    with commit():
        assert run_it()["people.Membership minutes"] == 2

    for key, membership in claims.items():
        membership.refresh_from_db()
        stays = key in {"young", "confirmed"}
        assert bool(membership.protocol) is bool(membership.protocol_name) is stays
        assert storages["private"].exists(paths[key]) is stays


def test_the_file_of_an_import_goes_when_it_has_ended_and_who_ran_it_after_180_days(commit):
    staff = make_user(group="Managers")
    fields = {"office": Office.objects.get(key="astana"), "started_by": staff, "file_name": "register.csv"}
    ended = RegisterImport.objects.create(state="done", finished_at=timezone.now(), **fields)
    running = RegisterImport.objects.create(state="running", **fields)
    for row in (ended, running):
        row.file.save("r.csv", ContentFile(b"1"))
    RegisterImport.objects.filter(pk=ended.pk).update(created_at=ago(181))

    with commit():
        run_it()

    ended.refresh_from_db()
    running.refresh_from_db()
    assert (bool(ended.file), ended.started_by) == (False, None)
    assert (bool(running.file), running.started_by) == (True, staff)


def test_sessions_that_are_over_go_with_the_browsers_they_were_opened_in(client):
    user = make_user()
    client.force_login(user)
    client.get("/kk/cabinet/")
    current = client.session.session_key
    over = SessionStore()
    over["typed"] = "x"
    over.save()
    Session.objects.filter(session_key=over.session_key).update(expire_date=ago(1))
    UserSession.objects.create(user=user, ip="203.0.113.9", session_key="gone", user_agent="x", last_seen_at=ago(31))

    done = run_it()

    assert set(Session.objects.values_list("session_key", flat=True)) == {current}
    assert UserSession.objects.filter(user=user).get().session_key == current
    assert (done["sessions.Session deleted"], done["usersessions.UserSession deleted"]) == (1, 1)


def test_results_of_tasks_go_after_30_days_and_waiting_ones_stay():
    fields = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "core.outbox.deliver",
        "backend_name": "default",
        "run_after": timezone.now(),
    }
    for days in (31, 29, None):
        DBTaskResult.objects.create(finished_at=ago(days) if days else None, **fields)
    DBTaskResult.objects.update(enqueued_at=ago(60))

    assert run_it()["django_tasks_database.DBTaskResult deleted"] == 1
    assert DBTaskResult.objects.count() == 2


def test_a_file_that_lost_its_row_goes_after_a_day(monkeypatch):
    storage = storages["private"]
    membership = make_membership()
    membership.protocol.save("x.pdf", ContentFile(b"%PDF"))
    lost = storage.save("protocols/lost.pdf", ContentFile(b"%PDF"))
    assert run_it()["files nobody refers to"] == 0

    now = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(days=2))

    assert run_it()["files nobody refers to"] == 1
    assert not storage.exists(lost)
    assert storage.exists(membership.protocol.name)


def test_counters_that_are_over_leave_a_cache_in_the_database(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache_test"}
    }
    call_command("createcachetable", verbosity=0)
    caches["default"].set("over", 1, timeout=1)
    caches["default"].set("stays", 1, timeout=3600)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_cache_test SET expires = '2020-01-01 00:00:00' WHERE cache_key LIKE '%over'")

    assert run_it("--dry-run")["old counters in the cache"] == 1
    assert run_it()["old counters in the cache"] == 1
    assert run_it()["old counters in the cache"] == 0
    assert caches["default"].get("stays") == 1


def everything_old() -> None:
    old_seat(3 * YEAR + 1)
    invitation(91)
    letter("old", sent_at=ago(181))
    membership = make_membership(state="rejected")
    membership.protocol.save("x.pdf", ContentFile(b"%PDF"))
    Membership.objects.update(updated_at=ago(91))


def snapshot() -> list:
    models = (Enrolment, Invitation, OutboxMessage, Membership, Session)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_dry_run_counts_and_writes_nothing(commit):
    everything_old()
    before = snapshot()

    with commit():
        planned = run_it("--dry-run")

    assert snapshot() == before
    with commit():
        assert run_it() == planned
    assert snapshot() != before


def test_it_is_safe_to_run_twice(commit):
    everything_old()
    with commit():
        run_it()
    before = snapshot()

    with commit():
        assert set(run_it().values()) == {0}

    assert snapshot() == before


def test_it_works_in_batches(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 3)
    for number in range(8):
        letter(f"old {number}", sent_at=ago(181))

    assert run_it()["core.OutboxMessage deleted"] == 8
    assert not OutboxMessage.objects.exists()


def test_a_name_is_not_printed():
    old_seat(3 * YEAR + 1, name="Айгүл Серікова")
    out = StringIO()

    call_command("apply_retention", stdout=out)

    assert "Айгүл" not in out.getvalue()
