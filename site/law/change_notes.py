"""What changed on a page and why, in the words of who changed it, with the text as it stood before."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.personal_data import only_staff


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

    class Meta:
        verbose_name = _("change note")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} page {self.page_id}"
