from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from core.navigation import menu


def site(request: HttpRequest) -> dict:
    """What the frame of every page needs; each part costs a query only where a template uses it."""
    return {
        "menu": SimpleLazyObject(lambda: menu(request)),
        "is_demo": settings.DEMO,
        "LANGUAGE_CODE": get_language(),
        "home_url": f"/{get_language()}/",
    }
