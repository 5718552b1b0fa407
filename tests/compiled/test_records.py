"""Nothing of the model is missing in the compiled engine: no lever, condition, step, count or pool."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

loop = pytest.importorskip("tabletop.compiled.loop", reason="the compiled engine is not installed")

import tabletop.compiled
from tabletop.compiled.records import MOST_PARTNERS, READ_IN_PYTHON, settings
from tabletop.engine.durations import Duration
from tabletop.engine.frozen import Frozen
from tabletop.engine.staff import Movement
from tabletop.pillars.sharing import Conditions as SharingConditions
from tabletop.pools import POOLS
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.policy import LEVERS, Policy
from tabletop.subjects import Channel, Closing, Kind, Stage
from tabletop.world import Step, Tally

SOURCES = sorted(Path(tabletop.compiled.__path__[0]).rglob("*.p[xy][ix]"))
SETTINGS = settings(Policy(), Conditions())


def names_of(enum, prefix):
    """The members of an enumeration of the loop, without the prefix that C wants."""
    return {member.name.removeprefix(prefix): member.value for member in enum}


@pytest.mark.parametrize(
    ("theirs", "ours", "prefix"),
    [
        (loop.Step, Step, "STEP_"),
        (loop.Stage, Stage, "STAGE_"),
        (loop.Closing, Closing, "CLOSING_"),
        (loop.Kind, Kind, "KIND_"),
        (loop.Movement, Movement, "MOVEMENT_"),
        (loop.Channel, Channel, ""),
    ],
    ids=lambda x: getattr(x, "__name__", None),
)
def test_enumerations_have_the_same_names_and_numbers(theirs, ours, prefix):
    assert names_of(theirs, prefix) == {member.name: member.value for member in ours}


def test_pools_have_the_same_places():
    assert names_of(loop.PoolName, "POOL_") == {pool.name.upper(): pool.place for pool in POOLS.values()}


def test_the_tally_has_the_same_fields_in_the_same_order():
    store = loop.LuckStore(1, 0, ())
    counted = loop.Loop(store, SETTINGS, [0.0] * 4, 0.0, False).tally
    assert counted == {field.name: field.default for field in fields(Tally)}
    assert [type(count) for count in counted.values()] == [type(field.default) for field in fields(Tally)]


def test_every_lever_is_a_field_or_a_pool():
    levers, _ = SETTINGS.fields()
    known = {(pillar, name) for pillar, group in levers.items() for name in group}
    known |= {(LEVERS[pool].pillar, pool) for pool in POOLS}
    assert known == {(lever.pillar, lever.name) for lever in LEVERS.values()}


def paths(group, here=()):
    """The paths of all conditions below a group; a duration is one."""
    for name, field in group.model_fields.items():
        inner = field.annotation
        if name == "partners":
            yield from paths(type(SharingConditions().partners[0]), (*here, name))
        elif isinstance(inner, type) and issubclass(inner, Frozen) and not issubclass(inner, Duration):
            yield from paths(inner, (*here, name))
        else:
            yield ".".join((*here, name))


def given(group, here=()):
    """The paths of all that the loop is given."""
    for name, inner in group.items():
        if name == "partners":
            yield from given(inner[0], (*here, name))
        elif isinstance(inner, dict) and "family" not in inner:
            yield from given(inner, (*here, name))
        elif name != "partner_count":
            yield ".".join((*here, name))


def test_every_condition_is_a_field_or_read_in_python_for_a_reason():
    _, conditions = SETTINGS.fields()
    written = {path for path in paths(Conditions) if not path.startswith("staff.")}
    assert set(given(conditions)) | READ_IN_PYTHON.keys() == written
    assert set(given(conditions)).isdisjoint(READ_IN_PYTHON)


def test_as_many_partners_as_a_file_may_have_find_room():
    limits = SharingConditions.model_fields["partners"].metadata
    assert next(limit.max_length for limit in limits if hasattr(limit, "max_length")) == MOST_PARTNERS


def uses(name):
    """How often a name stands in the sources of the loop."""
    return sum(len(re.findall(rf"\b{name}\b", source.read_text("utf-8"))) for source in SOURCES)


def test_whatever_has_a_place_is_used_beside_it():
    levers, conditions = SETTINGS.fields()
    fields_of_settings = [path.rsplit(".", 1)[-1] for path in [*given(levers), *given(conditions)]]
    for name in {*fields_of_settings, *(field.name for field in fields(Tally))}:
        if name in [f"missed_{stage.name.lower()}" for stage in Stage] + [channel.key for channel in Channel]:
            continue  # reached by its number
        assert uses(name) > 1, f"{name} is declared, and nothing is done with it"
    noted_by_the_script = {"STEP_POLICY_CHANGED", "STEP_INJECTED"}
    for member in [*loop.Step, *loop.Stage, *loop.Closing, *loop.Movement, *loop.Purpose]:
        assert uses(member.name) > 1 or member.name in noted_by_the_script, (
            f"{member.name} is declared, and nothing is done with it"
        )


def test_settings_of_other_names_are_refused():
    levers, conditions = SETTINGS.fields()
    staff = dict.fromkeys(POOLS, 1.0)
    loop.Settings(levers, conditions, staff)
    del levers["detection"]["linkage"]
    with pytest.raises(ValueError, match="linkage"):
        loop.Settings(levers, conditions, staff)
