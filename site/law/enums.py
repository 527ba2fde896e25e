from django.db import models
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    """Kinds of acts; `ACT_RANK` gives their place in the hierarchy."""

    CONSTITUTION = "constitution", _("Constitution")
    CODE = "code", _("Code")
    LAW = "law", _("Law")
    DECREE = "decree", _("Decree")
    ORDER = "order", _("Order")
    STANDARD = "standard", _("Standard")
    DECISION = "decision", _("Local decision")
    OTHER = "other", _("Other")


# Lower stands higher.
ACT_RANK = {kind: rank for rank, kind in enumerate(ActKind)}


class ActState(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    AMENDED = "amended", _("In force, amended")
    REPEALED = "repealed", _("No longer in force")


class ProvisionState(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    AMENDED = "amended", _("In force, amended")
    REPEALED = "repealed", _("No longer in force")


class AmendmentEffect(models.TextChoices):
    """What an amendment does to a provision."""

    AMENDED = "amended", _("amended")
    REPEALED = "repealed", _("repealed")
    ADDED = "added", _("added")


class RadarOutcome(models.TextChoices):
    """What became of a text that an amendment reached. An empty outcome: nobody has decided yet."""

    CONFIRMED = "confirmed", _("stays true")
    EDITED = "edited", _("rewritten")
    NO_LONGER_CITES = "no_longer_cites", _("no longer cites it")


class Route(models.TextChoices):
    """How a text leans on a provision."""

    FIELD = "field", _("list of sources")
    TEXT = "text", _("link in the text")
    BLOCK = "block", _("block of the text")
    SNIPPET = "snippet", _("shared text")
    TWIN = "twin", _("page in the other language")


class ReviewOutcome(models.TextChoices):
    UNCHANGED = "unchanged", _("reviewed, no change")
    EDITED = "edited", _("reviewed after an edit")


class FeedbackReason(models.TextChoices):
    UNCLEAR = "unclear", _("I do not understand")
    NOT_MY_CASE = "not_my_case", _("it is not my case")
    OUTDATED = "outdated", _("it is out of date")
    OTHER = "other", _("something else")


class DutyRule(models.TextChoices):
    """When a duty falls due."""

    MONTHLY = "monthly", _("every month, by a day")
    YEARLY = "yearly", _("every year, by a date")
    AFTER_EVENT = "after_event", _("within a time after an event")


class DutyUnit(models.TextChoices):
    WORKING_DAYS = "working_days", _("working days")
    CALENDAR_DAYS = "calendar_days", _("calendar days")
    MONTHS = "months", _("months")
