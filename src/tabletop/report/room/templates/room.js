"use strict";
// A newer file may have been written: look every second. What is new appears once, and not at every look.
const shown = document.querySelector("main").textContent;
try {
  if (sessionStorage.getItem("shown") !== shown) document.documentElement.classList.add("fresh");
  sessionStorage.setItem("shown", shown);
} catch { /* where nothing may be stored, nothing appears slowly */ }
const clock = document.querySelector(".clock[data-left]");
function count() {
  const since = "stands" in clock.dataset ? 0 : (Date.now() - clock.dataset.at) / 1000;
  const left = Math.round(clock.dataset.left - since), size = Math.abs(left);
  const two = (number) => String(number).padStart(2, "0");
  clock.querySelector("span").textContent = `${left < 0 ? "+" : ""}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
if (clock) count();
setTimeout(() => location.reload(), 1000);
