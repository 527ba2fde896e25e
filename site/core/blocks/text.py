"""Blocks made of words."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from core.rich_text import restored, with_numbers

# No raw HTML and no embeds: what an editor pastes cannot become a script. «provision» is registered by `law`.
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "provision"]
PLAIN_FEATURES = ["bold", "italic", "ol", "ul", "link", "provision"]


class RichTextBlock(blocks.RichTextBlock):
    """The rich text of every block: holds by every door what the editor's own form could have made, and no more."""

    def value_from_form(self, value):
        return super().value_from_form(with_numbers(value))

    def restore_translated_segments(self, value, segments):
        """Called by wagtail-localize."""
        return RichText(restored(segments, self.field.widget))


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
