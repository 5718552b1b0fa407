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
  const before = old.nodeName === "SELECT" ? chosen(old) : null;
  children(old, fresh);
  // what somebody has chosen stays, unless the server now says something else than before
  if (before !== null && before !== chosen(old)) old.value = chosen(old);
}

/** The value that the server has chosen in a list. */
function chosen(select) {
  const options = [...select.options];
  return (options.find((option) => option.hasAttribute("selected")) ?? options[0])?.value;
}
