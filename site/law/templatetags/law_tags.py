from __future__ import annotations

from django import template
from wagtail.models import Locale

from law.models import LegalAct
from law.pages import ActIndexPage

register = template.Library()


@register.simple_tag(takes_context=True)
def act_url(context, act: LegalAct) -> str:
    """Our page of an act in the reader's language; empty where the register is not published."""
    request = context["request"]
    if not hasattr(request, "_act_index"):
        request._act_index = ActIndexPage.objects.live().filter(locale=Locale.get_active()).first()
    return request._act_index.act_url(act, request) if request._act_index else ""
