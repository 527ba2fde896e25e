"""States and their named sets, in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    BASIC = "basic", _("basic")
    ADVANCED = "advanced", _("advanced")


class RunStatus(models.TextChoices):
    """Whether sign-up is open and whether a run is over follow from its dates and are not stored."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


class Modality(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")


class RunLanguage(models.TextChoices):
    KK = "kk", _("Kazakh")
    RU = "ru", _("Russian")
    BOTH = "both", _("Kazakh and Russian")


class Eligibility(models.TextChoices):
    """Whom a run is for. Roles count while the mandate holds on the day of signing up."""

    EVERYONE = "everyone", _("everyone")
    MEMBERS = "members", _("confirmed members of an association")
    CHAIRS = "chairs", _("confirmed chairs of an association")


class EnrolmentStatus(models.TextChoices):
    CONFIRMED = "confirmed", pgettext_lazy("seat", "confirmed")
    WAITLISTED = "waitlisted", pgettext_lazy("seat", "in the queue")
    CANCELLED_BY_USER = "cancelled_by_user", _("cancelled by the participant")
    CANCELLED_BY_STAFF = "cancelled_by_staff", _("cancelled by the office")


# One definition of what takes a place in the room, and of who still takes part.
HOLDS_SEAT = frozenset({EnrolmentStatus.CONFIRMED})
ACTIVE = frozenset({EnrolmentStatus.CONFIRMED, EnrolmentStatus.WAITLISTED})
CANCELLED = frozenset({EnrolmentStatus.CANCELLED_BY_USER, EnrolmentStatus.CANCELLED_BY_STAFF})

# From → to. `None` is the birth of a row. A cancelled enrolment never comes back: a new row gets a new place.
TRANSITIONS: dict[str | None, frozenset[EnrolmentStatus]] = {
    None: ACTIVE,
    EnrolmentStatus.CONFIRMED: CANCELLED,
    EnrolmentStatus.WAITLISTED: CANCELLED | {EnrolmentStatus.CONFIRMED},
}


class EnrolmentRefusal(models.TextChoices):
    """Why a sign-up is not taken, as the person is told."""

    NOT_OPEN_YET = "not_open_yet", _("Sign-up has not opened yet.")
    CLOSED = "closed", _("Sign-up has closed.")
    CANCELLED = "cancelled", _("The seminar was cancelled.")
    OVER = "over", _("The seminar has already taken place.")
    NOT_PUBLISHED = "not_published", _("This seminar is not open for sign-up.")
    FULL = "full", _("All seats are taken and the queue is closed.")
    NOT_A_MEMBER = "not_a_member", _("This seminar is for people whose role in an association is confirmed.")
    NOT_A_CHAIR = "not_a_chair", _("This seminar is for chairs whose mandate is confirmed.")
    ALREADY = "already", _("You are signed up already.")


# What a person can change herself: by having her role confirmed.
BY_ROLE = frozenset({EnrolmentRefusal.NOT_A_MEMBER, EnrolmentRefusal.NOT_A_CHAIR})


class EventReason(models.TextChoices):
    """Why an enrolment changed, in the words of its timeline."""

    SIGNED_UP = "signed_up", _("signed up")
    SEAT_FREED = "seat_freed", _("a seat became free")
    CAPACITY_RAISED = "capacity_raised", _("seats were added")
    OWN_WISH = "own_wish", _("own wish")
    BY_STAFF = "by_staff", _("decision of the office")
    RUN_CANCELLED = "run_cancelled", _("the seminar was cancelled")
