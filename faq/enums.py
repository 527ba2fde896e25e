from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("for everyone")
    OWNER = "owner", _("for owners")
    CHAIR = "chair", _("for chairs")
    COUNCIL = "council", _("for council members")
    AUDIT = "audit", _("for auditors")
    PARKING = "parking", _("for parking owners")
