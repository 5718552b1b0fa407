"""Layers are walked while they are in reach, each once at a time."""

from tabletop.engine.clock import Clock
from tabletop.engine.layers import Layers


def walking(clock):
    """Layers whose candidates come every ten days; and what was met."""
    met = []

    def walk(layer):
        while True:
            yield clock.at((clock.now // 10 + 1) * 10)
            if layers.leave(layer):
                return
            met.append((clock.now, layer))

    layers = Layers(clock, walk)
    return layers, met


def test_as_many_layers_are_walked_as_the_bound_needs():
    clock = Clock(0)
    layers, met = walking(clock)
    layers.reach(2.3)
    clock.advance(10)
    assert sorted(met) == [(10, 0), (10, 1), (10, 2)]


def test_a_bound_of_nothing_walks_no_layer():
    clock = Clock(0)
    layers, met = walking(clock)
    layers.reach(0.0)
    assert clock.advance(100) == 0
    assert met == []


def test_a_whole_bound_needs_no_layer_above_it():
    clock = Clock(0)
    layers, met = walking(clock)
    layers.reach(1.0)
    clock.advance(10)
    assert met == [(10, 0)]


def test_a_layer_out_of_reach_is_left_and_walked_anew_when_reached():
    clock = Clock(0)
    layers, met = walking(clock)
    layers.reach(1.5)
    clock.advance(15)
    layers.reach(0.5)
    clock.advance(35)
    layers.reach(1.5)
    clock.advance(45)
    assert [day for day, layer in met if layer == 1] == [10, 40]
    assert [day for day, layer in met if layer == 0] == [10, 20, 30, 40]


def test_reaching_again_walks_no_layer_twice():
    clock = Clock(0)
    layers, met = walking(clock)
    for bound in (1.5, 1.2, 1.9, 0.3, 1.5):
        layers.reach(bound)
    clock.advance(10)
    assert sorted(met) == [(10, 0), (10, 1)]
