"""Real connections: rows are committed and removed by hand, so that the content stays for other tests."""

import pytest

from tests.factories import make_run, make_user


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Makes committed runs and users; everything is removed afterwards."""
    from core.outbox import OutboxMessage
    from courses.enrolment import Enrolment
    from courses.runs import CourseRun
    from people.models import User

    runs, users = [], []

    class Committed:
        @staticmethod
        def run(**fields):
            runs.append(make_run(**fields))
            return runs[-1]

        @staticmethod
        def user(**fields):
            users.append(make_user(**fields))
            return users[-1]

    with django_db_blocker.unblock():
        yield Committed
        Enrolment.objects.filter(run__in=runs).delete()
        CourseRun.objects.filter(pk__in=[run.pk for run in runs]).delete()
        User.objects.filter(pk__in=[user.pk for user in users]).delete()
        OutboxMessage.objects.all().delete()
