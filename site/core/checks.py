"""House rules that people forget, as system checks."""

from __future__ import annotations

from django.apps import apps
from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.blocks import Block
from wagtail.fields import StreamField
from wagtail.models import Page

from core.blocks import BODY_BLOCKS
from core.pages import BasePage


@register()
def page_types(app_configs, **kwargs) -> list[Error]:
    """Each page type says what it is for, has a template, and is found by its own text."""
    found = []
    for model in apps.get_models():
        if not issubclass(model, BasePage) or model._meta.abstract:
            continue
        if not getattr(model, "page_description", ""):
            found.append(Error(f"{model.__name__} has no page_description for editors", obj=model, id="core.E001"))
        try:
            get_template(model.template)
        except TemplateDoesNotExist:
            found.append(Error(f"{model.__name__}: template {model.template} is missing", obj=model, id="core.E002"))
        if model.search_fields == Page.search_fields and not getattr(model, "searched_by_title_only", False):
            hint = "extend search_fields, or set searched_by_title_only = True"
            found.append(
                Error(f"{model.__name__} is found by nothing of its own", hint=hint, obj=model, id="core.E003")
            )
    return found


@register()
def body_blocks(app_configs, **kwargs) -> list[Error]:
    """Each block an editor picks for the text of a page has an icon, a description, a preview and its own template."""
    found = []
    for name, block in picked_blocks():
        for attribute in ("description", "preview_value", "template"):
            if not getattr(block.meta, attribute, None):
                found.append(Error(f"Block {name} has no {attribute}", obj=type(block), id="core.E004"))
        if block.meta.icon == "placeholder":
            found.append(Error(f"Block {name} has no icon", obj=type(block), id="core.E005"))
    return found


def picked_blocks() -> list[tuple[str, Block]]:
    """The shared blocks, and those that page types put beside them into their text."""
    shared = dict(BODY_BLOCKS)
    found = list(BODY_BLOCKS)
    for model in apps.get_models():
        if issubclass(model, BasePage):
            streams = [field for field in model._meta.get_fields() if isinstance(field, StreamField)]
            texts = [field.stream_block.child_blocks for field in streams]
            found += [pair for text in texts if shared.keys() <= text.keys() for pair in text.items()]
    return list({(name, type(block)): (name, block) for name, block in found}.values())
