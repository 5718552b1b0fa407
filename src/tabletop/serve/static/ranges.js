// Ranges: one measure a screen; both ends by steppers, squares or a bar that fill, and what would be a surprise.
import { onDone, send } from "./outbox.js";

const SQUARES = 8, ROUND = [1, 2, 5]; // the last square is open: "7+"
let current = "";

/** Let the ranges on a page be set, kept and looked through. */
export function begin(main) {
  main.addEventListener("click", ({ target }) => {
    const { step, for: id, go } = target.dataset;
    if (go) turnTo(go);
    if (!step) return;
    const input = document.getElementById(id);
    if (Number(step) > 0) input.stepUp();
    else input.stepDown();
    meet(input);
    draw();
  });
  main.addEventListener("input", ({ target }) => {
    if (!target.form?.dataset.measure) return;
    if (target.dataset.end) {
      const field = target.form.elements[target.dataset.end];
      field.value = target.value;
      meet(field);
    }
    draw();
  });
  main.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target, { measure, replaces, writtenBy } = form.dataset;
    const [low, high] = ends(form).map((end) => end / writtenBy);
    if (Number.isNaN(low) || Number.isNaN(high)) (Number.isNaN(low) ? form.elements.low : form.elements.high).focus();
    else send(`range ${measure}`, { do: "predict", measure, low, high, replaces: Number(replaces) }, `told-${measure}`);
  });
  // what is on the laptop's disk is done: the next that nobody has said anything of
  onDone((slot) => {
    const all = forms(), place = all.findIndex((form) => form.id === current);
    if (slot !== `range ${all[place]?.dataset.measure}`) return;
    const next = [...all.slice(place + 1), ...all.slice(0, place)].find((form) => form.dataset.replaces === "0");
    if (next) turnTo(next.id);
  });
}

/** Show the one measure of this screen as it stands. */
export function draw() {
  const all = forms();
  if (!all.some((form) => form.id === current)) current = (all.find((form) => form.dataset.replaces === "0") ?? all[0])?.id ?? "";
  for (const form of all) {
    form.hidden = form.id !== current;
    const [low, high] = ends(form), isRange = low <= high;
    form.querySelector("[data-squares]")?.replaceChildren(...squares(isRange ? low : NaN, high));
    const bar = form.querySelector("[data-bar]");
    if (bar) fill(bar, isRange ? [low, high] : [0, 0], isRange ? [low, high] : [0, 100]);
    readBack(form, low, high);
  }
}

function forms() {
  return [...document.querySelectorAll("form[data-measure]")];
}

function turnTo(id) {
  current = id;
  draw();
  document.querySelector(`#${id} h2`).focus();
}

/** Both ends as they are written: a share in per cent. */
function ends({ elements: { low, high } }) {
  return [low.valueAsNumber, high.valueAsNumber];
}

/** An end that is moved beyond the other takes it along. */
function meet(moved) {
  const { low, high } = moved.form.elements, other = moved === low ? high : low;
  if (low.valueAsNumber > high.valueAsNumber) other.value = moved.value;
}

function squares(low, high) {
  let unit = 1;
  for (let place = 1; low > (SQUARES - 1) * unit; place += 1) unit = ROUND[place % 3] * 10 ** Math.floor(place / 3);
  return Array.from({ length: SQUARES }, (_, place) => {
    const square = document.createElement("span"), isLast = place === SQUARES - 1;
    const from = place * unit, to = isLast ? Infinity : from + unit - 1;
    square.textContent = isLast ? `${from}+` : from;
    square.classList.toggle("filled", low <= to && high >= from);
    return square;
  });
}

function fill(bar, [from, to], handles) {
  bar.style.setProperty("--low", from);
  bar.style.setProperty("--high", to);
  bar.querySelectorAll("input").forEach((handle, place) => (handle.value = handles[place]));
}

function readBack(form, low, high) {
  const place = form.querySelector("[data-above]"), { unit } = form.dataset, { dataset: says } = place;
  const next = "counts" in form.dataset ? high + 1 : high, isTop = String(high) === form.elements.high.max;
  const sentence = low > 0 ? (isTop ? says.below : says.both) : isTop ? says.none : says.above;
  place.textContent = low <= high ? sentence.replace("{low}", low + unit).replace("{high}", next + unit) : "";
}
