// The controller's monitor: buttons and forms become requests; what cannot be undone is asked for twice.
import { leaveOne, less, more, written } from "./effects.js";
import { begin } from "./live.js";
import { patch } from "./morph.js";
import { held, isLate, line, onChange, onDone, say, send, shown, undo } from "./outbox.js";

const TWICE = 1000, FORGET = 8000; // milliseconds between the two presses: at least, and at most
const words = document.body.dataset, forms = new Map();
let asked = { key: "", at: 0 }; // which button has been pressed once, and when

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.id === "next") next(button);
  else if (button.dataset.undo) undo(button.dataset.undo);
  else if (button.dataset.link) link(button.dataset.link);
  else if (button.dataset.more) more(button.dataset.more);
  else if ("less" in button.dataset) less(button);
  else if (button.dataset.do && isSure(button)) press(button);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target, { team, measure, replaces, device, writtenBy } = form.dataset;
  if (form.className === "entry") {
    forms.set(`enter ${team}`, form);
    direct(`enter ${team}`, { do: "enter", team, entry: form.elements.entry.value, replaces: Number(replaces) });
  } else if (form.className === "entry-range") {
    const low = decimal(form.elements.low), high = decimal(form.elements.high);
    forms.set(`range ${team} ${measure}`, form);
    if (low !== null && high !== null) direct(`range ${team} ${measure}`, { do: "enter_range", team, measure, low: low / writtenBy, high: high / writtenBy, replaces: Number(replaces) });
  } else if (form.className === "seat") {
    direct(`seat ${device}`, { do: "move_seat", device, team: form.elements.team.value });
  } else {
    write(form);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "/") {
    const note = document.getElementById("write-note");
    if (!note) return;
    event.preventDefault();
    note.open = true;
    document.getElementById("note-text").focus();
  }
  const id = { n: "next", p: document.getElementById("resume") ? "resume" : "pause" }[event.key];
  if (id) document.getElementById(id)?.click();
});

/** Send a request with the moment of the exercise that its button was drawn for. */
function direct(slot, request, held = "") {
  const { phase, move } = document.getElementById("phase").dataset;
  send(slot, { ...request, phase, move: Number(move), line: line() }, "told", held);
}

function next(button) {
  const { label, step } = button.dataset;
  if (isSure(button)) direct("next", { do: "next", step }, "held" in button.dataset ? label : "");
}

const keyOf = ({ id, dataset }) => `${id} ${dataset.asks}`;

/** Whether a button may act: one that asks, at the second press. */
function isSure(button) {
  if (!button.dataset.asks) return true;
  const since = performance.now() - asked.at, isFirst = asked.key !== keyOf(button) || since > FORGET;
  const acts = !isFirst && since > TWICE;
  if (isFirst) {
    asked = { key: keyOf(button), at: performance.now() };
    setTimeout(drawAsked, FORGET);
  } else if (acts) {
    asked = { key: "", at: 0 };
  }
  drawAsked();
  return acts;
}

/** A button asks for the second press, also where a newer view has put its own words back. */
function drawAsked() {
  const isFresh = performance.now() - asked.at < FORGET;
  for (const button of document.querySelectorAll("button[data-asks]")) {
    const { asks, label } = button.dataset, wanted = isFresh && asked.key === keyOf(button) ? asks : label;
    if (button.textContent !== wanted) button.textContent = wanted;
  }
}

function press(button) {
  const { do: what, minutes, device, inject } = button.dataset, request = { do: what };
  if (what === "extend") request.minutes = Number(minutes);
  if (what === "remove") request.device = device;
  if (what === "show") request.what = button.dataset.what;
  if (what === "door") {
    send("door", { do: "door", is_open: "open" in button.dataset });
  } else if (inject) {
    const why = document.getElementById(`why-${inject}`);
    if (what === "skip" && !why.value.trim()) {
      say("told", words.whySays);
      why.focus();
    } else {
      direct(`inject ${inject}`, { ...request, inject, reason: why.value.trim() }, button.textContent);
    }
  } else {
    direct(`${what} ${device ?? ""}`, request);
  }
}

function write(form) {
  const { do: what } = form.dataset, request = { do: what };
  for (const name of ["text", "team", "inject", "response", "title", "message", "reason", "ruling"]) {
    if (form.elements[name]) request[name] = form.elements[name].value.trim();
  }
  const { day } = form.elements, effects = written(form, decimal), first = form.querySelector("[name=on]");
  if (day?.value.trim()) request.day = decimal(day);
  if (request.day === null || effects === null) return undefined;
  if (effects.length) request.effects = effects;
  else if (first && what === "override") return first.focus();
  forms.set(form.parentElement.id, form);
  return direct(form.parentElement.id, request, what === "add" ? `${form.querySelector("button:not([type])").textContent} (${request.title})` : "");
}

/** The number in a field; null, and the field has the focus, if there is none. */
function decimal(field) {
  const number = Number(field.value.trim().replace(",", ".") || NaN);
  if (Number.isFinite(number)) return number;
  field.focus();
  return null;
}

/** A secret link is kept on no disk of this browser: it does not go through the outbox. */
async function link(role) {
  say("told", "");
  const answer = await fetch("/room/link", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ role }),
  }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  if (answer?.ok) patch(document.getElementById("link"), told.html);
  else say("told", told?.refused ?? document.getElementById("banner").dataset.offline);
}

function drawHeld() {
  const list = document.getElementById("held"), waiting = held(), slots = waiting.map((item) => item.slot);
  for (const shown of [...list.children]) if (!slots.includes(shown.dataset.slot)) shown.remove();
  for (const { slot, held: what } of waiting) {
    if ([...list.children].some((shown) => shown.dataset.slot === slot)) continue;
    const row = document.createElement("li"), button = document.createElement("button");
    row.dataset.slot = button.dataset.undo = slot;
    row.append(words.heldSays.replace("{what}", what), button);
    button.type = "button";
    button.append(words.undoSays);
    list.append(row);
  }
}

onChange(drawHeld);
onDone((slot) => {
  const form = forms.get(slot);
  if (!form) return;
  form.reset();
  leaveOne(form);
  forms.delete(slot);
});
let isFolded = "minute" in words;

/** The code to join gives way once the exercise has begun; whoever opens it again keeps it open. */
function foldCode({ minute }) {
  if (isFolded || minute === null || minute === undefined) return;
  isFolded = true;
  document.getElementById("scan").open = false;
}

begin((now) => {
  foldCode(now);
  shown(now);
  drawHeld();
  drawAsked();
}, isLate);
drawHeld();
