"""A form in a foreign charset is answered, never crashed on."""

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/kk/", "/kk/account/login/", "/admin/", "/nonsense"]
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(params=["without a cookie", "with a cookie"])
def careful(request):
    """A browser that is checked for forged forms, as a real one is."""
    client = Client(enforce_csrf_checks=True)
    if request.param == "with a cookie":
        client.cookies["csrf"] = client.cookies["csrftoken"] = "a" * 32
    return client


def post(client, address, content_type):
    return client.generic("POST", address, b"email=a%40mail.test&csrfmiddlewaretoken=x", content_type=content_type)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("charset", ["utf-7", "UTF-7", '"utf-7"', "utf-16", "koi8-r", "no-such-charset"])
def test_a_form_in_a_foreign_charset_is_refused(careful, address, charset):
    response = post(careful, address, f"{FORM}; charset={charset}")

    assert response.status_code == 400


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_multipart_form_in_a_foreign_charset_is_refused(careful, address):
    response = post(careful, address, "multipart/form-data; boundary=x; charset=utf-7")

    assert response.status_code == 400


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_utf_8_gets_the_ordinary_answer(careful, address, charset):
    expected = post(careful, address, FORM).status_code

    assert post(careful, address, f"{FORM}; charset={charset}").status_code == expected


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8", "utf_8"])
def test_a_form_that_names_utf_8_in_any_spelling_is_read(client, charset):
    cache.clear()  # the limit of codes an address
    response = client.generic(
        "POST", "/kk/account/login/", b"email=nobody%40mail.test", content_type=f"{FORM}; charset={charset}"
    )

    assert response.status_code == 302
    assert response.url == "/kk/account/login/code/confirm/"


def test_a_json_body_and_a_request_without_a_type_pass(client):
    assert client.generic("POST", "/kk/account/login/", b"{}", content_type="application/json").status_code == 200
    assert client.generic("GET", "/livez", content_type="").status_code == 200
