"""Consent texts by version, and who agreed to which of them when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.bilingual import in_language
from core.personal_data import NO_PERSONAL_DATA, PersonalData

if TYPE_CHECKING:
    from people.user import User


class ConsentPurpose(models.TextChoices):
    SEMINARS = "seminars", _("to keep a seat at a seminar")
    MEMBERSHIP = "membership", _("to confirm a role in an association")


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def current(self, purpose: str, at=None) -> ConsentText | None:
        """The newest published text of a purpose: what a form shows today."""
        return self.published(at).filter(purpose=purpose).order_by("-version").first()

    def published(self, at=None):
        return self.filter(published_at__lte=at or timezone.now())

    def delete(self):
        """Raises ProtectedError where a text is published: people agreed to it, or could have."""
        if published := set(self.published()):
            raise ProtectedError(str(_("A published text stays: people agreed to it.")), published)
        return super().delete()


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
        if ConsentText.objects.published().filter(pk=self.pk).exists():
            raise ValidationError(_("This version is published: people agreed to it. Write a new version."))

    def save(self, *args, **kwargs) -> None:
        if not self.version:
            newest = ConsentText.objects.filter(purpose=self.purpose).order_by("-version").first()
            self.version = newest.version + 1 if newest else 1
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Raises ProtectedError for a published text, like the queryset."""
        if self.is_published:
            raise ProtectedError(str(_("A published text stays: people agreed to it.")), {self})
        return super().delete(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return bool(self.published_at and self.published_at <= timezone.now())

    @property
    def text(self) -> str:
        return in_language(self, "text")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def in_full(self):
        """With the text, newest first. One query."""
        return self.select_related("text").order_by("-given_at", "-pk")


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

    objects = ConsentQuerySet.as_manager()

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


@dataclass(frozen=True)
class Consequence:
    """What follows when a consent is taken back: said in `text` before, done by `act(user)` with it."""

    text: str | Promise
    act: Callable[[User], None] | None = None


_consequences: dict[str, Consequence] = {
    ConsentPurpose.MEMBERSHIP: Consequence(
        _(
            "A role that the office has confirmed stays until you end it. We ask for your consent again "
            "when you claim the next one."
        )
    )
}


def register_consequence(purpose: str, consequence: Consequence) -> None:
    if purpose in _consequences:
        raise ValueError(f"what follows for {purpose} is registered already")
    _consequences[purpose] = consequence


def consequence_of(purpose: str) -> Consequence | None:
    return _consequences.get(purpose)


@transaction.atomic
def withdraw_consent(*, consent_id: int, actor: User) -> Consent:
    """`actor` takes her own consent back, and what follows is done. Twice changes nothing.

    Raises Consent.DoesNotExist for somebody else's.
    """
    consent = Consent.objects.in_full().get(pk=consent_id, user=actor)
    now = timezone.now()
    if Consent.objects.standing().filter(pk=consent.pk).update(withdrawn_at=now):
        consent.withdrawn_at = now
        consequence = consequence_of(consent.text.purpose)
        if consequence and consequence.act:
            consequence.act(actor)
    return consent
