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


class DutyRule(models.TextChoices):
    """When a duty falls due."""

    MONTHLY = "monthly", _("every month, by a day")
    YEARLY = "yearly", _("every year, by a date")
    AFTER_EVENT = "after_event", _("within a time after an event")


class DutyUnit(models.TextChoices):
    WORKING_DAYS = "working_days", _("working days")
    CALENDAR_DAYS = "calendar_days", _("calendar days")
    MONTHS = "months", _("months")
