"""What lawyers set once for all reviews."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.personal_data import NO_PERSONAL_DATA


@register_setting(icon="calendar-check")
class LawSettings(BaseGenericSetting):
    personal_data = NO_PERSONAL_DATA

    review_months = models.PositiveSmallIntegerField(
        _("months between reviews of a page"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("The date of the next review that is proposed when a page is signed"),
    )

    panels = [FieldPanel("review_months")]

    class Meta:
        verbose_name = _("reviews of law")
