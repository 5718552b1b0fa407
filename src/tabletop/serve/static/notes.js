// An evaluator's page: what is typed is kept in this browser until the server has it on disk.
import { begin } from "./live.js";
import { isLate, onDone, send, shown } from "./outbox.js";

const words = document.body.dataset, store = `typed-${words.room}-${words.device}`;
const typed = read(), opened = new Set();

function read() {
  try {
    return { fields: {}, chosen: {}, ...JSON.parse(localStorage.getItem(store)) };
  } catch {
    return { fields: {}, chosen: {} };
  }
}

function keep() {
  try {
    localStorage.setItem(store, JSON.stringify(typed));
  } catch { /* where nothing may be stored, a page that is closed forgets */ }
}

document.addEventListener("input", ({ target }) => {
  if (target.type === "radio") target.form.querySelectorAll(`[name="${target.name}"]`).forEach((one) => delete typed.fields[one.id]);
  typed.fields[target.id] = target.type === "radio" ? target.checked : target.value;
  keep();
});

document.addEventListener("click", ({ target }) => {
  const { refer, leave } = target.dataset;
  if (refer) typed.chosen[refer] = document.getElementById(`says-${refer}`).textContent;
  else if (leave) delete typed.chosen[leave];
  else return;
  keep();
  drawChosen();
  if (refer) document.getElementById("write-observe").open = true;
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target, { do: what, objective, task } = form.dataset, request = { do: what };
  for (const [name, value] of new FormData(form)) request[name] = value.trim();
  if (objective) request.objective = objective;
  if (task) request.task = task;
  if (what === "observe") request.reference = Object.keys(typed.chosen).map(Number).slice(0, 20);
  send(form.id, request);
});

/** What was sent is on disk: nothing of it need be kept here. */
function forget(id) {
  const form = document.getElementById(id);
  if (!form) return;
  for (const field of form.elements) delete typed.fields[field.id];
  if (id === "observe") typed.chosen = {};
  keep();
  form.reset();
  drawChosen();
}

/** Put back what was typed, where it is not there: into a page that was loaded anew, or a form that has come. */
function restore() {
  for (const [id, value] of Object.entries(typed.fields)) {
    const field = document.getElementById(id);
    if (!field || field === document.activeElement) continue;
    if (field.type === "radio") field.checked = value;
    else if (field.value !== value) field.value = value;
    const fold = field.closest("details");
    if (fold && value && !opened.has(fold.id)) {
      opened.add(fold.id);
      fold.open = true;
    }
  }
}

function drawChosen() {
  const list = document.getElementById("chosen");
  if (!list) return;
  const rows = Object.entries(typed.chosen).map(([number, says]) => {
    const row = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.dataset.leave = number;
    button.append(words.takeOutSays.replace("{number}", number));
    row.append(says, " ", button);
    return row;
  });
  if (!rows.length) {
    const none = document.createElement("li");
    none.append(words.noneSays);
    rows.push(none);
  }
  list.replaceChildren(...rows);
}

onDone(forget);
begin((now) => {
  shown(now);
  restore();
}, isLate);
restore();
drawChosen();
