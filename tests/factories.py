"""Rows for tests, named after states of the domain."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from courses.actions import settle_run
from courses.course import Course
from courses.enrolment import Enrolment
from courses.enums import EnrolmentStatus, RunStatus
from courses.runs import CourseRun, Session
from courses.venue import Venue
from people.bin import check_digit
from people.enums import MembershipState, OfficeState
from people.models import Association, Membership, Office, User

_numbers = itertools.count(1)


def make_office(key: str = "astana", **fields) -> Office:
    """The starter content's office of that key, or a new open one."""
    fields = {"city_kk": key.title(), "city_ru": key.title(), "state": OfficeState.OPEN} | fields
    return Office.objects.get_or_create(key=key, defaults=fields)[0]


def make_user(email: str = "", *, group: str = "", offices: tuple[str, ...] = ("astana",), **fields) -> User:
    """An account with a proven address; with a `group`, staff of `offices`."""
    user = User.objects.create_user(email or f"person-{next(_numbers)}@mail.test", "long-test-password", **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
        user.offices.set([make_office(key) for key in offices])
    return user


def good_bin(number: int) -> str:
    """A BIN of an invented organisation with a right check digit."""
    for extra in range(100):
        first = f"2401{4}0{(number * 100 + extra) % 100_000:05d}"
        if (digit := check_digit(first)) is not None:
            return f"{first}{digit}"
    raise AssertionError("no number found")


def make_association(**fields) -> Association:
    number = next(_numbers)
    fields = {
        "name_kk": f"Үй {number}",
        "name_ru": f"Дом {number}",
        "address": f"Тест көшесі, {number}",
        "office": fields.pop("office", None) or make_office(),
        "bin": good_bin(number),
    } | fields
    return Association.objects.create(**fields)


def make_membership(
    *, user: User | None = None, association: Association | None = None, role: str = "chair", **fields
) -> Membership:
    """Confirmed and valid today, unless `fields` say otherwise."""
    today = timezone.localdate()
    fields = {
        "state": MembershipState.CONFIRMED,
        "valid_from": today - timedelta(days=30),
        "valid_to": today + timedelta(days=700),
        "confirmed_at": timezone.now(),
    } | fields
    return Membership.objects.create(
        user=user or make_user(), association=association or make_association(), role=role, **fields
    )


def make_run(
    *,
    starts_in: timedelta = timedelta(days=7),
    lasts: timedelta = timedelta(hours=6),
    confirmed: int = 0,
    waiting: int = 0,
    course: Course | None = None,
    office: Office | None = None,
    **fields,
) -> CourseRun:
    """A published run with one session; `confirmed` and `waiting` strangers are on it already."""
    starts: datetime = timezone.now() + starts_in
    office = office or make_office()
    run = CourseRun.objects.create(
        course=course or Course.objects.get(code="OSI-101"),
        office=office,
        code=fields.pop("code", f"run-{next(_numbers)}"),
        status=fields.pop("status", RunStatus.PUBLISHED),
        **fields,
    )
    venue, _ = Venue.objects.get_or_create(
        office=office,
        name_kk="Фронт-кеңсе",
        name_ru="Фронт-офис",
        city_kk="Астана",
        city_ru="Астана",
        is_step_free=True,
    )
    Session.objects.create(run=run, starts_at=starts, ends_at=starts + lasts, venue=venue)
    Enrolment.objects.bulk_create(
        Enrolment(
            run=run,
            email=f"stranger-{run.pk}-{place}@mail.test",
            full_name=f"Бөгде {place}",
            language="kk" if place % 2 else "ru",
            status=EnrolmentStatus.WAITLISTED if place >= confirmed else EnrolmentStatus.CONFIRMED,
            waitlist_seq=place + 1 if place >= confirmed else None,
        )
        for place in range(confirmed + waiting)
    )
    CourseRun.objects.filter(pk=run.pk).update(lock_seq=confirmed + waiting + 1)
    settle_run(run_id=run.pk, actor=None)
    return CourseRun.objects.get(pk=run.pk)
