"""Blocks made of words."""

import re

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import restore_strings

# No raw HTML and no embeds: what an editor pastes cannot become a script. «provision» is registered by `law`.
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "provision"]
PLAIN_FEATURES = ["bold", "italic", "ol", "ul", "link", "provision"]
_NO_NUMBER = re.compile(r'(<a linktype="\w+" id=")(?![0-9]{1,9}")[^"]*')


class RichTextBlock(blocks.RichTextBlock):
    """The only rich text of the site: holds by every door what the editor's own form could have made, and no more."""

    def value_from_form(self, value):
        return super().value_from_form(_NO_NUMBER.sub(r"\g<1>0", value))  # such a link breaks every page it is on

    def restore_translated_segments(self, value, segments):
        """Called by wagtail-localize, which lets any address and any comment into a translation."""
        _format, template, strings = organise_template_segments(segments)
        for string, _attributes in strings:
            soup = BeautifulSoup(string.data, "html.parser")
            for hidden in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
                hidden.extract()  # a browser ends comments and sections elsewhere, and runs what is inside
            string.data = str(soup)
        convert = self.field.widget.converter
        return RichText(convert.to_database_format(convert.from_database_format(restore_strings(template, strings))))


class TextBlock(RichTextBlock):
    def __init__(self, **kwargs):
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, headings and lists")
        template = "blocks/text.html"
        preview_value = "<h2>Кворум</h2><p>Жиналысқа меншік иелерінің жартысынан көбі қатысады.</p>"


class NoteBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("note", _("Note")), ("warning", _("To be checked by a lawyer"))],
        default="note",
        label=_("Kind"),
    )
    title = blocks.CharBlock(max_length=120, required=False, label=_("Title"))
    text = RichTextBlock(features=PLAIN_FEATURES, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Note")
        description = _("A remark set apart from the text, or a warning that a statement is not verified yet")
        template = "blocks/note.html"
        preview_value = {"kind": "note", "title": "Мысал", "text": "<p>100 пәтер: кворум 51 қатысушы.</p>"}


class TableValue(blocks.StructValue):
    @property
    def lines(self) -> list[list[str]]:
        """Rows of equal length; a short row is filled up with empty cells."""
        rows = [[cell.strip() for cell in line.split("|")] for line in self["rows"].splitlines() if line.strip()]
        width = max((len(row) for row in rows), default=0)
        return [row + [""] * (width - len(row)) for row in rows]

    @property
    def head(self) -> list[str]:
        return self.lines[0] if self.lines else []

    @property
    def body(self) -> list[list[str]]:
        return self.lines[1:]


class TableBlock(blocks.StructBlock):
    """One text field and not a grid widget: it can be translated, pasted and typed on a phone."""

    caption = blocks.CharBlock(max_length=160, required=False, label=_("Caption"))
    rows = blocks.TextBlock(
        label=_("Rows"),
        help_text=_("One row a line, cells separated by |. The first row is the heading."),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A small table")
        template = "blocks/table.html"
        value_class = TableValue
        preview_value = {"caption": "Мерзімдер", "rows": "Не | Қашан\nАйлық есеп | 20-сына дейін"}
