"""Model fields of the house."""

from wagtail.fields import StreamField as WagtailStreamField


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
