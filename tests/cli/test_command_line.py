"""The command line as a whole."""

import pkgutil
import re
import subprocess
import sys
from importlib import import_module

import pytest

from tabletop import cli
from tabletop.cli import COMMANDS, OTHERWISE, loaded, main
from tabletop.version import __version__

SLOW = {"matplotlib", "numpy", "pydantic", "rich", "ruamel", "scipy", "simpy"}


def test_the_version_is_printed(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["--version"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out == f"tabletop {__version__}\n"


def test_help_lists_the_commands(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    out = capsys.readouterr().out
    assert leaving.value.code == 0
    # whole, on one line: none is cut or wrapped
    assert all(re.search(rf"^  {name} +{line}$", out, re.MULTILINE) for name, line in COMMANDS.items())


@pytest.mark.parametrize(("name", "line"), COMMANDS.items())
def test_the_list_says_how_the_help_of_each_command_begins(capsys, name, line):
    assert re.match(rf"{line}[.,:;]? ", f"{loaded(name).help} ")
    with pytest.raises(SystemExit) as leaving:
        main([name, "--help"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out.startswith(f"Usage: tabletop {name} ")


def test_every_module_that_is_a_command_is_in_the_list():
    modules = [import_module(f"tabletop.cli.{module.name}") for module in pkgutil.iter_modules(cli.__path__)]
    said = {found[1] for module in modules if (found := re.match(r"`tabletop ([a-z-]+)`", module.__doc__))}
    assert said == set(COMMANDS)


def test_an_unknown_command_is_a_mistake(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["valdate"])
    assert leaving.value.code == 2
    assert "validate" in capsys.readouterr().err


def test_help_imports_nothing_slow():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tabletop", "--help"],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in told.stderr.splitlines()}
    assert imported & SLOW == set()
    assert "typer" in imported


def test_commands_that_may_draw_nothing_begin_without_matplotlib():
    """Those that are left out write figures, or compare them, and do little else."""
    names = [name for name in COMMANDS if name not in ("plot", "replay", "report")]
    modules = [OTHERWISE.get(name, name.replace("-", "_")) for name in names]
    code = (
        "import sys\nfrom importlib import import_module\n"
        "for name in sys.argv[1:]:\n"
        "    import_module(f'tabletop.cli.{name}')\n"
        "    if 'matplotlib' in sys.modules: sys.exit(name)"
    )
    told = subprocess.run([sys.executable, "-c", code, *modules], check=False, capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")


def test_a_run_without_figures_does_not_import_matplotlib(tmp_path):
    code = (
        "import sys; from tabletop.cli import main\n"
        f"words = ['run', 'first-steps', '--replications', '2', '--no-figures', '--out', {str(tmp_path)!r}]\n"
        "try: main(words)\nexcept SystemExit as end: assert not end.code\n"
        "sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_ctrl_c_where_a_command_has_no_words_for_it_says_what_is_there(capsys, monkeypatch):
    def broken_off(name):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "loaded", broken_off)
    with pytest.raises(SystemExit) as leaving:
        main(["show", "first-steps"])
    told = capsys.readouterr()
    assert (leaving.value.code, told.out) == (130, "")
    assert told.err.strip().startswith("Interrupted: what went to files is there")
