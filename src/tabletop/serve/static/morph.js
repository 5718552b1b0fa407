// New HTML put into an element so that what stays the same stays: focus, open folds, and what is being typed.

/** Make the children of an element those of some HTML, which the server's templates have made. */
export function patch(element, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  children(element, fresh.content);
}

function children(old, fresh) {
  let place = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const known = wanted.id ? [...old.children].find((child) => child.id === wanted.id) : null;
    if (known && known !== place) old.insertBefore(known, place);
    const found = known ?? place;
    if (found && alike(found, wanted)) {
      place = found.nextSibling;
      node(found, wanted);
    } else {
      old.insertBefore(wanted, place);
    }
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function alike(old, fresh) {
  return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id ?? "") === (fresh.id ?? "");
}

function node(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  const value = old.getAttribute("value");
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  }
  for (const { name, value: wanted } of fresh.attributes) {
    if (old.getAttribute(name) !== wanted && !(name === "open" && old.nodeName === "DETAILS")) old.setAttribute(name, wanted);
  }
  if (old.nodeName === "INPUT") {
    if (old.type === "checkbox") old.checked = fresh.hasAttribute("checked");
    else if (fresh.getAttribute("value") !== value && old !== document.activeElement) old.value = fresh.getAttribute("value") ?? "";
  }
  if ("keep" in old.dataset) return; // what is in it is this page's own, or a region's
  children(old, fresh);
  if (old.nodeName === "SELECT") {
    const chosen = [...old.options].findIndex((option) => option.hasAttribute("selected"));
    if (old !== document.activeElement) old.selectedIndex = Math.max(chosen, 0);
  }
}
