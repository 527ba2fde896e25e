"""Staff see who is signed up and take the list with them."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from courses import actions
from courses.course import Course
from courses.enums import EnrolmentStatus, EventReason, RunStatus
from courses.runs import CourseRun
from courses.venue import Venue
from people.models import AccessRecord, User
from tests.core.words import said
from tests.factories import make_association, make_membership, make_office, make_run, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    client.force_login(make_user(group="Managers"))
    return client


def seat(run, **fields):
    user = make_user()
    values = {"full_name": "Айгүл Серікова", "phone": "+7 701 111 22 33"} | fields
    return actions.enrol(run_id=run.pk, user=user, language="kk", actor=user, **values)[0]


def run_form(run=None, **changes) -> dict:
    session = run.sessions.get() if run else None
    starts = timezone.localtime(session.starts_at if session else timezone.now() + timedelta(days=30))
    fields = {
        "course": Course.objects.get(code="OSI-101").pk,
        "code": run.code if run else "spring-1",
        "status": RunStatus.PUBLISHED,
        "language": "kk",
        "modality": "in_person",
        "trainer": "",
        "office": str(make_office().pk),
        "eligibility": "everyone",
        "capacity": "20",
        "has_waitlist": "on",
        "waitlist_limit": "",
        "enrol_opens_at": "",
        "enrol_closes_at": "",
        "cancel_until": "",
        "sessions": inline_formset(
            [
                {
                    "id": session.pk if session else "",
                    "starts_at": f"{starts:%d.%m.%Y %H:%M}",
                    "ends_at": f"{starts + timedelta(hours=3):%d.%m.%Y %H:%M}",
                    "venue": Venue.objects.first().pk,
                    "room": "",
                    "join_url": "",
                }
            ],
            initial=1 if session else 0,
        ),
    }
    return nested_form_data(fields | changes)


def test_the_roster_names_people_contacts_and_their_place(manager):
    run = make_run(capacity=1)
    seat(run)
    waiting = seat(run, full_name="Нұрлан Әбдіров")

    body = manager.get(reverse("run_roster", args=[run.pk])).content.decode()

    assert "Айгүл Серікова" in body
    assert "+7 701 111 22 33" in body
    assert waiting.email in body
    assert body.index("Айгүл Серікова") < body.index("Нұрлан Әбдіров")


def test_an_empty_roster_says_so(manager):
    assert manager.get(reverse("run_roster", args=[make_run().pk])).status_code == 200


@pytest.mark.parametrize("name", ['=HYPERLINK("http://evil.example")', "+7 & co", "-1", "@cmd", "\tTab", "Ә\x07ж"])
def test_the_exported_file_holds_text_and_never_a_formula(manager, name):
    run = make_run()
    enrolment = seat(run)
    type(enrolment).objects.filter(pk=enrolment.pk).update(full_name=name)

    response = manager.get(reverse("run_roster_export", args=[run.pk]))

    sheet = load_workbook(BytesIO(response.content)).active
    row = list(next(sheet.iter_rows(min_row=2, max_row=2)))
    assert row[2].value == "".join(letter for letter in name if letter.isprintable())
    assert {cell.data_type for cell in row if cell.value} == {"s"}
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("name", ["=1+1", "@cmd"])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_association_and_role_stand_on_the_list_and_in_the_file(client, language, name):
    manager = make_user(group="Managers")
    UserProfile.objects.create(user=manager, preferred_language=language)
    client.force_login(manager)
    run = make_run()
    chair = make_membership(association=make_association(name_kk=name, name_ru=name, kind="ksk")).user
    actions.enrol(run_id=run.pk, user=chair, full_name="Айгүл", phone="", language="kk", actor=chair)
    seat(run, full_name="Нұрлан")

    body = client.get(reverse("run_roster", args=[run.pk])).content.decode()
    sheet = load_workbook(BytesIO(client.get(reverse("run_roster_export", args=[run.pk])).content)).active

    form, role = (
        said(language, "KSK", context="association"),
        said(language, "chair", context="membership"),
    )
    assert f"<td>{form} {name}</td>" in body
    assert f"<td>{role}</td>" in body
    heads, row, other = ([cell.value for cell in cells] for cells in sheet.iter_rows(max_row=3))
    assert heads[3:5] == [said(language, "Association"), said(language, "Role")]
    assert row[2:5] == ["Айгүл", f"{form} {name}", role]
    assert other[2:5] == ["Нұрлан", None, None]


def test_each_look_at_a_roster_is_recorded_without_a_name(manager, client):
    run = make_run(confirmed=2, waiting=1)

    client.get(reverse("run_roster", args=[run.pk]))
    client.get(reverse("run_roster_export", args=[run.pk]))

    looks = [(look.kind, look.label, look.people, look.subject) for look in AccessRecord.objects.order_by("pk")]
    assert looks == [("roster", run.code, 3, None), ("roster_export", run.code, 3, None)]
    assert {look.actor for look in AccessRecord.objects.all()} == {User.objects.get(groups__name="Managers")}


def test_taking_a_person_off_gives_the_seat_to_the_first_in_line(manager):
    run = make_run(capacity=1)
    first, second = seat(run), seat(run)
    address = reverse("run_roster_remove", args=[run.pk, first.public_id])

    assert manager.get(address).status_code == 405
    manager.post(address)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.status == EnrolmentStatus.CANCELLED_BY_STAFF
    assert second.is_confirmed
    assert first.events.last().reason == EventReason.BY_STAFF


def test_a_run_is_made_in_the_admin_and_found_on_the_site(manager):
    make_run()
    address = reverse("wagtailsnippets_courses_courserun:add")
    assert manager.get(address).status_code == 200

    response = manager.post(address, run_form(), follow=True)

    run = CourseRun.objects.filter(code="spring-1").first()
    assert run, response.content.decode()[-3000:]
    assert run.starts_at == run.sessions.get().starts_at
    assert manager.get("/kk/seminars/spring-1/").status_code == 200


def test_seats_added_in_the_admin_go_to_the_queue(manager):
    run = make_run(capacity=1)
    people = [seat(run) for _ in range(4)]
    address = reverse("wagtailsnippets_courses_courserun:edit", args=[run.pk])

    manager.post(address, run_form(run, capacity="3"), follow=True)

    assert CourseRun.objects.get(pk=run.pk).capacity == 3
    for enrolment in people:
        enrolment.refresh_from_db()
    assert [enrolment.is_confirmed for enrolment in people] == [True, True, True, False]


def test_a_form_opened_before_somebody_signed_up_does_not_turn_the_lock_back(manager):
    run = make_run()
    stale = CourseRun.objects.get(pk=run.pk)
    seat(run)
    now = CourseRun.objects.get(pk=run.pk).lock_seq
    stale.trainer = "Заңгер"
    stale.save()
    assert CourseRun.objects.get(pk=run.pk).lock_seq == now


@pytest.mark.parametrize("changes", [{"capacity": "-1"}, {"code": ""}, {"code": "spring 1"}])
def test_a_wrong_run_is_not_saved(manager, changes):
    make_run()
    response = manager.post(reverse("wagtailsnippets_courses_courserun:add"), run_form(**changes))
    assert response.status_code == 200
    assert not CourseRun.objects.filter(trainer="", capacity=20).exclude(code__startswith="run-").exists()


def test_a_session_that_ends_before_it_starts_is_not_saved(manager):
    make_run()
    form = run_form() | {"sessions-0-ends_at": "01.01.2020 10:00"}
    assert manager.post(reverse("wagtailsnippets_courses_courserun:add"), form).status_code == 200
    assert not CourseRun.objects.filter(code="spring-1").exists()
