"""The last day somebody read a page: to find what nobody needs, and nothing about who came."""

from __future__ import annotations

import logging
import re

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from core.pages import BasePage

logger = logging.getLogger(__name__)

# Those that name themselves. Who hides is counted as a reader: a day too many harms nobody.
_ROBOT = re.compile(r"bot|crawl|spider|slurp|preview|monitor|uptime|curl|wget|python|headless|lighthouse", re.I)


def note(page: BasePage, request: HttpRequest) -> None:
    """Writes down that a reader was shown `page` today: at most one write a page and day, and none that fails it.

    Only the column is written: no revision, no signal, nothing of the visitor.
    """
    today = timezone.localdate()
    if page.last_visited_on == today or not page.live or not _is_reader(request):
        return
    earlier = Q(last_visited_on=None) | Q(last_visited_on__lt=today)
    try:
        with transaction.atomic():
            type(page).objects.filter(earlier, pk=page.pk).update(last_visited_on=today)
    except DatabaseError:  # read-only or locked: tomorrow is another day
        logger.warning("The visit of page %s could not be written down", page.pk, exc_info=True)


def _is_reader(request: HttpRequest) -> bool:
    """Whether a person who does not work here asks for the page itself."""
    if request.method != "GET" or getattr(request, "is_preview", False):
        return False
    agent = request.headers.get("User-Agent", "")
    if not agent or _ROBOT.search(agent):
        return False
    user = getattr(request, "user", None) or AnonymousUser()
    return not (user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))
