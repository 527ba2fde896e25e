"""Front offices: one a city. Opening a city is filling in one form in the admin."""

from __future__ import annotations

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from core.bilingual import in_language
from core.personal_data import NO_PERSONAL_DATA
from people.enums import OfficeLanguage, OfficeState, Weekday

CARD_CACHE_KEY = "front-office-card"


def forget_cards() -> None:
    """The footer shows the office as it is now and not as it was a minute ago."""
    cache.delete_many([f"{CARD_CACHE_KEY}:{language}" for language in ("kk", "ru")])


class OfficeQuerySet(models.QuerySet["Office"]):
    def open(self):
        return self.filter(state=OfficeState.OPEN)

    def in_order(self):
        return self.order_by("position", "pk")

    def default(self) -> Office | None:
        """The office a reader meets before we know her city: the first open one."""
        return self.open().in_order().first()

    def for_staff(self, user):
        """Whose runs, associations and people `user` works with: all for an admin, else her own offices."""
        if not user.is_active:
            return self.none()
        return self.all() if user.is_superuser else self.filter(staff=user)

    def in_full(self):
        """With addresses, phones, hours and coming exceptions: five queries whatever the number of offices."""
        return self.in_order().prefetch_related("addresses", "phones", "hours", "exceptions")


class Office(ClusterableModel):
    """The front office of a city, with the city's districts."""

    personal_data = NO_PERSONAL_DATA

    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("Used in addresses: astana"))
    city_kk = models.CharField(_("city in Kazakh"), max_length=60)
    city_ru = models.CharField(_("city in Russian"), max_length=60)
    state = models.CharField(_("state"), max_length=20, choices=OfficeState.choices, default=OfficeState.PLANNED)
    languages = models.CharField(
        _("languages"), max_length=10, choices=OfficeLanguage.choices, default=OfficeLanguage.BOTH
    )
    email = models.EmailField(_("e-mail"), blank=True)
    position = models.PositiveSmallIntegerField(
        _("place in lists"), default=100, help_text=_("The first open office is shown to who has not chosen a city")
    )

    objects = OfficeQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("city_kk"), FieldPanel("city_ru"), FieldPanel("key", permission="superuser")]),
        FieldRowPanel(
            [
                FieldPanel("state", permission="superuser"),
                FieldPanel("languages"),
                FieldPanel("position", permission="superuser"),
            ]
        ),
        FieldPanel("email"),
        InlinePanel("phones", label=_("Phone"), heading=_("Phones")),
        InlinePanel("addresses", label=_("Address"), heading=_("Addresses")),
        InlinePanel("hours", label=_("Working day"), heading=_("Working hours")),
        InlinePanel(
            "exceptions",
            label=_("Exception"),
            heading=_("Exceptions to the hours"),
            help_text=_("Holidays and short days. Empty times: closed."),
        ),
        InlinePanel("districts", label=_("District"), heading=_("Districts of the city")),
    ]

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.city

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        forget_cards()
        # once more after the commit: a reader may have cached the old card in between
        transaction.on_commit(forget_cards, robust=True)

    @property
    def city(self) -> str:
        return in_language(self, "city")

    @property
    def is_open(self) -> bool:
        return self.state == OfficeState.OPEN

    @property
    def is_planned(self) -> bool:
        return self.state == OfficeState.PLANNED


class OfficePhone(Orderable):
    personal_data = NO_PERSONAL_DATA

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(_("phone"), max_length=40)
    note_kk = models.CharField(_("note in Kazakh"), max_length=80, blank=True)
    note_ru = models.CharField(_("note in Russian"), max_length=80, blank=True)

    panels = [FieldRowPanel([FieldPanel("number"), FieldPanel("note_kk"), FieldPanel("note_ru")])]

    def __str__(self) -> str:
        return self.number

    @property
    def note(self) -> str:
        return in_language(self, "note")


class OfficeAddress(Orderable):
    personal_data = NO_PERSONAL_DATA

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="addresses")
    address_kk = models.CharField(_("address in Kazakh"), max_length=200)
    address_ru = models.CharField(_("address in Russian"), max_length=200)
    directions_kk = models.TextField(_("how to get there, in Kazakh"), blank=True)
    directions_ru = models.TextField(_("how to get there, in Russian"), blank=True)
    is_step_free = models.BooleanField(_("step-free access"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("address_kk"), FieldPanel("address_ru")]),
        FieldRowPanel([FieldPanel("directions_kk"), FieldPanel("directions_ru")]),
        FieldPanel("is_step_free"),
    ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        return in_language(self, "address")

    @property
    def directions(self) -> str:
        return in_language(self, "directions")


class _Opening(models.Model):
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if (self.opens is None) != (self.closes is None):
            raise ValidationError({"closes": _("Give both times, or neither for a closed day.")})
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": _("The office must close after it opens.")})


class OfficeHours(_Opening):
    """Hours of one weekday. A weekday without a row is a day off."""

    personal_data = NO_PERSONAL_DATA

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta:
        ordering = ["weekday"]
        constraints = [models.UniqueConstraint(fields=["office", "weekday"], name="one_opening_a_weekday")]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens}–{self.closes}"


class OfficeException(_Opening):
    """Other hours on one date, or none: a holiday."""

    personal_data = NO_PERSONAL_DATA

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField(_("date"))
    note_kk = models.CharField(_("reason in Kazakh"), max_length=120, blank=True)
    note_ru = models.CharField(_("reason in Russian"), max_length=120, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("opens"), FieldPanel("closes")]),
        FieldRowPanel([FieldPanel("note_kk"), FieldPanel("note_ru")]),
    ]

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["office", "date"], name="one_exception_a_date")]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}"

    @property
    def note(self) -> str:
        return in_language(self, "note")


class DistrictQuerySet(models.QuerySet["District"]):
    def for_choice(self):
        """Every district with its city, in the order of the offices."""
        return self.select_related("office").order_by("office__position", "office", "sort_order")


class District(Orderable):
    personal_data = NO_PERSONAL_DATA

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="districts", verbose_name=_("city"))
    name_kk = models.CharField(_("name in Kazakh"), max_length=60)
    name_ru = models.CharField(_("name in Russian"), max_length=60)

    objects = DistrictQuerySet.as_manager()

    panels = [FieldRowPanel([FieldPanel("name_kk"), FieldPanel("name_ru")])]

    class Meta(Orderable.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self, "name")
