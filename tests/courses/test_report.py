"""The report by district: how many associations have a chair who studies."""

from __future__ import annotations

import pytest
from django.utils import translation

from courses import actions
from courses.report import chairs_with_a_seat
from people.admin.reports import district_report
from people.models import Association, Membership, Office
from tests.factories import make_association, make_membership, make_office, make_run, make_user

pytestmark = pytest.mark.django_db


def seat(user, run=None):
    fields = {"full_name": "А Б", "phone": "", "language": "kk", "actor": user}
    return actions.enrol(run_id=(run or make_run()).pk, user=user, **fields)[0]


def test_each_association_counts_once_by_its_district():
    first, second = make_office().districts.all()[:2]
    chair = make_membership(association=make_association(district=first)).user
    seat(chair)
    seat(chair)
    seat(make_membership(association=make_association(district=first)).user)
    seat(make_membership(association=make_association(district=second)).user)
    seat(make_membership(association=make_association()).user)
    assert chairs_with_a_seat(Association.objects.all()) == {first.pk: 2, second.pk: 1, None: 1}


def test_only_confirmed_seats_of_chairs_of_the_given_associations_count():
    district = make_office().districts.first()
    full = make_run(capacity=0)
    seat(make_membership(association=make_association(district=district)).user, full)
    given_back = make_membership(association=make_association(district=district)).user
    actions.cancel(enrolment_id=seat(given_back).pk, actor=given_back)
    seat(make_membership(association=make_association(district=district), role="council").user)
    seat(make_user())
    assert chairs_with_a_seat(Association.objects.all()) == {}

    counted = make_membership(association=make_association(district=district))
    seat(counted.user)
    Membership.objects.update(state="ended")
    assert chairs_with_a_seat(Association.objects.all()) == {district.pk: 1}, "she was a chair when she signed up"
    assert chairs_with_a_seat(Association.objects.exclude(pk=counted.association_id)) == {}


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "Семинарда орны бар төрағалар"), ("ru", "Председатели с местом")]
)
def test_the_column_stands_in_the_report_of_own_offices(language, words):
    seat(make_membership(association=make_association(district=make_office().districts.first())).user)

    with translation.override(language):
        report = district_report(Office.objects.filter(key="astana"))
        (place,) = [place for place, head in enumerate(report.heads) if str(head).startswith(words)]
    shift = len(report.heads) - len(report.totals)
    assert report.totals[place - shift] == 1
    elsewhere = district_report(Office.objects.filter(key="almaty"))
    assert elsewhere.totals[place - shift] == 0
