from __future__ import annotations

from django import template
from django.utils.translation import get_language

from law.inline import register_address
from law.models import LegalAct, Provision

register = template.Library()


@register.simple_tag
def act_url(act: LegalAct) -> str:
    """Our page of an act in the reader's language; empty for a draft and where the register is not published."""
    index = register_address(get_language() or "kk") if act.live else ""
    return f"{index}{act.key}/" if index else ""


@register.simple_tag
def provision_url(provision: Provision) -> str:
    """Our page of a provision in the reader's language; empty for a draft and where the register is not published."""
    act = act_url(provision.act) if provision.live else ""
    return f"{act}{provision.slug}/" if act else ""
