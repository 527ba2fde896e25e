"""What the law asks of a chair by a date: duties, each with its provision, and a calendar a phone can follow."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from core.bilingual import in_language
from core.personal_data import NO_PERSONAL_DATA, PersonalData
from law.acts import Provision
from law.amendments import recheck_since
from law.citations import CitesLaw
from law.enums import DutyRule, DutyUnit
from people.enums import MembershipRole


class DutyQuerySet(models.QuerySet["Duty"]):
    def in_full(self):
        """With provision and act, in the order staff gave them. One query."""
        return self.select_related("provision__act").order_by("position", "pk")

    def with_recheck(self, day: datetime.date):
        """With `recheck_since`: since when the norm has changed and nobody has checked the duty; or None."""
        return self.annotate(recheck_since=recheck_since(Duty, day))

    def dated(self):
        """Those that fall due by the calendar, whatever happens in the house."""
        return self.exclude(rule=DutyRule.AFTER_EVENT)

    def after_event(self):
        return self.filter(rule=DutyRule.AFTER_EVENT)

    def of(self, role: str):
        return self.filter(role=role)


class Duty(CitesLaw, models.Model):
    """A statutory duty. One row for both languages; staff write and correct it in the admin."""

    personal_data = NO_PERSONAL_DATA

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    note_kk = models.TextField(_("note in Kazakh"), blank=True)
    note_ru = models.TextField(_("note in Russian"), blank=True)
    role = models.CharField(
        _("whose duty"), max_length=20, choices=MembershipRole.choices, default=MembershipRole.CHAIR
    )
    rule = models.CharField(_("falls due"), max_length=20, choices=DutyRule.choices)
    day = models.PositiveSmallIntegerField(
        _("day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("The last day to do it. In a shorter month: its last day"),
    )
    month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    amount = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    unit = models.CharField(_("of what"), max_length=20, choices=DutyUnit.choices, blank=True)
    event_kk = models.CharField(_("after what, in Kazakh"), max_length=200, blank=True)
    event_ru = models.CharField(_("after what, in Russian"), max_length=200, blank=True)
    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="duties", verbose_name=_("provision")
    )
    is_verified = models.BooleanField(_("checked against the official text"), default=False)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=100)

    objects = DutyQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("title_kk"), FieldPanel("title_ru")], heading=_("Title")),
        MultiFieldPanel([FieldPanel("note_kk"), FieldPanel("note_ru")], heading=_("Note for readers")),
        FieldRowPanel([FieldPanel("role"), FieldPanel("rule")]),
        FieldRowPanel([FieldPanel("day"), FieldPanel("month")], heading=_("By the calendar")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("amount"), FieldPanel("unit")]),
                FieldRowPanel([FieldPanel("event_kk"), FieldPanel("event_ru")]),
            ],
            heading=_("After an event"),
        ),
        FieldRowPanel([FieldPanel("provision"), FieldPanel("is_verified")]),
        FieldRowPanel([FieldPanel("key"), FieldPanel("position")]),
    ]

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rule=DutyRule.MONTHLY, day__isnull=False)
                | Q(rule=DutyRule.YEARLY, day__isnull=False, month__isnull=False)
                | Q(rule=DutyRule.AFTER_EVENT, amount__isnull=False),
                name="duty_rule_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        needed: dict[str, tuple[str, ...]] = {
            DutyRule.MONTHLY: ("day",),
            DutyRule.YEARLY: ("day", "month"),
            DutyRule.AFTER_EVENT: ("amount", "unit", "event_kk", "event_ru"),
        }
        missing = [name for name in needed.get(self.rule, ()) if not getattr(self, name)]
        if missing:
            raise ValidationError(dict.fromkeys(missing, _("Needed for this kind of date.")))

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def note(self) -> str:
        return in_language(self, "note")

    @property
    def event(self) -> str:
        return in_language(self, "event")


class CalendarFeed(models.Model):
    """The secret address of a person's deadline calendar. Only the hash is kept: who loses it makes a new one."""

    personal_data = PersonalData(
        fields=("created_at",),
        purpose=_("to show deadlines in the calendar of a phone"),
        retention=_("until it is revoked, or with the account"),
        owner="user",
    )

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"calendar of account {self.user_id}"
