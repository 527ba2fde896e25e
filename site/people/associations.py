"""Owners' associations: the register of a city."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.bilingual import in_language
from core.personal_data import NO_PERSONAL_DATA
from people.bin import validate_bin
from people.enums import AssociationKind, MembershipRole, MembershipState
from people.offices import District, Office


class AssociationQuerySet(models.QuerySet["Association"]):
    def for_staff(self, user):
        """Associations of the offices that `user` works in."""
        return self.filter(office__in=Office.objects.for_staff(user))

    def matching(self, text: str):
        """By the start of a BIN, or by words of a name or an address. Empty text finds nothing."""
        words = text.split()[:8]
        if not words:
            return self.none()
        if len(words) == 1 and words[0].isdigit() and len(words[0]) >= 6:
            return self.filter(bin__startswith=words[0])
        found = self
        for word in words:
            found = found.filter(search_text__contains=word.casefold())
        return found

    def with_place(self):
        return self.select_related("office", "district")

    def with_chair(self, at=None):
        """Adds `has_chair`: whether a confirmed chair has a mandate today."""
        from people.memberships import Membership

        chairs = Membership.objects.active(at).filter(association=OuterRef("pk"), role=MembershipRole.CHAIR)
        return self.annotate(has_chair=Exists(chairs))

    def with_counts(self):
        """Adds `members` (confirmed) and `claims` (waiting for the office)."""
        return self.annotate(
            members=Count("memberships", filter=Q(memberships__state=MembershipState.CONFIRMED), distinct=True),
            claims=Count("memberships", filter=Q(memberships__state=MembershipState.CLAIMED), distinct=True),
        )


class Association(models.Model):
    """One row of a city's register. `lock_seq` is its lock: see `people.mandates`."""

    personal_data = NO_PERSONAL_DATA

    kind = models.CharField(_("kind"), max_length=10, choices=AssociationKind.choices, default=AssociationKind.OSI)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    bin = models.CharField(_("BIN"), max_length=12, unique=True, null=True, blank=True, validators=[validate_bin])
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="associations", verbose_name=_("city"))
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="associations",
        verbose_name=_("district"),
    )
    address = models.CharField(_("address"), max_length=250)
    units = models.PositiveIntegerField(
        _("flats and non-residential units"), null=True, blank=True, help_text=_("The size of the house, for quorum")
    )
    is_in_register = models.BooleanField(
        _("in the city's register"), default=True, help_text=_("No: entered by a chair, waits for a look of the office")
    )
    # Lower-case words of names and address: SQLite compares Cyrillic letters by case otherwise.
    search_text = models.TextField(editable=False, default="")
    lock_seq = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AssociationQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("bin"), FieldPanel("units")]),
        FieldRowPanel([FieldPanel("name_kk"), FieldPanel("name_ru")]),
        FieldRowPanel([FieldPanel("office"), FieldPanel("district"), FieldPanel("address")]),
        FieldPanel("is_in_register"),
    ]

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        ordering = ["address", "pk"]
        indexes = [models.Index(fields=["office", "district"], name="association_office_district")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_kk="") | ~Q(name_ru=""),
                name="association_has_a_name",
                violation_error_message=_("Give the name in at least one language."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    def clean(self) -> None:
        super().clean()
        self.bin = self.bin or None

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Keeps `search_text`, and never writes `lock_seq`: a form opened earlier would turn the lock back."""
        self.search_text = self.searchable()
        if self.pk and update_fields is None and not kwargs.get("force_insert"):
            update_fields = [field.name for field in self._meta.concrete_fields if field.name not in {"id", "lock_seq"}]
        super().save(*args, update_fields=update_fields, **kwargs)

    def searchable(self) -> str:
        return " ".join(f"{self.name_kk} {self.name_ru} {self.address}".casefold().split())

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def chair(self):
        """The membership of the chair whose mandate holds today, or None."""
        return self.memberships.active(timezone.localdate()).filter(role=MembershipRole.CHAIR).first()
