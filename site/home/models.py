"""The pages that compose what the other apps offer."""

from home.pages import HomePage, StandardPage
from home.search_page import SearchPage

__all__ = ["HomePage", "SearchPage", "StandardPage"]
