// The page of a team's phone: taps become requests, and what waits to be sent is laid over what is shown.
import { begin } from "./live.js";
import { isLate, onChange, send, shown, waiting } from "./outbox.js";

const main = document.querySelector("main");
const foot = document.querySelector("footer");

main.addEventListener("change", ({ target }) => {
  const { card, lever } = target.dataset;
  if (card) {
    const times = target.type === "checkbox" ? Number(target.checked) : Number(target.value);
    send(`card ${card}`, { do: "draft", change: { card, times, back: "back" in target.dataset } });
  } else if (lever) {
    send(`lever ${lever}`, { do: "draft", change: { lever, step: target.value } });
  }
});

main.addEventListener("click", ({ target }) => {
  const { step, for: id } = target.dataset;
  if (!step) return;
  const input = document.getElementById(id);
  if (Number(step) > 0) input.stepUp();
  else input.stepDown();
  readBack(input.form);
});

main.addEventListener("input", ({ target }) => target.form?.dataset.measure && readBack(target.form));

main.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target, { measure, replaces, writtenBy } = form.dataset;
  const [low, high] = ends(form).map((end) => end / writtenBy);
  if (Number.isNaN(low) || Number.isNaN(high)) (Number.isNaN(low) ? form.elements.low : form.elements.high).focus();
  else send(`range ${measure}`, { do: "predict", measure, low, high, replaces: Number(replaces) }, `told-${measure}`);
});

foot.addEventListener("click", ({ target }) => {
  if (target.id === "submit") {
    const { seen, replaces } = target.dataset;
    send("submit", { do: "submit", seen: Number(seen), replaces: Number(replaces) });
  } else if (target.id === "pen") {
    send("pen", { do: "pen" });
  }
});

/** Both ends of a range as they are written: a share in per cent. */
function ends({ elements: { low, high } }) {
  return [low.valueAsNumber, high.valueAsNumber];
}

function readBack(form) {
  const [low, high] = ends(form), { unit } = form.dataset;
  const place = form.querySelector("[data-reads]");
  place.textContent = low <= high ? place.dataset.reads.replace("{low}", low + unit).replace("{high}", high + unit) : "";
}

function overlay() {
  const drafting = waiting().filter((request) => request.do === "draft");
  for (const { change } of drafting) {
    const id = change.lever ? `lever-${change.lever}` : `${change.back ? "back" : "play"}-${change.card}`;
    const control = document.getElementById(id);
    if (!control) continue;
    if (control.type === "checkbox") control.checked = change.times > 0;
    else control.value = change.lever ? change.step : String(change.times);
  }
  // what is decided is the draft that was seen: not before the taps of this phone are in it
  const button = document.getElementById("submit");
  if (button) button.disabled = !("may" in button.dataset) || drafting.length > 0;
  document.querySelectorAll("form[data-measure]").forEach(readBack);
  const heading = document.getElementById("phase");
  document.title = `${heading.textContent} · ${document.body.dataset.mark}`;
}

// who has read the situation wants to see the cards
let read = "";
function fold() {
  const situation = document.querySelector("details.situation[open]");
  if (!situation || situation.id === read) return;
  read = situation.id;
  setTimeout(() => { if (!situation.contains(document.activeElement)) situation.open = false; }, 60_000);
}

begin((now) => {
  shown(now);
  overlay();
  fold();
}, isLate);
main.addEventListener("change", overlay);
onChange(overlay);
overlay();
fold();
