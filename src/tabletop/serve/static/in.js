// A secret link: what follows the `#` is exchanged for a seat, and leaves the address bar.
const says = document.getElementById("says");
says.textContent = says.dataset.works;
const secret = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
const answer = await fetch("/in", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ secret }),
}).catch(() => null);
const told = answer ? await answer.json() : null;
if (answer?.ok) location.replace(told.to);
else if (!secret) says.textContent = says.dataset.fails; // the page was loaded again without what follows the `#`
else says.textContent = told?.refused ?? says.dataset.fails;
