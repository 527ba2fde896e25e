"""A device that holds a passkey, in software: answers what a browser would post."""

from __future__ import annotations

import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests.core.html import Html

HOST = "localhost"  # the one name that has passkeys without TLS
ORIGIN = f"http://{HOST}"
FLAG = AuthenticatorData.FLAG


class Device:
    """One passkey. `checks_holder`: whether the device asks for a finger or a PIN."""

    def __init__(self, *, checks_holder: bool = True, origin: str = ORIGIN) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(16)
        self.user_handle = b""
        self.flags = FLAG.UP | (FLAG.UV if checks_holder else FLAG(0))
        self.origin = origin

    def create(self, options: dict) -> dict:
        """The answer to a page that wants a new passkey."""
        public = options["publicKey"]
        self.user_handle = websafe_decode(public["user"]["id"])
        key = AttestedCredentialData.create(
            b"\0" * 16, self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(sha256(public["rp"]["id"].encode()), self.flags | FLAG.AT, 0, key)
        client = CollectedClientData.create("webauthn.create", websafe_decode(public["challenge"]), self.origin)
        attestation = AttestationObject.create("none", data, {})
        return self._answer(client, attestationObject=websafe_encode(bytes(attestation)))

    def get(self, options: dict) -> dict:
        """The answer to a page that wants to see the passkey."""
        public = options["publicKey"]
        data = AuthenticatorData.create(sha256(public["rpId"].encode()), self.flags, 1)
        client = CollectedClientData.create("webauthn.get", websafe_decode(public["challenge"]), self.origin)
        signature = self.key.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            client,
            authenticatorData=websafe_encode(bytes(data)),
            signature=websafe_encode(signature),
            userHandle=websafe_encode(self.user_handle),
        )

    def _answer(self, client: CollectedClientData, **response: str) -> dict:
        return {
            "id": websafe_encode(self.credential_id),
            "rawId": websafe_encode(self.credential_id),
            "type": "public-key",
            "response": {"clientDataJSON": websafe_encode(bytes(client)), **response},
            "clientExtensionResults": {"credProps": {"rk": True}},
        }


def options_on(response) -> dict:
    """What a page asks of the device."""
    forms = [form for form in Html(response).all("form") if form.attrs.get("data-options")]
    assert len(forms) == 1
    return json.loads(forms[0]["data-options"])
