"""Blocks that carry law, usable in the text of any page."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import BODY_BLOCKS
from core.blocks.text import PLAIN_FEATURES, RichTextBlock
from law import loaded
from law.citations import refuse_draft, refuse_silent_repealed
from law.cited import Cited, cited_by
from law.shared_notes import notes_with_sources


class LoadedChooserBlock(SnippetChooserBlock):
    """A chooser whose rows the page has loaded already, with all else that it cites."""

    def to_python(self, value):
        return None if value is None else loaded.rows(self.model_class, [value]).get(value)

    def bulk_to_python(self, values):
        values = list(values)
        found = loaded.rows(self.model_class, (value for value in values if value is not None))
        return [found.get(value) for value in values]


class ProvisionChooserBlock(LoadedChooserBlock):
    """A provision that readers may see."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Provision"))
        super().__init__("law.Provision", **kwargs)

    def clean(self, value):
        provision = super().clean(value)
        if provision is not None:
            try:
                refuse_draft(provision)
            except ValidationError as error:
                raise ValidationError(error.messages) from error
        return provision


class CitationBlock(blocks.StructBlock):
    provision = ProvisionChooserBlock()
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

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["provision"] is not None:
            try:
                refuse_silent_repealed(cleaned["provision"], cleaned["reason"] or "")
            except ValidationError as error:
                raise blocks.StructBlockValidationError(block_errors=error.error_dict) from error
        return cleaned


class SharedNoteValue(blocks.StructValue):
    @cached_property
    def sources(self) -> list[Cited]:
        """What the note cites, in its order."""
        return cited_by(self["note"])


class SharedNoteChooserBlock(LoadedChooserBlock):
    def bulk_to_python(self, values):
        values = list(values)
        notes_with_sources(value for value in values if value is not None)
        return super().bulk_to_python(values)


class SharedNoteBlock(blocks.StructBlock):
    note = SharedNoteChooserBlock("law.SharedNote", label=_("Shared note"))

    class Meta:
        icon = "snippet"
        label = _("Shared note")
        description = _("A statement that stands on many pages and is written once")
        template = "blocks/shared_note.html"
        preview_value = {"note": None}
        value_class = SharedNoteValue


# The order is the order of the editor's block picker.
LAW_BLOCKS = [*BODY_BLOCKS, ("citation", CitationBlock()), ("shared_note", SharedNoteBlock())]
