"""Blocks that any page may use. Blocks of one app's domain live in that app."""

from core.blocks.lists import ChecklistBlock, StepsBlock
from core.blocks.media import DocumentBlock, ImageBlock
from core.blocks.text import NoteBlock, TableBlock, TextBlock

__all__ = [
    "BODY_BLOCKS",
    "ChecklistBlock",
    "DocumentBlock",
    "ImageBlock",
    "NoteBlock",
    "StepsBlock",
    "TableBlock",
    "TextBlock",
]

# The order is the order of the editor's block picker.
BODY_BLOCKS = [
    ("text", TextBlock()),
    ("steps", StepsBlock()),
    ("checklist", ChecklistBlock()),
    ("note", NoteBlock()),
    ("table", TableBlock()),
    ("image", ImageBlock()),
    ("document", DocumentBlock()),
]
