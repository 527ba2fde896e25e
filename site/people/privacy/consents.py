"""Consent texts by version, and who agreed to which of them when."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.personal_data import NO_PERSONAL_DATA, PersonalData
from people.offices import in_language


class ConsentPurpose(models.TextChoices):
    SEMINARS = "seminars", _("to keep a seat at a seminar")
    MEMBERSHIP = "membership", _("to confirm a role in an association")


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def current(self, purpose: str, at=None) -> ConsentText | None:
        """The newest published text of a purpose: what a form shows today."""
        return self.filter(purpose=purpose, published_at__lte=at or timezone.now()).order_by("-version").first()


class ConsentText(models.Model):
    """One version of a text people agree to. Once published it never changes: a new wording is a new version."""

    personal_data = NO_PERSONAL_DATA

    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose.choices)
    version = models.PositiveIntegerField(_("version"), editable=False)
    text_kk = models.TextField(_("text in Kazakh"))
    text_ru = models.TextField(_("text in Russian"))
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("Empty: a draft. From this moment forms show it")
    )

    objects = ConsentTextQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("purpose"), FieldPanel("published_at")]),
        FieldPanel("text_kk"),
        FieldPanel("text_ru"),
    ]

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["purpose", "-version"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="one_consent_version")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.version}"

    def clean(self) -> None:
        super().clean()
        before = ConsentText.objects.filter(pk=self.pk).first()
        if before and before.published_at and before.published_at <= timezone.now():
            raise ValidationError(_("This version is published: people agreed to it. Write a new version."))

    def save(self, *args, **kwargs) -> None:
        if not self.version:
            newest = ConsentText.objects.filter(purpose=self.purpose).order_by("-version").first()
            self.version = newest.version + 1 if newest else 1
        super().save(*args, **kwargs)

    @property
    def text(self) -> str:
        return in_language(self, "text")


class Consent(models.Model):
    """A person agreed to one version of one text; `withdrawn_at` when she took it back."""

    personal_data = PersonalData(
        fields=("text", "language", "given_at", "withdrawn_at"),
        purpose=_("to show what a person agreed to and when"),
        retention=_("with the account"),
        owner="user",
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "text"], condition=models.Q(withdrawn_at=None), name="one_standing_consent_a_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text_id} {self.given_at:%d.%m.%Y}"


def give_consent(*, user, purpose: str, language: str) -> Consent | None:
    """Records that `user` agreed to the current text of `purpose`; agreeing twice changes nothing.

    None where no text is published: the form then asked for nothing.
    """
    text = ConsentText.objects.current(purpose)
    if text is None:
        return None
    consent, _created = Consent.objects.get_or_create(
        user=user, text=text, withdrawn_at=None, defaults={"language": language}
    )
    return consent
