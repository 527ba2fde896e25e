"""People and runs of the demo. None of it belongs to a real installation."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.users.models import UserProfile

from courses.actions import lock_run, settle_run
from courses.course import Course
from courses.enrolment import Enrolment, EnrolmentEvent
from courses.enums import Eligibility, EnrolmentStatus, EventReason, RunStatus
from courses.runs import CourseRun, Session
from courses.venue import Venue
from home import demo_house, demo_law
from home.starter import files
from people.models import Office, User

DOMAIN = "demo.example"
PILOT = "astana"
PASSWORD = "aman-uy-2026"  # noqa: S105  printed on the screen of whoever runs the demo
# (name of the address, group, what the account can show). Those without a group are participants, but for the first.
ACCOUNTS = [
    ("admin", None, "everything"),
    ("editor", "Editors", "questions, guides, courses in both languages"),
    ("lawyer", "Lawyers", "acts and provisions, the text of any page"),
    ("trainer", "Trainers", "lessons, rosters"),
    ("desk", "Desk", "rosters and their export"),
    ("manager", "Managers", "runs, rosters, pages, associations of Astana"),
    ("almaty", "Managers", "the same for Almaty: nothing of Astana is there"),
    ("chair", None, "a chair whose role is confirmed: may take a seat for chairs"),
    ("resident", None, "a chair whose minutes the office has to look at: may not yet"),
]
OFFICES = {"almaty": "almaty"}  # of everybody else: the pilot
SIGNATURES = {"lawyer": "Әлия Нұрланова"}  # readers see it on the pages she signs
NAMES = (
    "Айгүл Серікова, Нұрлан Әбдіров, Ольга Ким, Ерлан Тұрсынов, Светлана Иванова, "
    "Дәурен Қасымов, Гүлнар Омарова, Сергей Петров, Жанар Төлегенова, Марат Сәдуақасов, "
    "Наталья Цой, Бауыржан Мұқанов, Әсел Нұрғалиева, Виктор Ли, Қанат Жүнісов, "
    "Ирина Шевченко, Динара Әлімова, Талғат Оспанов, Елена Соколова, Арман Бекенов, "
    "Мәдина Қуанышева, Андрей Попов, Сәуле Ахметова, Рустам Ибрагимов, Перизат Сейітова"
).split(", ")


def address(name: str) -> str:
    return f"{name}@{DOMAIN}"


def is_foreign() -> bool:
    """True for a database that has people but none of the demo's: somebody's real one."""
    users = User.objects.all()
    return users.exists() and not users.filter(email=address("admin")).exists()


def make_accounts() -> None:
    """An account a role, each with a known password, and the houses of the participants. Existing ones are left."""
    for name, group, _shows in ACCOUNTS:
        if User.objects.filter(email=address(name)).exists():
            continue
        staff = name not in demo_house.people()
        user = User.objects.create_user(
            address(name),
            PASSWORD,
            full_name=SIGNATURES.get(name, name.capitalize()) if staff else "",
            is_superuser=name == "admin",
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if group:
            user.groups.add(Group.objects.get(name=group))
            user.offices.add(Office.objects.get(key=OFFICES.get(name, PILOT)))
        if staff:
            UserProfile.objects.create(user=user, preferred_language="ru")
    demo_house.fill_office()
    demo_house.make_associations()
    for name in demo_house.people():
        demo_house.give_role(name, User.objects.get(email=address(name)))


def make_reviews() -> None:
    """Pages that are signed, overdue and under re-check."""
    lawyer, editor = (User.objects.get(email=address(name)) for name in ("lawyer", "editor"))
    demo_law.make_reviews(lawyer=lawyer, deputy=editor)


def make_runs() -> None:
    """Runs by date from today: one with seats, one full with a queue, one for chairs, one past."""
    content = files.read("runs.yaml")
    venue = _venue(content["venue"], Office.objects.get(key=PILOT))
    for facts in content["runs"]:
        if not CourseRun.objects.filter(code=facts["code"]).exists():
            _make_run(facts, venue)


def _venue(facts: dict, office: Office) -> Venue:
    words = {f"{field}_{language}": facts[language][field] for language in files.LANGUAGES for field in facts[language]}
    found = Venue.objects.filter(name_ru=words["name_ru"], city_ru=words["city_ru"]).first()
    return found or Venue.objects.create(office=office, is_step_free=facts["is_step_free"], **words)


@transaction.atomic
def _make_run(facts: dict, venue: Venue) -> None:
    day = _saturday() + datetime.timedelta(weeks=facts["weeks"])
    start, end = (_at(day, facts[edge]) for edge in ("start", "end"))
    run = CourseRun.objects.create(
        course=Course.objects.get(code=facts["course"]),
        code=facts["code"],
        office=venue.office,
        status=RunStatus.PUBLISHED,
        language=facts["language"],
        eligibility=facts.get("eligibility", Eligibility.EVERYONE),
        capacity=facts["capacity"],
        cancel_until=start - datetime.timedelta(days=1),
    )
    Session.objects.create(run=run, starts_at=start, ends_at=end, venue=venue)
    settle_run(run_id=run.pk, actor=None)
    for place in range(facts["confirmed"] + facts["waiting"]):
        _seat(run, place, waits=place >= facts["confirmed"])


def _seat(run: CourseRun, place: int, *, waits: bool) -> None:
    """A participant who never gets mail: her row is written without a message."""
    status = EnrolmentStatus.WAITLISTED if waits else EnrolmentStatus.CONFIRMED
    enrolment = Enrolment.objects.create(
        run=run,
        email=f"participant-{place + 1}@{DOMAIN}",
        full_name=NAMES[place % len(NAMES)],
        phone=f"+7 700 000 {place // 100:02d} {place % 100:02d}",
        language=files.LANGUAGES[place % 2],
        status=status,
        waitlist_seq=lock_run(run.pk).lock_seq if waits else None,
    )
    EnrolmentEvent.objects.create(enrolment=enrolment, to_status=status, reason=EventReason.SIGNED_UP)


def _saturday() -> datetime.date:
    """The first Saturday at least three days away: time enough to sign up."""
    soonest = timezone.localdate() + datetime.timedelta(days=3)
    return soonest + datetime.timedelta(days=(5 - soonest.weekday()) % 7)


def _at(day: datetime.date, clock: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(clock), ZoneInfo(settings.TIME_ZONE))
