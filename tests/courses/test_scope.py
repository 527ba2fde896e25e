"""Staff work with runs, venues and people of their own offices; those of another city are not there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from courses import actions
from courses.course import Course
from courses.runs import CourseRun
from courses.venue import Venue
from people.models import AccessRecord
from tests.factories import make_office, make_run, make_user

pytestmark = pytest.mark.django_db

RUN, VENUE = "wagtailsnippets_courses_courserun", "wagtailsnippets_courses_venue"


@pytest.fixture
def theirs() -> CourseRun:
    """A run of Almaty with one participant."""
    run = make_run(office=make_office("almaty"), code="run-of-almaty")
    user = make_user()
    actions.enrol(run_id=run.pk, user=user, full_name="Құпия Есім", phone="", language="kk", actor=user)
    return run


@pytest.fixture
def ours() -> CourseRun:
    return make_run(code="run-of-astana")


@pytest.fixture
def manager(client) -> Client:
    """Signed in as a manager of Astana."""
    client.force_login(make_user(group="Managers"))
    return client


def roster_addresses(run: CourseRun) -> list[str]:
    return [reverse("run_roster", args=[run.pk]), reverse("run_roster_export", args=[run.pk])]


@pytest.mark.parametrize("group", ["Managers", "Desk", "Trainers"])
def test_a_roster_of_another_office_is_not_there_and_no_look_is_recorded(client, ours, theirs, group):
    client.force_login(make_user(group=group))
    may_export = group != "Trainers"

    for address, own in zip(roster_addresses(theirs), roster_addresses(ours), strict=True):
        is_allowed = may_export or not own.endswith(".xlsx")
        assert client.get(address).status_code == (404 if is_allowed else 302)
        assert client.get(own).status_code == (200 if is_allowed else 302)
    assert set(AccessRecord.objects.values_list("label", flat=True)) == {ours.code}


def test_nobody_is_taken_off_a_run_of_another_office(manager, ours, theirs):
    enrolment = theirs.enrolments.get()

    assert manager.post(reverse("run_roster_remove", args=[theirs.pk, enrolment.public_id])).status_code == 404
    assert manager.post(reverse("run_roster_remove", args=[ours.pk, enrolment.public_id])).status_code == 404

    enrolment.refresh_from_db()
    assert enrolment.is_confirmed


def test_staff_of_two_offices_see_both_and_staff_of_none_nothing(client, ours, theirs):
    client.force_login(make_user(group="Managers", offices=("astana", "almaty")))
    assert {client.get(roster_addresses(run)[0]).status_code for run in (ours, theirs)} == {200}
    client.force_login(make_user(group="Managers", offices=()))
    assert {client.get(roster_addresses(run)[0]).status_code for run in (ours, theirs)} == {404}
    client.force_login(make_user(is_superuser=True))
    assert {client.get(roster_addresses(run)[0]).status_code for run in (ours, theirs)} == {200}


@pytest.mark.parametrize("name", ["edit", "delete", "copy", "usage", "history"])
@pytest.mark.parametrize("viewset", [RUN, VENUE])
def test_every_address_of_another_offices_row_answers_404(manager, ours, theirs, viewset, name):
    own, foreign = (ours, theirs) if viewset == RUN else (ours.venue, theirs.venue)

    assert manager.get(reverse(f"{viewset}:{name}", args=[foreign.pk])).status_code == 404
    assert manager.post(reverse(f"{viewset}:{name}", args=[foreign.pk]), {}).status_code == 404
    assert manager.get(reverse(f"{viewset}:{name}", args=[own.pk])).status_code == 200
    assert type(foreign).objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("name", ["list", "list_results"])
def test_lists_name_own_rows_only(manager, ours, theirs, name):
    Venue.objects.filter(pk=theirs.venue.pk).update(name_ru="Зал Алматы", name_kk="Алматы залы")

    runs = manager.get(reverse(f"{RUN}:{name}")).content.decode()
    venues = manager.get(reverse(f"{VENUE}:{name}")).content.decode()

    assert ours.code in runs
    assert theirs.code not in runs
    assert "Зал Алматы" not in venues
    assert "Алматы залы" not in venues


def run_form(**changes) -> dict:
    starts = timezone.localtime() + timedelta(days=20)
    session = {
        "starts_at": f"{starts:%d.%m.%Y} 10:00",
        "ends_at": f"{starts:%d.%m.%Y} 12:00",
        "venue": "",
        "room": "",
        "join_url": "",
    } | changes.pop("session", {})
    fields = {
        "course": Course.objects.get(code="OSI-101").pk,
        "code": "new-run",
        "status": "published",
        "language": "kk",
        "modality": "in_person",
        "office": make_office().pk,
        "eligibility": "chairs",
        "capacity": "20",
        "sessions": inline_formset([session]),
    }
    return nested_form_data(fields | changes)


def test_a_run_is_made_with_own_office_and_venue_only(manager, ours, theirs):
    address = reverse(f"{RUN}:add")

    for wrong in ({"office": theirs.office.pk}, {"session": {"venue": theirs.venue.pk}}):
        assert manager.post(address, run_form(**wrong)).status_code == 200
        assert not CourseRun.objects.filter(code="new-run").exists()

    manager.post(address, run_form(session={"venue": ours.venue.pk}))
    run = CourseRun.objects.get(code="new-run")
    assert (run.office, run.venue, run.eligibility) == (ours.office, ours.venue, "chairs")


def test_a_run_is_not_moved_to_another_office(manager, ours, theirs):
    session = ours.sessions.get()
    form = run_form(code=ours.code, office=theirs.office.pk, sessions=inline_formset([{"id": session.pk}], initial=1))

    assert manager.post(reverse(f"{RUN}:edit", args=[ours.pk]), form).status_code == 200
    ours.refresh_from_db()
    assert ours.office.key == "astana"


def test_own_offices_and_venues_are_offered(manager, ours, theirs):
    Venue.objects.filter(pk=theirs.venue.pk).update(name_kk="Бөтен зал", name_ru="Чужой зал")

    venues = manager.get(reverse("wagtailsnippetchoosers_courses_venue:choose")).json()["html"]
    forms = [manager.get(address).content.decode() for address in (reverse(f"{RUN}:add"), reverse(f"{VENUE}:add"))]

    assert str(ours.venue) in venues or ours.venue.name_ru in venues
    assert "Бөтен зал" not in venues
    assert "Чужой зал" not in venues
    for body in forms:
        assert f'value="{theirs.office.pk}">Алматы' not in body
