"""Blocks that lead a person through something in order."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.text import PLAIN_FEATURES, RichTextBlock


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=160, required=False, label=_("Title"))
    text = RichTextBlock(features=PLAIN_FEATURES, required=False, label=_("Text"))

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        template = "blocks/step.html"
        description = _("One step")
        preview_value = {"title": "Хабарлаңыз", "text": "<p>Күнтізбелік бес күн бұрын.</p>"}


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Numbered steps, each with a short title")
        template = "blocks/steps.html"
        preview_value = {"steps": [{"title": "Хабарлаңыз", "text": "<p>Күнтізбелік бес күн бұрын.</p>"}]}


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=160, required=False, label=_("Title"))
    items = blocks.ListBlock(RichTextBlock(features=["bold", "italic", "link"], label=_("Item")), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        description = _("Things to tick off, on screen or on paper")
        template = "blocks/checklist.html"
        preview_value = {"title": "Тексеріңіз", "items": ["<p>Хаттамаға қол қойылды</p>"]}
