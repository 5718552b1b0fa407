"""A class in real browsers: from the QR code to the reveal, on two phones and a monitor."""

import socket
import threading
from contextlib import contextmanager, suppress

import pytest

from report.browser import CHROMIUM, browser
from serve.served import serving
from tabletop.exercise.exercise import Exercise

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

WIDTHS = (320, 360)


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@contextmanager
def pages_of(chromium, number, **context):
    """Pages in browsers of their own; a script that fails, fails the test."""
    wrong, contexts = (
        [],
        [chromium.new_context(viewport={"width": 360, "height": 740}, **context) for _ in range(number)],
    )
    pages = [each.new_page() for each in contexts]
    for page in pages:
        page.on("pageerror", lambda error: wrong.append(error))
    yield pages
    for each in contexts:
        each.close()
    assert not wrong


def has_no_barrier(page):
    """Whether axe finds nothing, and nothing scrolls sideways on a narrow phone."""
    found = axe.Axe().run(page).response
    assert len(found["passes"]) > 8
    assert [(one["id"], one["nodes"][0]["target"]) for one in found["violations"]] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    return True


def sit_down(page, served, team):
    page.goto(served.join)
    page.get_by_label(team).check()
    page.get_by_role("button", name="Join").click()
    page.get_by_role("heading", name="You are in").wait_for()


def press(desk, name):
    desk.get_by_role("button", name=name, exact=True).click()


def test_two_phones_play_a_move_from_the_code_to_the_reveal(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "10", "--workers", "1") as served,
        pages_of(chromium, 3) as (
            desk,
            one,
            two,
        ),
    ):
        one.goto(served.join)
        assert has_no_barrier(one)
        desk.goto(served.monitor)
        desk.get_by_role("heading", name="Lobby").wait_for()
        assert served.monitor.partition("#")[2] not in desk.url
        assert desk.get_by_text(served.join).is_visible()
        sit_down(one, served, "North")
        sit_down(two, served, "North")
        assert has_no_barrier(one)
        desk.get_by_text("phone 1 (here, pen), phone 2 (here)").wait_for()
        assert has_no_barrier(desk)

        press(desk, "StartEx: begin the exercise")
        one.get_by_role("heading", name="The exercise has begun").wait_for()
        assert has_no_barrier(one)
        press(desk, "Begin move 1")
        one.get_by_role("heading", name="Decide").wait_for()
        assert one.evaluate("document.activeElement.id") == "phase"  # who listens is told
        # what one taps, the other sees; a fold that was opened stays open, and the focus where it was
        two.locator("#more-D2 summary").click()
        two.locator("#play-R1").focus()
        one.locator("#play-D1").check()
        two.locator("#play-D1:checked").wait_for()
        assert two.locator("#card-D1").inner_text().find("by phone 1") > 0
        assert two.locator("#more-D2").get_attribute("open") is not None
        assert two.evaluate("document.activeElement.id") == "play-R1"
        two.locator("#play-R1").check()
        one.get_by_text("0.5 above the budget").wait_for()
        assert one.get_by_role("button", name="Submit for North").is_disabled()
        assert one.locator("#card-D2").get_by_text("2 a move at most").is_visible()
        assert has_no_barrier(one)
        assert has_no_barrier(desk)
        two.locator("#play-R1").uncheck()
        # the second phone takes the pen and submits
        two.get_by_role("button", name="Take the pen").click()
        two.get_by_role("button", name="Submit for North").click()
        one.get_by_text("Submitted: D1. Revision 1, by phone 2").wait_for()
        assert has_no_barrier(two)

        press(desk, "Lock decisions")
        one.get_by_role("heading", name="Predict").wait_for()
        assert has_no_barrier(one)
        one.get_by_label("Incidents: lower end", exact=True).fill("1")
        for _ in range(3):
            one.get_by_role("button", name="Incidents: upper end: more").click()
        assert one.get_by_text("We are 80 % sure that it lies between 1 and 3.").is_visible()
        one.locator("#range-incidents").get_by_role("button", name="Predict for North").click()
        two.get_by_text("Predicted: 1 to 3.").wait_for()
        assert has_no_barrier(desk)

        press(desk, "Reveal what came of it")
        sure = desk.get_by_role("button", name="Sure? Reveal what came of it")
        sure.wait_for()
        desk.wait_for_timeout(1100)
        sure.click()
        for page in (one, two):
            page.get_by_role("heading", name="What came of it").wait_for()
            page.locator("tbody tr").first.wait_for()
            assert page.get_by_text("Your range 1 to 3").is_visible()
            assert page.get_by_role("columnheader", name="baseline").count() == 0
        assert has_no_barrier(one)
        press(desk, "Show the baseline")
        one.get_by_role("columnheader", name="baseline").wait_for()
        assert has_no_barrier(one)
        assert has_no_barrier(desk)


