"""What the site says in a language, so that a test need not repeat the catalog."""

from django.utils import translation
from django.utils.html import escape


def said(language: str, message: str, context: str = "", **values) -> str:
    """The translation of a message; fails where the catalog has none, as English would then be shown."""
    with translation.override(language):
        text = translation.pgettext(context, message) if context else translation.gettext(message)
    assert text != message, f"{message!r} has no translation to {language}"
    return text % values if values else text


def shown(language: str, message: str, context: str = "", **values) -> str:
    """The same as it stands in HTML."""
    return escape(said(language, message, context, **values))
