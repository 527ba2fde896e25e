"""Search fields whose text goes through our analyser on any backend."""

from __future__ import annotations

from django.utils.html import strip_tags
from wagtail.search import index

from search.analysis import indexed


class AnalysedSearchField(index.SearchField):
    """Indexes every form of every word. Backends ask a field for its value, so nothing else changes."""

    def get_value(self, obj):
        value = super().get_value(obj)
        if value is None:
            return ""
        if isinstance(value, list | tuple):
            value = " ".join(str(item) for item in value)
        locale = getattr(obj, "locale", None)
        return indexed(strip_tags(str(value)), locale.language_code if locale else None)
