"""What changed on a page and why, in the words of who changed it, with the text as it stood before."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.personal_data import only_staff


class ChangeNoteQuerySet(models.QuerySet["ChangeNote"]):
    def for_readers(self):
        """Without the old text, which is long; `is_kept` says whether there is one."""
        return self.defer("before").annotate(
            is_kept=models.ExpressionWrapper(models.Q(before__isnull=False), output_field=models.BooleanField())
        )

    def below(self, page: Page):
        """Of the live public pages below `page`, the newest first."""
        pages = Page.objects.live().public().descendant_of(page)
        return self.filter(page__in=pages).select_related("page").order_by("-made_at", "-pk")


class ChangeNote(models.Model):
    """Made when a page is published with a note. `before` is the page as it stood: readable for ever."""

    personal_data = only_staff("by")
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="change_notes")
    text = models.TextField(_("what changed and why"))
    on = models.DateField(_("changed on"))
    made_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    amendment = models.ForeignKey("law.Amendment", on_delete=models.SET_NULL, null=True, related_name="change_notes")
    before = models.JSONField(encoder=DjangoJSONEncoder, null=True)

    objects = ChangeNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("change note")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} page {self.page_id}"


def notes_of(page: Page) -> list[ChangeNote]:
    """What changed on a page, the newest first. One query, once a request; none where the router saw none."""
    if getattr(page, "has_change_notes", None) is False:
        return []
    if not hasattr(page, "_notes_for_readers"):
        notes = ChangeNote.objects.for_readers().filter(page_id=page.pk) if page.pk else []
        page._notes_for_readers = list(notes)
    return page._notes_for_readers
