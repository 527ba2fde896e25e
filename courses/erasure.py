"""What happens to a person's seats when she erases her account, or takes back her consent to keep them."""

from __future__ import annotations

from django.utils import timezone

from courses import actions
from courses.enrolment import Enrolment
from people.models import User
from people.privacy.traces import addresses_of


def release_seats(user: User) -> None:
    """Gives her seats and places in the queue of coming runs back, so that the next in line get them.

    Runs are locked in ascending order. After the day until which she could give a seat back herself, it is
    the office that takes it: nobody would come.
    """
    coming = Enrolment.objects.active().filter(user=user).exclude(run__starts_at__lte=timezone.now())
    for pk in coming.order_by("run_id").values_list("pk", flat=True):
        try:
            actions.cancel(enrolment_id=pk, actor=user)
        except actions.TooLate:
            actions.cancel(enrolment_id=pk, actor=user, by_staff=True)


def clear_enrolments(user: User) -> None:
    """Releases coming seats, and takes her out of enrolments that know her by her address alone.

    Those of her account follow from the declaration of `Enrolment`: the seat stays for totals, without a name.
    """
    release_seats(user)
    unnamed = Enrolment.objects.filter(user=None, email__in=addresses_of(user))
    unnamed.update(**Enrolment.personal_data.blanks)
