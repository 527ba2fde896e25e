"""The check of official links: says what does not open, and changes and refuses nothing."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command

from law.models import LegalAct

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow":
            self.server.stop.wait(5)
        self.send_response({"/gone": 404, "/broken": 500}.get(self.path, 200))
        self.end_headers()

    def log_message(self, *args):
        pass


def serve(context: ssl.SSLContext | None = None) -> HTTPServer:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    server.stop = threading.Event()
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def site():
    server = serve()
    yield f"http://127.0.0.1:{server.server_port}"
    server.stop.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def self_signed(tmp_path):
    """A site whose certificate nobody vouches for, as the state site's sometimes is."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "self.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = serve(context)
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def check(*urls: str, timeout: float = 3) -> list[str]:
    LegalAct.objects.update(url_kk="", url_ru="")
    for number, url in enumerate(urls):
        LegalAct.objects.create(key=f"act-{number}", kind="law", title_kk="Заң", title_ru="Закон", url_ru=url)
    out = StringIO()
    call_command("check_official_links", timeout=timeout, stdout=out)
    return out.getvalue().splitlines()


def test_what_opens_is_counted_and_what_does_not_is_named(site):
    said = check(f"{site}/good", f"{site}/gone", f"{site}/broken")

    host = site.removeprefix("http://")
    assert said == [
        f"act-1: {site}/gone: answers 404",
        f"act-2: {site}/broken: answers 500",
        f"{host}: 1 open, 2 do not",
    ]


def test_a_certificate_that_fails_is_said_of_its_host_and_of_no_other(site, self_signed):
    failed, *hosts = check(f"{self_signed}/text", f"{site}/good")

    assert failed.startswith(
        f"act-0: {self_signed}/text: the certificate of {self_signed.removeprefix('https://')} cannot be verified"
    )
    assert sorted(hosts) == sorted(
        [
            f"{self_signed.removeprefix('https://')}: 0 open, 1 do not",
            f"{site.removeprefix('http://')}: 1 open, 0 do not",
        ]
    )


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "ftp://127.0.0.1/x", "http://no-such-host.invalid/", "http://["]
)
def test_an_address_that_cannot_be_asked_is_reported(url):
    assert check(url)[0].startswith(f"act-0: {url}: ")


def test_a_site_that_hangs_is_left_after_its_time(site):
    assert "does not open" in check(f"{site}/slow", timeout=0.3)[0]


def test_nothing_is_changed(site):
    check(f"{site}/gone")

    assert LegalAct.objects.get(key="act-0").url_ru == f"{site}/gone"
