"""Every address of the project, asked for by every kind of visitor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

_GROUP = re.compile(r"\(\?P<(\w+)>")


# Patterns without a name and parameters that could be filled in: `PAGES` of the table asks for what they serve.
WITHOUT_REVERSE = frozenset({"wagtail_serve", "wagtaildocs_serve", r"/^calendar/(?P<token>.*)$"})


@dataclass(frozen=True)
class Address:
    """One pattern of the URL configuration.

    `name` is its full name, or its path where it has none; `key` says which of several of one name it is.
    """

    key: str
    name: str
    parameters: tuple[str, ...]
    path: str


def addresses() -> list[Address]:
    """All patterns, the first of each name and parameters: a shadowed one cannot be reached by name."""
    found: dict[tuple, Address] = {}
    names = set()
    for name, parameters, path in _walk(get_resolver().url_patterns, (), "", ()):
        if (name, parameters) not in found:
            key = f"{name}({','.join(parameters)})" if name in names else name
            found[name, parameters] = Address(key, name, parameters, path)
            names.add(name)
    return list(found.values())


def _walk(patterns, namespaces: tuple, prefix: str, inherited: tuple) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        parameters = inherited + _parameters(pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner, route, parameters)
        elif isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name]) if pattern.name else f"/{route}"
            yield name, parameters, route


def _parameters(pattern) -> tuple[str, ...]:
    converters = tuple(getattr(pattern.pattern, "converters", {}))
    return converters or tuple(_GROUP.findall(str(pattern.pattern)))


def url_of(address: Address, values: dict) -> str:
    """The address with the world's objects in it. Raises LookupError for a parameter that the world does not know."""
    missing = [name for name in address.parameters if name not in values]
    if missing:
        raise LookupError(f"{address.name}: no value for {missing}")
    with translation.override("kk"):
        try:
            return reverse(address.name, kwargs={name: values[name] for name in address.parameters})
        except NoReverseMatch as error:
            if address.name.startswith("/") and not address.parameters:
                return address.name
            raise LookupError(f"{address.name}: {error}") from error


@dataclass(frozen=True)
class Answer:
    """`outcome`: open, refused, absent (405: no such method) or broken (5xx); `text`: what was shown."""

    outcome: str
    text: str


def ask(client: Client, method: str, url: str, form: dict[str, str] | None = None) -> Answer:
    """What a visitor gets. A POST is empty: who may not post is refused before anything is looked at.

    `form` is for an address that does not exist without one of its buttons.

    Whatever it does is rolled back, and the visitor stays signed in.
    """
    cookies = client.cookies.copy()
    client.raise_request_exception = False
    point = transaction.savepoint()
    try:
        response = client.get(url) if method == "GET" else client.post(url, form or {})
        outcome = classify(response.status_code, response.get("Location", ""), url)
        # files are streamed: only pages are read
        text = "" if response.streaming else response.content.decode("utf-8", "replace")
        return Answer(outcome, text)
    finally:
        transaction.savepoint_rollback(point)
        client.cookies = cookies


def classify(status: int, location: str, url: str) -> str:
    if status >= 500:
        return "broken"
    if status == 405:
        return "absent"
    if status in {401, 403, 404}:
        return "refused"
    if status in {301, 302} and (
        _is_door(location) or (location.rstrip("/") == "/admin" and url.startswith("/admin/"))
    ):
        return "refused"
    return "open"


def _is_door(location: str) -> bool:
    """Whether a redirect leads to sign-in or to showing a second factor."""
    path = location.partition("?")[0]
    return bool(re.search(r"/account/(login|reauthenticate|2fa)|/admin/login/", path))
