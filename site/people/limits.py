"""How often something may be tried, counted so that nobody locks out a house or the owner of an account.

A whole house can sit behind one network address, and anybody can type somebody else's e-mail. So the
strict limits count a key (an e-mail, an account) *together with* the network it is tried from: ten wrong
passwords from one network close that door for that network alone. A ceiling across networks is reached
only by several of them, and costs the owner one door of several: see `EVERYWHERE`.

Counters live in the cache under hashes. A network is an IPv4 address or an IPv6 /64 (allauth's rule).
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.http import HttpRequest

from people.user import normalise_email

# By key and network.
HERE = {
    "code": "3/m/key",
    "codes_an_hour": "10/h/key",
    "code_try": "5/15m/key",
    "password": "10/15m/key",
    "second_factor": "10/15m/key",
    "mailed_code": "3/m/key,10/h/key",
    "mailed_code_try": "5/15m/key",
    "change_email": "5/h/key",
}
# By network alone: loose enough for a house.
NETWORK = {
    "code": "60/m/ip",
    "password": "60/m/ip",
    "second_factor": "60/m/ip",
}
# By key alone. One network spends 40 passwords, 40 second factors and 10 codes an hour. Past the ceiling a
# password stops working (a code and a passkey go on), a phone's code stops working (a recovery code and a
# passkey go on), and codes by mail get longer (they go on).
EVERYWHERE = {
    "code": "20/h/key",
    "password": "100/h/key",
    "second_factor": "100/h/key",
}


def network(request: HttpRequest) -> str:
    """The network a request came from: an IPv4 address, or the first 64 bits of an IPv6 one."""
    return ratelimit.truncate_ip(get_adapter().get_client_ip(request))


def use(request: HttpRequest, action: str, key: str) -> RateLimitUsage | None:
    """Counts one `action` on `key` from this network; None when there were too many.

    `rollback()` of the result takes the count back: for what turned out to be right.
    """
    return _consume(request, HERE, action, f"{normalise_email(key)}|{network(request)}")


def use_network(request: HttpRequest, action: str) -> RateLimitUsage | None:
    """Counts one `action` of anybody in this network; None when there were too many."""
    return _consume(request, NETWORK, action)


def use_everywhere(request: HttpRequest, action: str, key: str) -> RateLimitUsage | None:
    """Counts one `action` on `key` from any network; None past the ceiling. Ask `use` first: it is the stricter one."""
    return _consume(request, EVERYWHERE, action, normalise_email(key))


def forget(request: HttpRequest, action: str, key: str) -> None:
    """Starts this network's count anew: the person has just proved who she is."""
    key = f"{normalise_email(key)}|{network(request)}"
    ratelimit.clear(request, app="people", action=action, config=HERE, key=key)


def _consume(request: HttpRequest, config: dict[str, str], action: str, key: str = "") -> RateLimitUsage | None:
    return ratelimit.consume(request, app="people", action=action, config=config, key=key, limit_get=True)
