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
from people.models import User

_numbers = itertools.count(1)


def make_user(email: str = "", *, group: str = "", **fields) -> User:
    user = User.objects.create_user(email or f"person-{next(_numbers)}@mail.test", "long-test-password", **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_run(
    *,
    starts_in: timedelta = timedelta(days=7),
    lasts: timedelta = timedelta(hours=6),
    confirmed: int = 0,
    waiting: int = 0,
    course: Course | None = None,
    **fields,
) -> CourseRun:
    """A published run with one session; `confirmed` and `waiting` strangers are on it already."""
    starts: datetime = timezone.now() + starts_in
    run = CourseRun.objects.create(
        course=course or Course.objects.get(code="OSI-101"),
        code=fields.pop("code", f"run-{next(_numbers)}"),
        status=fields.pop("status", RunStatus.PUBLISHED),
        **fields,
    )
    venue, _ = Venue.objects.get_or_create(
        name_kk="Фронт-кеңсе", name_ru="Фронт-офис", city_kk="Астана", city_ru="Астана", is_step_free=True
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
