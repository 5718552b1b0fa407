// The live channel: what the server shows comes in regions; silence is noticed, and the channel opened anew.
import { patch } from "./morph.js";

const SILENT = 8000, MISSED = 6500, POLL = 4000; // milliseconds; a sign of life comes every 5000
const { page } = document.body.dataset;
const banner = document.getElementById("banner");
let source = null, heard = performance.now(), tried = performance.now(), streamed = false, polled = 0, gone = false, unseated = "";
let clock = { left: number("left"), minute: number("minute"), stands: "stands" in document.body.dataset, at: performance.now() };
let afterwards = () => {}, isLate = () => false;

function number(name) {
  const value = document.body.dataset[name];
  return value === undefined ? null : Number(value);
}

/** Begin; `after(now)` is called with each message, `late()` says whether something waits to be sent for long. */
export function begin(after, late) {
  afterwards = after;
  isLate = late;
  setInterval(watch, 1000);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("online", open);
  addEventListener("pageshow", (event) => event.persisted && open());
  if (!document.hidden) open();
  tick();
}

function open() {
  close();
  if (gone) return;
  tried = performance.now();
  source = new EventSource(`${page}/live`);
  for (const kind of ["view", "beat"]) {
    source.addEventListener(kind, (event) => {
      streamed = true;
      take(JSON.parse(event.data));
    });
  }
  source.addEventListener("gone", leave);
  // a channel that is refused may be that of a seat which was taken away while nobody listened: the answer says so
  source.addEventListener("error", ({ target }) => target.readyState === EventSource.CLOSED && poll());
}

function close() {
  source?.close();
  source = null;
}

function leave() {
  gone = true;
  close();
  document.dispatchEvent(new Event("gone"));
  banner.textContent = banner.dataset.gone;
}

function take(now) {
  heard = performance.now();
  unseated = "";
  clock = { left: now.left, minute: now.minute, stands: now.stands, at: heard };
  const part = document.getElementById("phase")?.dataset.part;
  for (const [name, html] of Object.entries(now.regions ?? {})) {
    const region = document.querySelector(`[data-region="${name}"]`);
    if (region) patch(region, html);
  }
  const heading = document.getElementById("phase");
  if (heading && heading.dataset.part !== part && document.activeElement === document.body) heading.focus();
  tick();
  afterwards(now);
}

function watch() {
  tick();
  if (document.hidden || gone) return;
  const now = performance.now();
  const silent = now - heard;
  banner.textContent = unseated || (silent > MISSED || isLate() ? banner.dataset.offline : "");
  if (silent > SILENT && now - tried > 1000 + 2000 * Math.random()) {
    // a stream that was never heard may be held back on its way: then what is new is asked for
    if (!streamed && now - polled > POLL) poll();
    else if (now - tried > 3000) open();
  }
}

async function poll() {
  polled = performance.now();
  try {
    const answer = await fetch(`${page}/live?once=1`, { signal: AbortSignal.timeout(POLL) });
    if (answer.status === 410) leave();
    else if (answer.status === 401) banner.textContent = unseated = (await answer.json()).refused;
    else if (answer.ok) take(await answer.json());
  } catch { /* watched again in a second */ }
}

function tick() {
  const shown = document.querySelector("[data-clock]");
  if (!shown) return;
  const words = document.body.dataset, since = clock.stands ? 0 : (performance.now() - clock.at) / 1000;
  const parts = [];
  if (clock.minute !== null) parts.push(words.minuteSays.replace("{minute}", clock.minute));
  if (clock.left !== null) {
    const left = Math.round(clock.left - since), size = Math.abs(left);
    const time = `${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
    parts.push((left < 0 ? words.overSays : words.leftSays).replace("{time}", time));
  }
  shown.textContent = parts.join(" · ");
}
