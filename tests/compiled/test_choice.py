"""Which engine makes a run: the compiled one where it is installed, unless somebody says otherwise."""

import pytest

from tabletop import TabletopError, UnknownName, load, simulate
from tabletop.compiled import choice

SMALL = load("terror-queue").model_copy(update={"horizon_days": 30.0, "warm_up_days": 0.0})


def engine_of(engine="auto"):
    return simulate(SMALL, "queue", 0, engine=engine).engine


@pytest.fixture
def without(monkeypatch):
    """An installation without the compiled engine."""
    monkeypatch.delenv(choice.VARIABLE, raising=False)
    monkeypatch.setattr(choice, "absence", lambda: "it was not built")


def test_simpy_can_always_be_chosen():
    assert engine_of("simpy") == "simpy"


def test_without_the_compiled_engine_auto_is_simpy(without):
    assert engine_of() == "simpy"


def test_asking_for_what_is_not_there_is_an_error(without):
    with pytest.raises(TabletopError, match=r"engine: compiled: it was not built; leave it out"):
        engine_of("compiled")


def test_no_such_engine():
    with pytest.raises(UnknownName, match=r"'compield': no such engine; did you mean 'compiled'\?"):
        engine_of("compield")


def test_the_variable_says_what_auto_is(monkeypatch):
    monkeypatch.setenv(choice.VARIABLE, "simpy")
    assert engine_of() == "simpy"
    monkeypatch.setenv(choice.VARIABLE, "simply")
    with pytest.raises(UnknownName, match=f"'simply': no such engine in {choice.VARIABLE}"):
        engine_of()


@pytest.mark.skipif(choice.absence() is not None, reason="the compiled engine is not installed")
def test_auto_is_the_compiled_engine_where_there_is_one(monkeypatch):
    monkeypatch.delenv(choice.VARIABLE, raising=False)
    assert engine_of() == engine_of("compiled") == "compiled"
