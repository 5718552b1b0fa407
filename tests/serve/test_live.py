"""The live channel: a page gets what has changed, once, and a sign of life where nothing has."""

import asyncio
import json

from tabletop.serve.live import Bell, Look, stream


def heard(*looks, rung=(), beat_seconds=0.05):
    """The events of a stream whose page shows these, one after another; `rung` are seconds of the bell."""
    left = list(looks)

    async def run():
        bell, found = Bell(), []
        shown = left.pop(0)

        def look():
            return shown

        async def ring():
            nonlocal shown
            for seconds in rung:
                await asyncio.sleep(seconds)
                shown = left.pop(0)
                bell.ring()

        ringing = asyncio.create_task(ring())
        async for event in stream(look, bell, beat_seconds=beat_seconds):
            found.append(parsed(event))
            if found[-1][0] == "gone" or (not left and len(found) >= 6):
                break
        await ringing
        return found

    return asyncio.run(run())


def parsed(event):
    lines = dict(line.partition(": ")[::2] for line in event.strip().splitlines())
    return lines.get("event", ""), json.loads(lines.get("data", "{}"))


def look(line, **regions):
    return Look(line, regions, {"stands": False})


def test_the_first_view_is_whole_and_later_ones_have_what_changed():
    events = heard(look(1, head="a", main="b"), look(2, head="a", main="c"), rung=(0.3,))
    views = [data for name, data in events if name == "view"]
    assert [one["regions"] for one in views] == [{"head": "a", "main": "b"}, {"main": "c"}]
    assert [one["line"] for one in views] == [1, 2]


def test_a_region_that_was_gone_is_sent_again_when_it_is_back_as_it_was():
    looks = (look(1, main="1", card="c"), look(2, main="2"), look(3, main="1", card="c"))
    events = heard(*looks, rung=(0.3, 0.3))
    views = [data["regions"] for name, data in events if name == "view"]
    assert views == [{"main": "1", "card": "c"}, {"main": "2"}, {"main": "1", "card": "c"}]


def test_where_nothing_changes_there_are_signs_of_life_with_the_line():
    events = heard(look(7, head="a"))
    assert [name for name, _ in events] == ["", "view", "beat", "beat", "beat", "beat"]
    assert {data["line"] for _, data in events[1:]} == {7}


def test_states_that_nobody_could_see_are_skipped():
    quick = [look(n, main=str(n)) for n in range(2, 6)]
    events = heard(look(1, main="1"), *quick, rung=(0.02, 0.001, 0.001, 0.001), beat_seconds=0.4)
    views = [data["regions"]["main"] for name, data in events if name == "view"]
    assert views[0] == "1"
    assert views[-1] == "5"
    assert len(views) == 2


def test_a_page_whose_seat_was_taken_away_is_told_so_at_once():
    events = heard(look(1, main="1"), None, rung=(0.2,), beat_seconds=60)
    assert [name for name, _ in events] == ["", "view", "gone"]
