"""Luck that is drawn by the compiled engine is that of the model, number by number."""

import pytest

from tabletop.engine.chance import Luck
from tabletop.engine.durations import constant, exponential, gamma, lognormal

loop = pytest.importorskip("tabletop.compiled.loop", reason="the compiled engine is not installed")

from tabletop.compiled.records import duration

PARTNERS = ("north", "Somebody-with_a_very_long_name-of-40-letters")
SEED, REPLICATION = 20261, 5
ENTITIES = [
    ("plot", 0, -2),
    ("plot", 37, 99),
    ("attempt", 0, -2, 3),
    ("trace", 0, -2, 11, 1, "community", 0),
    ("trace", 9_999, -4_999, 9_999_999, 20, "intelligence", 9_999),
    ("case", 0, 1, 3, 2, 17),
    ("benign", "border", 0, -1),
    ("benign", "partner", 12, 4),
]
PURPOSES = list(enumerate(loop.purpose_names(PARTNERS)))


@pytest.fixture
def pair():
    """The compiled luck of a replication, and the model's."""
    return loop.LuckStore(SEED, REPLICATION, PARTNERS), Luck(SEED, REPLICATION)


@pytest.mark.parametrize("entity", ENTITIES, ids=str)
def test_every_purpose_of_every_kind_of_entity_draws_the_models_uniforms(entity, pair):
    store, luck = pair
    for number, name in PURPOSES:
        assert store.uniforms(entity, number, range(30)) == luck.uniforms(name, entity, 30).tolist()


def test_normals_are_the_models():
    store, luck = loop.LuckStore(SEED, REPLICATION, PARTNERS), Luck(SEED, REPLICATION)
    for number, name in PURPOSES[:12]:
        for entity in ENTITIES:
            drawn = store.normals(entity, number, range(3_000))
            assert drawn == luck.cohort(entity, 3_000).normals(name).tolist(), name


@pytest.mark.parametrize(
    "of",
    [
        exponential(3),
        lognormal(3, 0.6),
        lognormal(1, 0),
        gamma(3, 0.707),
        gamma(3, 1.7),
        gamma(1, 20),
        constant(4),
    ],
    ids=str,
)
def test_durations_are_the_models(of, pair):
    store, luck = pair
    for entity in ENTITIES:
        drawn = store.units(entity, loop.Purpose.DETECTION_ASSESSMENT, range(3_000), duration(of))
        assert drawn == luck.cohort(entity, 3_000).units("detection.assessment", of).tolist()


@pytest.mark.parametrize("length", [0.5, 12.0, 5_110.0, 40_000.0])
def test_arrivals_are_the_models(length, pair):
    store, luck = pair
    for entity in ENTITIES:
        times = luck.arrivals("background.arrival", entity, length)
        drawn = store.arrivals(entity, loop.Purpose.BACKGROUND_ARRIVAL, range(len(times) + 1))
        assert drawn[:-1] == times
        assert drawn[-1] >= length


def test_numbers_that_were_let_go_of_are_drawn_again_alike():
    store = loop.LuckStore(SEED, REPLICATION, PARTNERS)
    far = range(9_000_000, 9_000_500)
    first = store.arrivals(ENTITIES[6], loop.Purpose.BACKGROUND_ARRIVAL, range(5_000))
    late = store.arrivals(ENTITIES[6], loop.Purpose.BACKGROUND_ARRIVAL, far)
    assert store.held < 8_100_000
    assert store.arrivals(ENTITIES[6], loop.Purpose.BACKGROUND_ARRIVAL, range(5_000)) == first
    assert store.arrivals(ENTITIES[6], loop.Purpose.BACKGROUND_ARRIVAL, far) == late


def test_another_replication_draws_other_numbers(pair):
    store, _ = pair
    other = loop.LuckStore(SEED, REPLICATION + 1, PARTNERS)
    assert set(store.uniforms(ENTITIES[0], 0, range(30))).isdisjoint(
        other.uniforms(ENTITIES[0], 0, range(30))
    )
