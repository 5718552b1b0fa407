"""A browser for tests: Chromium of the system, driven by Playwright; None where either is missing."""

import shutil
from contextlib import contextmanager

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

LEAST = 28
"""Pixels of the smallest text at 1280 × 720; there is no exception."""
LOOKS = """() => {
  const found = [], stage = document.body.getBoundingClientRect();
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest(".hidden") || one.closest("script")) continue;
    const box = one.getBoundingClientRect(), what = one.textContent.trim().slice(0, 40);
    const says = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const scale = one.ownerSVGElement ? one.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(one).fontSize) * scale;
    if (says && size < LEAST - 0.1) found.push(`small: ${size} ${what}`);
    const leaves = box.right > stage.right + 1 || box.bottom > stage.bottom + 1 || box.left < stage.left - 1;
    if (box.width && leaves) found.push(`outside: ${one.tagName} ${what}`);
    for (const node of says ? one.childNodes : []) {
      if (node.nodeType !== 3 || !node.textContent.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);  // what is written may leave the box that it was to stand in
      if (range.getBoundingClientRect().bottom > stage.bottom + 1) found.push(`below the edge: ${what}`);
    }
    const hides = getComputedStyle(one).overflowX === "hidden" && one !== document.body;
    if (hides && !one.ownerSVGElement && one.tagName !== "svg" && one.scrollWidth > one.clientWidth + 2)
      found.push(`cut off: ${one.tagName} ${what}`);
    if (hides && one.tagName === "MAIN" && one.scrollHeight > one.clientHeight + 1)
      found.push(`too high: ${one.scrollHeight - one.clientHeight}`);
  }
  return found;
}""".replace("LEAST", str(LEAST))
"""What is wrong with a screen of the room: text too small, cut off or outside, or more than fits."""


@contextmanager
def browser():
    """A browser without a window; skips the test, with the reason, where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()
