// The outbox: what was tapped is kept in this browser until the server has it on disk, and is sent one by one.

const LATE = 5000, RETRY = 1000; // milliseconds
const { page, room, device } = document.body.dataset;
const store = `outbox-${room}-${device}`;
let items = read(), busy = false, seen = 0, changed = () => {};

function read() {
  try {
    return JSON.parse(localStorage.getItem(store)) ?? [];
  } catch {
    return [];
  }
}

function write() {
  try {
    localStorage.setItem(store, JSON.stringify(items.filter((item) => item.line === undefined)));
  } catch { /* where nothing may be stored, a page that is closed forgets */ }
}

function random() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Send a request; a later one of the same slot takes the place of one that has not gone out. */
export function send(slot, request, told = "told") {
  say(told, "");
  items = items.filter((item) => item.slot !== slot || item.isOut || item.line !== undefined);
  items.push({ slot, told, since: Date.now(), request: { key: random(), ...request } });
  write();
  pump();
}

/** Have something done whenever what waits has changed. */
export function onChange(work) {
  changed = work;
}

/** What is not yet seen on the page: sent or not, but newer than what the server has shown. */
export function waiting() {
  return items.map((item) => item.request);
}

/** Whether something waits for so long that people should know. */
export function isLate() {
  return items.some((item) => item.line === undefined && !item.paused && Date.now() - item.since > LATE);
}

/** Take note of what the server shows. */
export function shown(now) {
  seen = now.line;
  drop();
  if (!now.stands) items.forEach((item) => delete item.paused);
  pump();
}

function drop() {
  items = items.filter((item) => item.line === undefined || item.line > seen);
}

function say(id, text) {
  const place = document.getElementById(id);
  if (place) place.textContent = text;
}

async function pump() {
  const item = items.find((one) => one.line === undefined && !one.paused);
  if (busy || !item) return;
  busy = item.isOut = true;
  let wait = 0;
  try {
    const answer = await fetch(`${page}/act`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(item.request),
      signal: AbortSignal.timeout(8000),
    });
    const told = await answer.json();
    if (answer.ok) item.line = told.line;
    else if (told.code === "paused") item.paused = true;
    else if (answer.status === 401 || answer.status === 429 || answer.status >= 500) wait = RETRY;
    else items = items.filter((one) => one !== item);
    if (!answer.ok) say(item.told, told.refused);
  } catch {
    wait = RETRY;
  }
  busy = item.isOut = false;
  drop();
  write();
  changed();
  if (wait) setTimeout(pump, wait + 2000 * Math.random());
  else pump();
}
