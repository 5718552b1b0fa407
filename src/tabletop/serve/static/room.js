// The controller's monitor: buttons and forms become requests; what cannot be undone is asked for twice.
import { begin } from "./live.js";
import { isLate, send, shown } from "./outbox.js";

const TWICE = 1000, FORGET = 8000; // milliseconds between the two presses: at least, and at most
let asked = null;

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.id === "next") next(button);
  else if (button.dataset.do) press(button.dataset);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target, { team, measure, replaces } = form.dataset;
  if (form.className === "entry") {
    send(`enter ${team}`, { do: "enter", team, entry: form.elements.entry.value, replaces: Number(replaces) });
  } else {
    const low = Number(form.elements.low.value || NaN), high = Number(form.elements.high.value || NaN);
    if (Number.isFinite(low) && Number.isFinite(high)) send(`range ${team} ${measure}`, { do: "enter_range", team, measure, low, high });
    else form.elements[Number.isFinite(low) ? "high" : "low"].focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const id = { n: "next", p: document.getElementById("resume") ? "resume" : "pause" }[event.key];
  if (id) document.getElementById(id)?.click();
});

function next(button) {
  const { phase, move, step, asks } = button.dataset, now = performance.now();
  const since = asks && asked?.label === asks ? now - asked.at : Infinity;
  if (asks && !(since > TWICE && since < FORGET)) {
    if (since >= FORGET) asked = { label: asks, at: now };
    button.textContent = asks;
    return;
  }
  asked = null;
  send("next", { do: "next", phase, move: Number(move), step });
}

function press(data) {
  const request = { do: data.do };
  if (data.do === "extend") request.minutes = Number(data.minutes);
  if (data.do === "remove") request.device = data.device;
  if (data.do === "release" || data.do === "skip") request.inject = data.inject;
  if (data.do === "show") request.what = data.what;
  if (data.do === "door") request.is_open = "open" in data;
  send(`${data.do} ${data.device ?? data.inject ?? ""}`, request);
}

begin(shown, isLate);
