// Effects of an inject or an override: as many in a form as are wanted, each read as it stands in a scenario file.

/** Add an empty effect behind the others of a form, and go to it. */
export function more(id) {
  const list = document.getElementById(`${id}-effects`), all = boxes(list);
  const added = all[0].cloneNode(true), place = Number(all.at(-1).dataset.place ?? 1) + 1;
  added.dataset.place = place;
  for (const one of [added, ...added.querySelectorAll("[id]")]) one.id += `-${place}`;
  for (const field of added.querySelectorAll("input")) field.value = "";
  all.at(-1).after(added);
  count(list);
  added.elements.on.focus();
}

/** Take an effect away; the one before it has the focus. */
export function less(button) {
  const list = button.closest(".effects"), box = button.closest("fieldset"), before = box.previousElementSibling ?? box.nextElementSibling;
  box.remove();
  count(list);
  before.elements.on.focus();
}

/** Leave of each list in a form one effect. */
export function leaveOne(form) {
  for (const list of form.querySelectorAll(".effects")) {
    boxes(list).slice(1).forEach((box) => box.remove());
    count(list);
  }
}

/** What is written in a form; null, and the field has the focus, where something is missing. `decimal` reads a number. */
export function written(form, decimal) {
  const found = [];
  for (const { elements } of form.querySelectorAll("fieldset.effect")) {
    const { on, change, amount, for_days: days } = elements;
    if (!on.value.trim() && !amount.value.trim() && !days.value.trim()) continue;
    if (!on.value.trim()) return to(on);
    const typed = amount.value.trim().toLowerCase();
    const made = { on: on.value.trim(), [change.value]: ["true", "false"].includes(typed) ? typed === "true" : decimal(amount) };
    if (days.value.trim()) made.for_days = decimal(days);
    if (Object.values(made).includes(null)) return null;
    found.push(made);
  }
  return found;
}

function boxes(list) {
  return [...list.querySelectorAll("fieldset.effect")];
}

function count(list) {
  const all = boxes(list);
  all.forEach((box, place) => {
    const away = box.querySelector("[data-less]");
    for (const said of [box.querySelector("legend"), away]) said.textContent = said.dataset.says.replace("{number}", place + 1);
    away.hidden = all.length === 1;
  });
  list.querySelector("[data-more]").hidden = all.length === Number(list.dataset.most);
}

function to(field) {
  field.focus();
  return null;
}
