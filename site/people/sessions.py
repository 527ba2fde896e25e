"""Where an account is signed in, and ending that. allauth keeps a row for every session of an account."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.usersessions.adapter import get_adapter as get_sessions_adapter
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from people.models import User, signed_in

# The first that fits: browsers name their ancestors, and systems theirs.
BROWSERS = {
    "YaBrowser/": "Yandex Browser",
    "SamsungBrowser/": "Samsung Internet",
    "OPR/": "Opera",
    "Opera": "Opera",
    "Edg": "Edge",
    "MiuiBrowser/": "Mi Browser",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


SEEN_KEY = "seen"
SEEN_EVERY = 5 * 60


class LastSeenMiddleware:
    """Keeps «last seen» true to five minutes, and a change of device or network at once.

    allauth's own middleware writes with every page, which on SQLite makes readers wait for each other.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            _note_seen(request)
        return self.get_response(request)


def _note_seen(request: HttpRequest) -> None:
    agent = request.headers.get("User-Agent", "")[:200]
    here = [request.session.session_key, get_adapter().get_client_ip(request), agent]
    seen = request.session.get(SEEN_KEY)
    if seen and seen[:-1] == here and time.time() - seen[-1] < SEEN_EVERY:
        return
    UserSession.objects.create_from_request(request)
    request.session[SEEN_KEY] = [*here, int(time.time())]


@dataclass(frozen=True)
class OpenSession:
    number: int
    device: str
    ip: str
    started_at: datetime
    last_seen_at: datetime
    is_current: bool


def device_in_words(user_agent: str) -> str:
    """The browser's family and the system, as far as the browser says: «Chrome, Android»."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if re.search(rf"\b{mark}\b", user_agent)), "")
    return ", ".join(word for word in (browser, system) if word) or _("Unknown device")


def open_sessions(request: HttpRequest) -> list[OpenSession]:
    """Sessions that would let somebody in now, this one first, then the last used."""
    rows = UserSession.objects.purge_and_list(signed_in(request))
    shown = [
        OpenSession(
            number=row.pk,
            device=device_in_words(row.user_agent),
            ip=row.ip,
            started_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.session_key == request.session.session_key,
        )
        for row in rows
    ]
    return sorted(shown, key=lambda session: (not session.is_current, -session.last_seen_at.timestamp()))


def end(request: HttpRequest, number: int) -> None:
    """Ends one session of the account; this very one means signing out. Raises UserSession.DoesNotExist."""
    end_sessions(request, [UserSession.objects.get(pk=number, user=signed_in(request))])


def end_others(request: HttpRequest) -> None:
    """Ends every session of the account but this one."""
    end_other_sessions(request, signed_in(request))


def end_all(user: User) -> None:
    """Ends every session of an account from outside, by staff."""
    get_sessions_adapter().end_sessions(list(UserSession.objects.filter(user=user)))
