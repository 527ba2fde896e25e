"""What staff fill in once for the whole site. Offices are rows of their own: `people.offices`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.personal_data import NO_PERSONAL_DATA


@register_setting(icon="cog")
class SiteSettings(BaseGenericSetting):
    personal_data = NO_PERSONAL_DATA

    security_contact = models.EmailField(_("contact for security reports"), blank=True)

    panels = [FieldPanel("security_contact")]

    class Meta:
        verbose_name = _("site settings")
