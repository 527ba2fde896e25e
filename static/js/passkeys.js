// Passkeys: the browser's part. A form with `data-passkey` stays hidden where they do not work.
// "create" makes a passkey, "get" asks for one; what the server wants of it stands in `data-options`
// or, on pages that are not a person's yet, is asked for when the button is pressed.

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const withBytes = (key) => ({ ...key, id: toBytes(key.id) });

function readable({ publicKey }) {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (options.user) options.user = withBytes(options.user);
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) options[list] = options[list].map(withBytes);
  }
  return { publicKey: options };
}

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  const { id, type } = credential;
  const clientExtensionResults = credential.getClientExtensionResults();
  return JSON.stringify({ id, type, rawId: toText(credential.rawId), response, clientExtensionResults });
}

async function wanted(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const reply = await fetch(form.action, { headers: { accept: "application/json" } });
  return (await reply.json()).request_options;
}

// A bare network address has no passkeys: they belong to a name.
if (window.PublicKeyCredential && !/^[\d.:[\]]+$/.test(location.hostname)) {
  for (const note of document.querySelectorAll("[data-no-passkey]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-failed]");
    const field = form.elements.credential;
    form.hidden = false;
    addEventListener("pageshow", () => (field.value = ""));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        const options = readable(await wanted(form));
        field.value = answer(await navigator.credentials[form.dataset.passkey](options));
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
}
