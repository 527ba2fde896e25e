"""Whether the official texts open: reports, changes nothing and refuses nothing."""

from __future__ import annotations

import ssl
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.core.management.base import BaseCommand

from law.models import LegalAct

OK = "ok"
AGENT = "Mozilla/5.0 (link check of a legal register)"


class Command(BaseCommand):
    help = "Opens the official links of acts one by one and says which do not open."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--timeout", type=float, default=15, help="seconds for one link")
        parser.add_argument("--parallel", type=int, default=4, help="links asked at the same time")

    def handle(self, *args, timeout: float, parallel: int, **options) -> None:
        acts = LegalAct.objects.by_rank()
        links = list(dict.fromkeys((url, act.key) for act in acts for url in (act.url_kk, act.url_ru) if url))
        with ThreadPoolExecutor(max_workers=max(1, parallel)) as pool:
            states = list(pool.map(lambda link: state_of(link[0], timeout), links))
        for (url, key), state in zip(links, states, strict=True):
            if state != OK:
                self.stdout.write(f"{key}: {url}: {state}")
        hosts = Counter((host_of(url), state == OK) for (url, _key), state in zip(links, states, strict=True))
        for host in sorted({host for host, _is_ok in hosts if host}):
            self.stdout.write(f"{host}: {hosts[host, True]} open, {hosts[host, False]} do not")


def state_of(url: str, timeout: float) -> str:
    """`ok`, or what is wrong in words. Certificates are always verified: one that fails is said to fail."""
    if not host_of(url):
        return "not an address of the web"
    try:
        with urlopen(Request(url, headers={"User-Agent": AGENT}), timeout=timeout) as answer:  # noqa: S310  checked above
            return OK if answer.status == 200 else f"answers {answer.status}"
    except HTTPError as error:
        return f"answers {error.code}"
    except URLError as error:
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            return f"the certificate of {host_of(url)} cannot be verified: {error.reason.verify_message}"
        return f"does not open: {error.reason}"
    except (OSError, HTTPException, ValueError) as error:
        return f"does not open: {error or type(error).__name__}"


def host_of(url: str) -> str:
    """Host and port; empty for what is no address of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc if parts.scheme in {"http", "https"} else ""
