"""Editors may publish a provision they have just written; what the lawyers have published they leave alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from law.models import LegalAct, Provision
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def provision() -> Provision:
    """Live, cited by nothing, with a change that goes live tomorrow."""
    made = Provision.objects.create(act=LegalAct.objects.get(key="housing-law"), ref="777")
    made.save_revision().publish()
    made.refresh_from_db()
    made.go_live_at = timezone.now() + timedelta(days=1)
    made.save_revision().publish()
    return made


def addresses(provision: Provision) -> dict[str, str]:
    revision = provision.latest_revision
    return {
        "unpublish": reverse("wagtailsnippets_law_provision:unpublish", args=[provision.pk]),
        "unschedule": reverse("wagtailsnippets_law_provision:revisions_unschedule", args=[provision.pk, revision.pk]),
    }


@pytest.mark.parametrize(("group", "is_done"), [("Editors", False), ("Lawyers", True)])
def test_a_provision_is_taken_back_by_its_lawyers_alone(client, provision, group, is_done):
    client.force_login(make_user(group=group))

    for address in addresses(provision).values():
        client.post(address)

    provision.refresh_from_db()
    assert provision.live is not is_done
    assert (provision.latest_revision.approved_go_live_at is None) is is_done
