"""Blocks of lessons."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.text import PLAIN_FEATURES, RichTextBlock
from law.blocks import LAW_BLOCKS, ProvisionChooserBlock


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=200, label=_("Answer"))
    is_right = blocks.BooleanBlock(required=False, label=_("It is right"))
    why = RichTextBlock(features=PLAIN_FEATURES, label=_("Why"))

    class Meta:
        icon = "list-ul"
        label = _("Answer")


class PracticeBlock(blocks.StructBlock):
    """A question one asks oneself: each answer opens and says why. Nothing is sent, kept or counted."""

    question = blocks.CharBlock(max_length=300, label=_("Question"))
    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=6, label=_("Answers"))
    provisions = blocks.ListBlock(ProvisionChooserBlock(), min_num=1, label=_("Legal basis"))

    class Meta:
        icon = "help"
        label = _("Practice question")
        description = _("A question to check oneself: every answer says whether it is right, why, and by which article")
        template = "blocks/practice.html"
        preview_value = {
            "question": "100 меншік иесі бар үйде кворум нешеден басталады?",
            "options": [
                {"text": "51", "is_right": True, "why": "<p>Жартысынан көбі керек.</p>"},
                {"text": "50", "is_right": False, "why": "<p>Бұл тура жартысы, ал одан көбі керек.</p>"},
            ],
            "provisions": [],
        }

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and len({bool(option["is_right"]) for option in cleaned["options"]}) < 2:
            error = ValidationError(_("Mark at least one answer as right, and leave at least one that is not."))
            raise StructBlockValidationError(block_errors={"options": error})
        return cleaned


LESSON_BLOCKS = [*LAW_BLOCKS, ("practice", PracticeBlock())]
