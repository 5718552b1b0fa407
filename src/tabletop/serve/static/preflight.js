// The page before a class: the network is chosen, a code for the Wi-Fi is drawn, the door is opened.
import { begin } from "./live.js";
import { patch } from "./morph.js";

const told = document.getElementById("told");

async function ask(path, request) {
  told.textContent = "";
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
  }).catch(() => null);
  const found = await answer?.json().catch(() => null);
  if (!answer?.ok) told.textContent = found?.refused ?? document.getElementById("banner").dataset.offline;
  return answer?.ok ? found : null;
}

function key() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { id, elements } = event.target;
  if (id === "address") return ask("/preflight/address", { address: elements.address.value });
  const drawn = await ask("/preflight/wifi", { name: elements.name.value, password: elements.password.value });
  if (drawn) patch(document.getElementById("drawn"), drawn.html);
  return undefined;
});

document.addEventListener("click", ({ target }) => {
  if (target.id === "door") ask("/room/act", { do: "door", key: key(), is_open: "open" in target.dataset });
});

begin(() => {}, () => false);
