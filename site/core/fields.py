"""Model fields of the house."""

from wagtail.fields import RichTextField as WagtailRichTextField
from wagtail.fields import StreamField as WagtailStreamField

from core.rich_text import restored, with_numbers


class StreamField(WagtailStreamField):
    """A StreamField whose blocks stay out of migrations: a new block needs no migration.

    A data migration over such a field must edit its raw JSON.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class RichTextField(WagtailRichTextField):
    """A rich text outside of blocks, as careful as `core.blocks.text.RichTextBlock`."""

    def clean(self, value, model_instance):
        return super().clean(with_numbers(value), model_instance)

    def restore_translated_segments(self, value, segments) -> str:
        """Called by wagtail-localize."""
        return restored(segments, self.formfield().widget)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs  # for a database it is the same
