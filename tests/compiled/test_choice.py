"""Which engine makes a run: the compiled one where it is installed, unless somebody says otherwise."""

import json

import pytest

from tabletop import TabletopError, UnknownName, load, simulate
from tabletop.cli import main
from tabletop.compiled import choice
from tabletop.compiled.self_check import agrees
from tabletop.errors import EngineNote
from tabletop.simulation import Simulation

needs_engine = pytest.mark.skipif(choice.absence() is not None, reason="the compiled engine is not installed")
if choice.absence() is None:
    from tabletop.compiled.runner import Runner

SMALL = load("terror-queue").model_copy(update={"horizon_days": 30.0, "warm_up_days": 0.0})


def engine_of(engine="auto"):
    return simulate(SMALL, "queue", 0, engine=engine).engine


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """A machine on which nothing has been found out yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.delenv(choice.VARIABLE, raising=False)
    choice._is_trusted.cache_clear()
    yield
    choice._is_trusted.cache_clear()


@pytest.fixture
def without(fresh, monkeypatch):
    """An installation without the compiled engine."""
    monkeypatch.setattr(choice, "absence", lambda: "it was not built")


def test_simpy_can_always_be_chosen():
    assert engine_of("simpy") == "simpy"


def test_without_the_compiled_engine_auto_is_simpy_which_is_said_once(without):
    with pytest.warns(EngineNote, match="not used: it was not built"):
        assert engine_of() == "simpy"
    choice._is_trusted.cache_clear()  # as another process
    assert engine_of() == "simpy"


def test_where_nothing_can_be_remembered_every_process_says_it(without, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    for _ in range(2):
        choice._is_trusted.cache_clear()
        with pytest.warns(EngineNote, match="not used"):
            assert engine_of() == "simpy"


@needs_engine
def test_an_engine_that_differs_here_is_not_used(fresh, monkeypatch):
    monkeypatch.setattr(choice, "agrees", lambda model, compiled: False)
    with pytest.warns(EngineNote, match="on this machine its last bits are not the model's"):
        assert engine_of() == "simpy"
    assert engine_of("compiled") == "compiled"


@needs_engine
def test_it_is_held_against_the_model_once_and_then_known(fresh, monkeypatch):
    asked = []
    monkeypatch.setattr(choice, "agrees", lambda *engines: not asked.append(engines))
    for _ in range(2):
        choice._is_trusted.cache_clear()
        assert engine_of() == "compiled"
    assert asked == [(Simulation, Runner)]


@needs_engine
def test_the_self_check_notices_a_difference():
    assert agrees(Simulation, Runner)

    def off(*arguments, **asked):
        runner = Runner(*arguments, **asked)
        runner._loop.jump("trust", 0.5)
        return runner

    assert not agrees(Simulation, off)


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


@needs_engine
def test_auto_is_the_compiled_engine_where_there_is_one(monkeypatch):
    monkeypatch.delenv(choice.VARIABLE, raising=False)
    assert engine_of() == engine_of("compiled") == "compiled"


def test_a_command_can_choose_the_engine(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(choice.VARIABLE, "auto")  # so that it is put back
    words = ["run", "terror-queue", "--replications", "1", "--no-figures", "--workers", "1", "--json"]
    found = []
    for engine in ("simpy", "auto"):
        with pytest.raises(SystemExit) as end:
            main([*words, "--engine", engine, "--out", str(tmp_path / engine)])
        assert not end.value.code
        found.append(capsys.readouterr().out)
        (manifest,) = tmp_path.glob(f"{engine}/*/manifest.json")
        told = json.loads(manifest.read_text("utf-8"))["provenance"]["engine"]
        assert told == ("compiled" if engine == "auto" and choice.absence() is None else "simpy")
    assert found[0] == found[1]


def test_a_command_refuses_what_is_no_engine(monkeypatch, capsys):
    monkeypatch.setenv(choice.VARIABLE, "auto")
    with pytest.raises(SystemExit) as end:
        main(["run", "terror-queue", "--engine", "simply"])
    assert end.value.code == 2
    assert "'simply': no such engine; did you mean 'simpy'?" in capsys.readouterr().err
