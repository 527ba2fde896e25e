"""What seminars add to the report by district."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from courses.enrolment import Enrolment
from people.associations import Association


def chairs_with_a_seat(rows: QuerySet[Association]) -> dict[int | None, int]:
    """{district id: how many of these associations had or have a chair with a seat at a seminar}. One query."""
    seats = Enrolment.objects.holding_seat().of_chairs().filter(association__in=rows)
    found = seats.order_by().values_list("association__district")
    return dict(found.annotate(Count("association", distinct=True)))
