"""Amendments of acts, and the texts they reach."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from core.bilingual import in_language
from core.personal_data import NO_PERSONAL_DATA, only_staff
from law.acts import LegalAct, Provision
from law.enums import AmendmentEffect, RadarOutcome


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def open(self):
        """Those whose list is still worked on: a text that comes to cite the provisions joins it."""
        return self.filter(closed_at=None)

    def in_force(self, day: datetime.date):
        return self.filter(in_force_on__lte=day)

    def to_apply(self, day: datetime.date):
        return self.in_force(day).filter(applied_at=None)

    def with_progress(self):
        """Each with `found` texts, of which `decided` are; the newest first."""
        decided = models.Count("items", filter=~models.Q(items__outcome=""))
        return self.annotate(found=models.Count("items"), decided=decided).order_by("-in_force_on", "-pk")

    def locked(self, pk: int) -> Amendment:
        """The amendment, held until the transaction ends: who decides anything about it asks for it so, and first."""
        return self.select_for_update().get(pk=pk)


class Amendment(ClusterableModel):
    """A change of the law, recorded by a lawyer. It works from the moment it is saved."""

    personal_data = only_staff("recorded_by", "closed_by")

    title_kk = models.CharField(_("title in Kazakh"), max_length=300)
    title_ru = models.CharField(_("title in Russian"), max_length=300)
    act = models.ForeignKey(
        LegalAct,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amends",
        verbose_name=_("amending act"),
        help_text=_("The act that brings the change, when it is in our register"),
    )
    source_url = models.URLField(_("source"), help_text=_("Address of the official text of the change"))
    in_force_on = models.DateField(_("in force from"))
    what_kk = models.TextField(_("what changes, in Kazakh"), max_length=1000)
    what_ru = models.TextField(_("what changes, in Russian"), max_length=1000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    # The date in force has come: prepared edits are published, provisions have their new state.
    applied_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = AmendmentQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("title_kk"), FieldPanel("title_ru")], heading=_("Title")),
        FieldRowPanel([FieldPanel("in_force_on"), FieldPanel("act")]),
        FieldPanel("source_url"),
        MultiFieldPanel([FieldPanel("what_kk"), FieldPanel("what_ru")], heading=_("What changes")),
        InlinePanel("provisions", label=_("Provision"), heading=_("Provisions it touches"), min_num=1),
    ]

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-in_force_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def what(self) -> str:
        return in_language(self, "what")

    @property
    def is_in_force(self) -> bool:
        return self.in_force_on <= timezone.localdate()


class AmendedProvision(Orderable):
    """A provision that an amendment touches. The parts of a whole article need no rows of their own."""

    personal_data = NO_PERSONAL_DATA

    amendment = ParentalKey(Amendment, on_delete=models.CASCADE, related_name="provisions")
    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="amended_by", verbose_name=_("provision")
    )
    effect = models.CharField(
        _("what happens to it"), max_length=20, choices=AmendmentEffect.choices, default=AmendmentEffect.AMENDED
    )

    panels = [FieldRowPanel([FieldPanel("provision"), FieldPanel("effect")])]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["amendment", "provision"], name="amended_once")]

    def __str__(self) -> str:
        return str(self.provision)


class RadarItemQuerySet(models.QuerySet["RadarItem"]):
    def pending(self):
        return self.filter(outcome="")

    def decided(self):
        return self.exclude(outcome="")

    def under_recheck(self, day: datetime.date):
        """What readers are told of: undecided, and the amendment is in force on `day`."""
        return self.pending().filter(amendment__in_force_on__lte=day)

    def of(self, instance: models.Model):
        """Items of one page (whatever its type) or snippet."""
        return self.filter(content_type=radar_content_type(type(instance)), object_id=instance.pk)

    def among(self, texts: models.QuerySet):
        """Items of the pages or snippets that a queryset finds."""
        return self.filter(content_type=radar_content_type(texts.model), object_id__in=texts.values("pk"))

    def prepared(self):
        """Undecided, with an edit that waits for the date in force."""
        return self.pending().filter(prepared_at__isnull=False)


class RadarItem(models.Model):
    """A page or a snippet that cites what an amendment touches, and what a lawyer decided about it."""

    personal_data = only_staff("decided_by", "prepared_by")
    wagtail_reference_index_ignore = True

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="items")
    # Of the base model: a page of any type stands here as a Page, as it does in Wagtail's reference index.
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    routes = models.JSONField(default=list)
    found_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=RadarOutcome.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # An edit that goes live with the amendment.
    prepared_revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    prepared_at = models.DateTimeField(null=True)

    objects = RadarItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("text under re-check")
        constraints = [
            models.UniqueConstraint(fields=["amendment", "content_type", "object_id"], name="one_item_a_text")
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], condition=models.Q(outcome=""), name="radar_pending")
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id} of amendment {self.amendment_id}"

    @property
    def is_pending(self) -> bool:
        return not self.outcome


def radar_content_type(model: type[models.Model]) -> ContentType:
    """The content type under which a text of `model` stands in the radar: that of Page for every page."""
    parents = model._meta.get_parent_list()
    return ContentType.objects.get_for_model(parents[-1] if parents else model)


def recheck_since(model: type[models.Model], day: datetime.date) -> models.Subquery:
    """To annotate rows of `model`: since when a norm behind one has changed and nobody has checked; or None."""
    items = RadarItem.objects.under_recheck(day).filter(
        content_type=radar_content_type(model), object_id=models.OuterRef("pk")
    )
    return models.Subquery(items.order_by("amendment__in_force_on").values("amendment__in_force_on")[:1])


def refuse_duplicates(provisions: list[Provision]) -> None:
    """Raises ValidationError where one provision stands twice in a list."""
    seen: set[int] = set()
    for provision in provisions:
        if provision.pk in seen:
            raise ValidationError(_("%(provision)s stands in the list twice.") % {"provision": provision})
        seen.add(provision.pk)
