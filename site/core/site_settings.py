"""What staff fill in once: how to reach the front office, and which figures of the year apply."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="home")
class FrontOffice(BaseGenericSetting):
    """The front office of the pilot city. # PII: none (an institution's public contacts)."""

    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address_kk = models.CharField(_("address in Kazakh"), max_length=200, blank=True)
    address_ru = models.CharField(_("address in Russian"), max_length=200, blank=True)
    hours_kk = models.CharField(_("working hours in Kazakh"), max_length=120, blank=True)
    hours_ru = models.CharField(_("working hours in Russian"), max_length=120, blank=True)
    security_contact = models.EmailField(_("contact for security reports"), blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email")], heading=_("Contacts")),
        MultiFieldPanel([FieldPanel("address_kk"), FieldPanel("address_ru")], heading=_("Address")),
        MultiFieldPanel([FieldPanel("hours_kk"), FieldPanel("hours_ru")], heading=_("Working hours")),
        FieldPanel("security_contact"),
    ]

    class Meta:
        verbose_name = _("front office")

    @property
    def address(self) -> str:
        return self.address_kk if get_language() == "kk" else self.address_ru

    @property
    def hours(self) -> str:
        return self.hours_kk if get_language() == "kk" else self.hours_ru
