// The projector's page: what the room sees, and the minutes left; nobody touches it.
import { begin } from "./live.js";

const root = document.documentElement;
let seen = shown(), clock = { left: Number(document.body.dataset.left), stands: "stands" in document.body.dataset, at: performance.now() };

function shown() {
  return document.querySelector("main")?.textContent ?? "";
}

function count() {
  const place = document.querySelector(".clock[data-left] span");
  if (!place || !Number.isFinite(clock.left)) return;
  const since = clock.stands ? 0 : (performance.now() - clock.at) / 1000;
  const left = Math.round(clock.left - since), size = Math.abs(left);
  const two = (number) => String(number).padStart(2, "0");
  const text = `${left < 0 ? "+" : ""}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  if (place.textContent !== text) place.textContent = text;
}

begin((now) => {
  clock = { left: now.left ?? NaN, stands: now.stands, at: performance.now() };
  count();
  if (shown() === seen) return;
  // what is new appears once, slowly, where motion is wanted
  seen = shown();
  root.classList.remove("fresh");
  void root.offsetWidth;
  root.classList.add("fresh");
}, () => false);
setInterval(count, 250);
count();
