"""Who is erased in tests, and how she signs up before."""

from __future__ import annotations

import pytest
from django.utils import translation

from courses.actions import enrol
from people.models import User
from tests.factories import make_user

NAME = "Гүлсезім Ерасылқызы"


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def gulsezim():
    return make_user("gulsezim@mail.test", full_name=NAME, phone="+7 700 555 44 33")


def sign_up(run, user):
    return enrol(run_id=run.pk, user=user, full_name=user.full_name, phone=user.phone, language="kk", actor=user)[0]


def boss():
    return User.objects.create_superuser("boss@mail.test", "long-test-password")


def shown(language: str, message: str) -> str:
    with translation.override(language):
        return " ".join(translation.gettext(message).split())