class Cable:
    """A proxy on loopback that can be cut: what is under way is stuck, and nothing new gets through."""

    def __init__(self, port):
        self._port = port
        self._through = threading.Event()
        self._through.set()
        self._sockets = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        self._through.clear()

    def mend(self):
        """What was stuck has died with the cable."""
        for each in self._sockets:
            each.close()
        self._sockets.clear()
        self._through.set()

    def close(self):
        self.mend()
        self._listener.close()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._port))
            self._sockets += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                self._through.wait()
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def test_what_is_tapped_while_the_cable_is_cut_is_kept_and_sent_once(chromium, tmp_path):
    with serving("first-steps", tmp_path, "--port", "0", "--others", "5", "--workers", "1") as served:
        cable = Cable(served.port)
        # the server answers to its own address alone: the browser is told that this is the way there
        with pages_of(chromium, 1) as (desk,):
            desk.goto(served.monitor)
            rules = f"MAP 127.0.0.1:{served.port} 127.0.0.1:{cable.port}"
            cut = chromium.browser_type.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", f"--host-resolver-rules={rules}"]
            )
            with pages_of(cut, 1) as (phone,):
                sit_down(phone, served, "North")
                press(desk, "StartEx: begin the exercise")
                press(desk, "Begin move 1")
                phone.locator("#play-D1").wait_for()
                cable.cut()
                phone.locator("#play-R2").check()
                phone.locator("#play-D2").check()
                phone.locator("#play-D2").uncheck()
                phone.locator("#banner", has_text="Not connected").wait_for()
                assert phone.locator("#play-R2").is_checked()
                assert phone.evaluate("document.activeElement.id") == "play-D2"
                phone.wait_for_timeout(4000)
                cable.mend()
                desk.get_by_text("R2", exact=True).wait_for()
                phone.locator("#banner:empty").wait_for(state="attached")
                assert phone.locator("#play-R2").is_checked()
                assert not phone.locator("#play-D2").is_checked()
            cut.close()
        cable.close()
        assert drafts_of(served) in ([("R2", 1), ("D2", 0)], [("R2", 1), ("D2", 1), ("D2", 0)])


def drafts_of(served):
    """The cards that were changed, in the order of the log."""
    served.kill()
    exercise = Exercise.open(served.folder)
    found = [
        (entry.act.change.card, entry.act.change.times)
        for entry in exercise.entries
        if entry.act.act == "draft"
    ]
    exercise.close()
    return found


def test_after_kill_9_the_phones_come_back_by_themselves(chromium, tmp_path):
    first = serving("first-steps", tmp_path, "--port", "0", "--others", "5", "--workers", "1")
    with first as served, pages_of(chromium, 2) as (desk, phone):
        desk.goto(served.monitor)
        sit_down(phone, served, "North")
        press(desk, "StartEx: begin the exercise")
        press(desk, "Begin move 1")
        phone.locator("#play-D1").check()
        desk.get_by_text("D1", exact=True).wait_for()
        served.kill()
        phone.locator("#play-R2").check()  # kept on the phone, sent when the server is back
        phone.locator("#banner", has_text="Not connected").wait_for()
        with serving(served.folder, tmp_path, "--port", str(served.port), "--workers", "1"):
            desk.get_by_text("D1 R2", exact=True).wait_for()
            phone.get_by_text("The exercise stands still.").wait_for()
            press(desk, "Go on")
            phone.locator("#banner:empty").wait_for(state="attached")
            assert phone.locator("#play-D1").is_checked()
            assert phone.locator("#play-R2").is_checked()
            assert phone.get_by_text("phone 1").first.is_visible()
