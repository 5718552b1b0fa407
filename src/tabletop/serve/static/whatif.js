// The what-if page: sliders and number fields become questions; the newest one is what counts.
import { begin } from "./live.js";

const APART = 60, AGAIN = 700; // milliseconds between two questions, and after one that was put off
const form = document.getElementById("levers"), answer = document.querySelector('[data-region="answer"]');
const told = document.getElementById("told"), money = document.querySelector(".money");
const sliders = [...form.querySelectorAll(".slider")].map((element) => ({
  element,
  lever: element.dataset.lever,
  start: Number(element.dataset.start),
  range: element.querySelector("[type=range]"),
  number: element.querySelector("[type=number]"),
  value: element.querySelector("[type=number]").valueAsNumber,
}));
let asked = Number(document.body.dataset.asked), waits = false, sending = false, since = 0;

form.addEventListener("input", ({ target }) => {
  const slider = sliders.find(({ element }) => element.contains(target));
  if (!slider) return;
  const isGood = target.validity.valid && !Number.isNaN(target.valueAsNumber);
  slider.number.setAttribute("aria-invalid", String(!isGood));
  if (isGood) set(slider, target.valueAsNumber, target);
});

// what is no setting is put right once somebody leaves the field
form.addEventListener("change", ({ target }) => {
  const slider = sliders.find(({ number }) => number === target);
  if (!slider || slider.number.getAttribute("aria-invalid") !== "true") return;
  const typed = Number.isNaN(target.valueAsNumber) ? slider.value : target.valueAsNumber;
  const whole = target.step === "1" ? Math.round(typed) : typed;
  slider.number.setAttribute("aria-invalid", "false");
  set(slider, Math.min(Math.max(whole, Number(target.min)), Number(target.max)));
});

document.getElementById("mirror")?.addEventListener("change", async ({ target }) => {
  const answered = await post("/whatif/mirror", { is_on: target.checked }).catch(() => null);
  if (!answered?.ok) target.checked = !target.checked;
});

form.addEventListener("submit", (event) => event.preventDefault());

document.getElementById("as-started").addEventListener("click", () => {
  for (const slider of sliders) set(slider, slider.start);
});

function set(slider, value, source = null) {
  move(slider, value, source);
  costs();
  ask();
}

function move(slider, value, source = null) {
  slider.value = value;
  if (slider.range !== source) slider.range.value = value;
  if (slider.number !== source) slider.number.value = value;
}

/** Stand as the answer that is shown, if somebody else has asked for it and nobody moves anything here. */
function follow() {
  const { number, settings: json } = answer.querySelector("[data-number]").dataset;
  if (Number(number) <= asked || waits || sending || form.querySelector("[aria-invalid=true]")) return;
  const theirs = JSON.parse(json);
  asked = Number(number);
  for (const slider of sliders) move(slider, theirs[slider.lever] ?? slider.start);
  told.textContent = document.body.dataset.followed;
  costs();
}

function settings() {
  return Object.fromEntries(sliders.filter(({ value, start }) => value !== start).map(({ lever, value }) => [lever, value]));
}

async function ask() {
  waits = true;
  told.textContent = "";
  mark();
  if (sending) return;
  sending = true;
  while (waits) {
    await new Promise((after) => setTimeout(after, Math.max(0, since + APART - performance.now())));
    waits = false;
    since = performance.now();
    await question();
  }
  sending = false;
  mark();
}

function post(path, body) {
  return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

async function question() {
  try {
    const response = await post("/whatif/ask", { settings: settings() });
    if (response.status === 429) throw new Error();
    const said = await response.json();
    told.textContent = said.refused ?? "";
    if (response.ok) asked = said.asked;
  } catch {
    since = performance.now() + AGAIN; // the server is busy or out of reach: the newest settings are asked again
    waits = true;
  }
}

function costs() {
  let total = Number(money.dataset.cost);
  for (const { element, lever, start, value } of sliders) {
    const own = value === start ? Number(element.dataset.cost) : value * Number(element.dataset.price);
    const place = document.getElementById(`cost-${lever}`);
    place.textContent = place.dataset.says.replace("{cost}", amount(own));
    total += own - Number(element.dataset.cost);
  }
  const { budget, of, left, over } = money.dataset;
  document.getElementById("money").textContent = of.replace("{cost}", amount(total)).replace("{budget}", amount(budget));
  if (budget === undefined) return;
  const spare = Math.round((budget - total) * 100) / 100;
  money.classList.toggle("over", spare < 0);
  document.getElementById("left").textContent = (spare < 0 ? over : left).replace("{amount}", amount(Math.abs(spare)));
}

function amount(value) {
  return String(Math.round(value * 100) / 100).replace("-", "−");
}

// the picture is of the settings that it says, which may not be those of the sliders yet
function mark() {
  const shown = Number(answer.querySelector("[data-number]").dataset.number);
  answer.toggleAttribute("data-old", waits || sending || shown < asked);
}

costs();
mark();
begin(() => {
  follow();
  mark();
}, () => waits && performance.now() > since + 5000);
