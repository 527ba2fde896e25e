// Passkeys: the browser's part, loaded by site.js when the button of a form with `data-passkey` is pressed.
// "create" makes a passkey, "get" asks for one; what the server wants of it stands in `data-options`
// or, on pages that are not a person's yet, is asked for now.

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

// Asks the device, puts its answer into the form and sends it. Throws what the device or the network throws.
export async function send(form) {
  const options = readable(await wanted(form));
  form.elements.credential.value = answer(await navigator.credentials[form.dataset.passkey](options));
  form.submit();
}
