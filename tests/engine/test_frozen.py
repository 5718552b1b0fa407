"""Immutable data stays as it is, mappings included."""

import copy
import pickle

import pytest

import tabletop
from tabletop.experiment.lever_steps import stepped, steps_from

CHANGES = {
    "pop": lambda mapping, key: mapping.pop(key),
    "popitem": lambda mapping, key: mapping.popitem(),
    "clear": lambda mapping, key: mapping.clear(),
    "update": lambda mapping, key: mapping.update({key: None}),
    "setdefault": lambda mapping, key: mapping.setdefault("other", None),
    "set": lambda mapping, key: mapping.__setitem__(key, None),
    "delete": lambda mapping, key: mapping.__delitem__(key),
    "or": lambda mapping, key: mapping.__ior__({key: None}),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("copied", [False, True])
def test_a_scenario_cannot_be_changed_through_its_mappings(change, copied):
    scenario = tabletop.load("first-steps")
    if copied:
        scenario = stepped(scenario, "craft", steps_from(scenario, "craft")[0])
    for mapping in (scenario.policy_mixes, scenario.measures):
        before = dict(mapping)
        with pytest.raises(TypeError, match="change a copy of it"):
            CHANGES[change](mapping, next(iter(mapping)))
        assert mapping == before


def test_a_scenario_can_be_copied_and_pickled():
    scenario = tabletop.load("first-steps")
    for same in (copy.deepcopy(scenario), pickle.loads(pickle.dumps(scenario))):
        assert same == scenario
        with pytest.raises(TypeError):
            same.policy_mixes.pop("craft")
