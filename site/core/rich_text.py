"""What rich text of the site may hold, by whatever door it came: the form of the editor, or a translation."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import restore_strings

_NO_NUMBER = re.compile(r'(<a linktype="\w+" id=")(?![0-9]{1,9}")[^"]*')


def with_numbers(html: str) -> str:
    """A crafted link to no number breaks every page it is on: it becomes a link to what does not exist."""
    return _NO_NUMBER.sub(r"\g<1>0", html)


def restored(segments, widget) -> str:
    """The HTML of a translation as the editor's own `widget` could have made it.

    wagtail-localize lets any address and any comment into one.
    """
    _format, template, strings = organise_template_segments(segments)
    for string, _attributes in strings:
        soup = BeautifulSoup(string.data, "html.parser")
        for hidden in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
            hidden.extract()  # a browser ends comments and sections elsewhere, and runs what is inside
        string.data = str(soup)
    convert = widget.converter
    return convert.to_database_format(convert.from_database_format(restore_strings(template, strings)))
