// The page of a team's phone: taps become requests, and what waits to be sent is laid over what is shown.
import { begin } from "./live.js";
import { isLate, onChange, send, shown, waiting } from "./outbox.js";
import { begin as beginRanges, draw } from "./ranges.js";

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

foot.addEventListener("click", ({ target }) => {
  if (target.id === "submit") {
    const { seen, replaces } = target.dataset;
    send("submit", { do: "submit", seen: Number(seen), replaces: Number(replaces) });
  } else if (target.id === "pen") {
    send("pen", { do: "pen" });
  }
});

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
  draw();
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

beginRanges(main);
begin((now) => {
  shown(now);
  overlay();
  fold();
}, isLate);
main.addEventListener("change", overlay);
onChange(overlay);
overlay();
fold();
