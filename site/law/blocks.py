"""Blocks that carry law, usable in the text of any page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import BODY_BLOCKS
from core.blocks.text import PLAIN_FEATURES, RichTextBlock


class CitationBlock(blocks.StructBlock):
    provision = SnippetChooserBlock("law.Provision", label=_("Provision"))
    text = RichTextBlock(features=PLAIN_FEATURES, required=False, label=_("What it says, in plain words"))
    reason = blocks.CharBlock(
        max_length=200,
        required=False,
        label=_("Why a repealed norm is cited"),
        help_text=_("Needed only where the norm is no longer in force; readers see it"),
    )

    class Meta:
        icon = "openquote"
        label = _("Provision")
        description = _("What a provision says, with its article, edition and official text")
        template = "blocks/citation.html"
        preview_value = {"provision": None, "text": "<p>Кворум — меншік иелерінің жартысынан көбі.</p>", "reason": ""}


class SharedNoteBlock(blocks.StructBlock):
    note = SnippetChooserBlock("law.SharedNote", label=_("Shared note"))

    class Meta:
        icon = "snippet"
        label = _("Shared note")
        description = _("A statement that stands on many pages and is written once")
        template = "blocks/shared_note.html"
        preview_value = {"note": None}


# The order is the order of the editor's block picker.
LAW_BLOCKS = [*BODY_BLOCKS, ("citation", CitationBlock()), ("shared_note", SharedNoteBlock())]
