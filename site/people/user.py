"""Accounts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.personal_data import PersonalData
from people.offices import District, Office


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> User:
        user = self.model(email=normalise_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=normalise_email(username or ""))


def normalise_email(email: str) -> str:
    """The one form an address is stored and compared in: trimmed, lower case."""
    return email.strip().lower()


class User(AbstractUser):
    """An account is an e-mail address. Staff have offices: what they may see is scoped by them."""

    personal_data = PersonalData(
        fields=("email", "full_name", "phone", "language", "district", "date_joined", "last_login"),
        purpose=_("to sign in, to be told about a seat, to stand on a certificate"),
        retention=_("until the account is erased"),
        owner="pk",
    )

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("name and surname"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="kk")
    district = models.ForeignKey(
        District, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    offices = models.ManyToManyField(
        Office,
        blank=True,
        related_name="staff",
        verbose_name=_("works in the offices"),
        help_text=_("Staff see runs, associations and people of these offices only. An administrator sees all."),
    )

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0] if self.full_name else self.email.split("@")[0]

    @property
    def initials(self) -> str:
        """Up to two letters: the only picture of a person on the site."""
        words = self.full_name.split() or [self.email]
        return "".join(word[0] for word in words[:2]).upper()


def keep_contacts(*, user: User, full_name: str = "", phone: str = "") -> None:
    """Remembers what a person gave on the way for the next form, without overwriting what her account says."""
    fields = {"full_name": full_name.strip(), "phone": phone.strip()}
    missing = {name: value for name, value in fields.items() if value and not getattr(user, name)}
    if missing:
        for name, value in missing.items():
            setattr(user, name, value)
        user.save(update_fields=list(missing))


def signed_in(request: HttpRequest) -> User:
    """The account of a request that was let through a sign-in check. Raises TypeError for anybody else."""
    if not isinstance(request.user, User):
        raise TypeError("the view is not behind sign-in")
    return request.user
