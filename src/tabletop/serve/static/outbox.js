// The outbox: what was tapped is kept in this browser until the server has it on disk, and is sent one by one.

const LATE = 5000, RETRY = 1000, HOLD = 5000, TOLD = 30_000; // milliseconds
const { page, room, device } = document.body.dataset;
const store = `outbox-${room}-${device}`;
let items = read(), busy = false, refused = null, seen = Number(document.body.dataset.line), changed = () => {}, done = () => {};

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(store)) ?? [];
    // what was held when the page went is held anew: nobody has seen its time run out
    kept.filter((item) => item.until).forEach(hold);
    return kept;
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

function hold(item) {
  item.until = Date.now() + HOLD;
  setTimeout(pump, HOLD + 10);
}

/** Send a request; a later one of the same slot takes the place of one that has not gone out.
 *
 * With words for it, it is held for five seconds, in which it can be undone. */
export function send(slot, request, told = "told", held = "") {
  refused = null;
  say(told, "");
  items = items.filter((item) => item.slot !== slot || item.isOut || item.line !== undefined);
  // what is kept until the server is in reach says for which part, and which table, it was meant
  const { since } = document.getElementById("phase")?.dataset ?? {};
  const part = since === undefined ? {} : { since: Number(since) };
  const item = { slot, told, since: Date.now(), request: { key: random(), ...part, ...request } };
  if (held) hold(Object.assign(item, { held }));
  items.push(item);
  write();
  if (held) changed();
  else pump();
}

/** What is held, and can still be undone. */
export function held() {
  return items.filter((item) => item.until > Date.now() && !item.isOut);
}

/** Undo what is held in a slot. */
export function undo(slot) {
  items = items.filter((item) => item.slot !== slot || !(item.until > Date.now()) || item.isOut);
  write();
  changed();
}

/** The line of the log up to which the page is. */
export function line() {
  return seen;
}

/** Have something done with the slot of whatever was acknowledged. */
export function onDone(work) {
  done = work;
}

// who has no seat any more leaves nothing behind
document.addEventListener("gone", () => {
  items = [];
  localStorage.removeItem(store);
});

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
  return items.some((item) => item.line === undefined && !item.paused && Date.now() - (item.until ?? item.since) > LATE);
}

/** Take note of what the server shows. */
export function shown(now) {
  seen = now.line;
  drop();
  // the page that was told why may have been that of a part which is over
  if (refused?.until > Date.now() && !document.getElementById(refused.told)) say(refused.told, refused.text, refused.code);
  if (!now.stands) items.forEach((item) => delete item.paused);
  pump();
}

function drop() {
  items = items.filter((item) => item.line === undefined || item.line > seen);
}

/** Tell something at a place of the page; `code` says of which kind it is. */
export function say(id, text, code = "") {
  // where its own place is gone, the exercise has gone on meanwhile
  const place = document.getElementById(id) ?? document.querySelector("p.told[id]");
  if (!place) return;
  place.textContent = text;
  place.dataset.code = code;
}

async function pump() {
  const item = items.find((one) => one.line === undefined && !one.paused && !(one.until > Date.now()));
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
    const told = await answer.json().catch(() => ({})); // what is turned away before it is read is told in plain text
    if (answer.ok) {
      item.line = told.line;
      done(item.slot);
    }
    else if (told.code === "paused") item.paused = true;
    else if (answer.status === 401 || answer.status === 429 || answer.status >= 500) wait = RETRY;
    else items = items.filter((one) => one !== item);
    if (!answer.ok) {
      refused = { told: item.told, text: told.refused ?? "", code: told.code, until: Date.now() + TOLD };
      say(refused.told, refused.text, refused.code);
    }
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
