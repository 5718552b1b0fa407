"""Effects on the monitor: as many in one inject or override as at the terminal, and none half written."""

from contextlib import contextmanager

import pytest

from exercise.room import TEXT
from report.browser import browser
from serve.class_pages import enter_by, has_no_barrier, pages_of, press
from serve.served import begin_first_move, controller, entries_of, serving
from tabletop.exercise import acts
from tabletop.scenario.inject import Effect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@contextmanager
def a_monitor(chromium, where):
    """The small exercise in its first move: the class, its controller, and the monitor in a browser."""
    (where / "small.yaml").write_text(TEXT)
    with (
        serving("small.yaml", where, "--port", "0", "--others", "2", "--workers", "1") as served,
        pages_of(chromium, 1) as (desk,),
    ):
        keys = controller(served)
        begin_first_move(keys)
        enter_by(served.monitor, desk, "Tables decide")
        yield served, keys, desk


def write(box, on, change, amount, days=""):
    box.get_by_label("Condition").fill(on)
    box.get_by_label("Change").select_option(label=change)
    box.get_by_label("Amount, or true or false").fill(amount)
    box.get_by_label("For how many days").fill(days)


@pytest.mark.verify
def test_an_inject_and_an_override_have_several_effects(chromium, tmp_path):
    with a_monitor(chromium, tmp_path) as (served, keys, desk):
        desk.get_by_text("Add an inject").click()
        desk.get_by_label("Headline for the players").fill("Rain")
        desk.locator("#add-reason").fill("calm")
        desk.get_by_text("What it changes, if anything").click()
        boxes = desk.locator("#write-add fieldset.effect")
        assert not desk.get_by_role("button", name="Take effect 1 away").is_visible()
        write(boxes.nth(0), "background.community", "multiply by", "2", "30")
        for number in (2, 3):
            press(desk, "One more effect")
            assert (
                boxes.nth(number - 1)
                .get_by_label("Condition")
                .evaluate("one => one === document.activeElement")
            )
        write(boxes.nth(1), "trust", "multiply by", "0.9")
        write(boxes.nth(2), "detection.assessment.mean", "set to", "0.1", "10")
        assert has_no_barrier(desk)
        desk.set_viewport_size({"width": 1024, "height": 768})
        # the second is taken away, and the third is the second then
        press(desk, "Take effect 2 away")
        assert boxes.locator("legend").all_inner_texts() == ["Effect 1", "Effect 2"]
        assert boxes.nth(1).get_by_label("Condition").input_value() == "detection.assessment.mean"
        # what others do meanwhile leaves them as they are
        assert keys.act("room", "note", text="Loud.").status == 200
        desk.get_by_text("Note: Loud.").wait_for()
        assert boxes.count() == 2
        # half an effect is asked for, and not left out in silence
        press(desk, "One more effect")
        boxes.nth(2).get_by_label("Amount, or true or false").fill("3")
        press(desk, "Add it for all")
        assert boxes.nth(2).get_by_label("Condition").evaluate("one => one === document.activeElement")
        assert desk.locator("#held li").count() == 0
        press(desk, "Take effect 3 away")
        press(desk, "Add it for all")
        desk.get_by_text("Inject added-1 is added: Rain.").wait_for(timeout=20_000)
        assert boxes.count() == 1
        assert boxes.nth(0).get_by_label("Condition").input_value() == ""

        desk.get_by_text("An effect from a day on").click()
        desk.get_by_label("From day").fill("100")
        desk.locator("#effect-reason").fill("agreed")
        override = desk.locator("#write-effect fieldset.effect")
        write(override.nth(0), "trust", "multiply by", "0.9")
        desk.locator("#write-effect").get_by_role("button", name="One more effect").click()
        write(override.nth(1), "backgrund.community", "add", "1")
        press(desk, "Put it into effect for all")
        desk.get_by_text("did you mean 'background.community'?").wait_for()
        override.nth(1).get_by_label("Condition").fill("background.community")
        press(desk, "Put it into effect for all")
        desk.get_by_text("Override, effects from day 100.").wait_for()
        done = [entry.act for entry in entries_of(served)]
    (added,) = (act for act in done if isinstance(act, acts.Add))
    assert added.effects == (
        Effect(on="background.community", multiply=2.0, for_days=30.0),
        Effect(on="detection.assessment.mean", set=0.1, for_days=10.0),
    )
    (overridden,) = (act for act in done if isinstance(act, acts.Override))
    assert [one.on for one in overridden.effects] == ["trust", "background.community"]


@pytest.mark.verify
def test_there_are_as_many_as_an_act_may_have_and_no_more(chromium, tmp_path):
    with a_monitor(chromium, tmp_path) as (served, keys, desk):
        desk.get_by_text("An effect from a day on").click()
        more = desk.locator("#write-effect").get_by_role("button", name="One more effect")
        for _ in range(acts.MOST_EFFECTS - 1):
            more.click()
        assert desk.locator("#write-effect fieldset.effect").count() == acts.MOST_EFFECTS
        assert not more.is_visible()
        desk.get_by_role("button", name=f"Take effect {acts.MOST_EFFECTS} away").click()
        assert more.is_visible()
    effect = {"on": "trust", "multiply": 0.99}
    with serving(served.folder, tmp_path, "--port", "0", "--workers", "1") as again:
        keys = controller(again)
        keys.act("room", "resume")
        parts = {"day": 100, "reason": "x"}
        assert keys.act("room", "override", effects=[effect] * (acts.MOST_EFFECTS + 1), **parts).status == 422
        assert keys.act("room", "override", effects=[effect] * acts.MOST_EFFECTS, **parts).status == 200
