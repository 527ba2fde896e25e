"""The demo shows a page of each standing."""

from __future__ import annotations

import pytest

from home import demo_law
from law.models import Review
from law.standing import Standing
from tests.core.sample import LANGUAGES
from tests.factories import make_user
from tests.law.reviewing import lawyer, question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_has_signed_overdue_and_rechecked_pages_in_both_languages(client, language):
    demo_law.make_reviews(lawyer=lawyer(), deputy=make_user(group="Editors"))

    standing = {
        slug: question(language, slug).standing for slug in ("kvorum-sobraniya", demo_law.OVERDUE, "pismennyi-opros")
    }

    assert list(standing.values()) == [Standing.SIGNED, Standing.OVERDUE, Standing.RECHECK]


def test_a_second_start_of_the_demo_signs_nothing_again():
    people = {"lawyer": lawyer(), "deputy": make_user(group="Editors")}
    demo_law.make_reviews(**people)
    signed = Review.objects.count()

    demo_law.make_reviews(**people)

    assert Review.objects.count() == signed > 0
