"""What `validate` accepts, every command can do: odd names, texts and numbers go through all of them."""

import io
import os
import re
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from exercise.room import TEXT
from tabletop.cli import main
from tabletop.errors import ScenarioError
from tabletop.safe_text import unsafe
from tabletop.scenario.fields import Field
from tabletop.scenario.load import loads
from tabletop.scenario.yaml_document import read

FEW, MANY = 1, 100
"""Files that are tried in the suite, and in the long verification."""
COMMANDS = (
    ("show", "FILE"),
    ("run", "FILE", "--replications", "2", "--workers", "1", "--no-figures"),
    ("msel", "export", "FILE", "--out", "msel.csv"),
    ("rehearse", "FILE", "--others", "2", "--workers", "1"),
    ("report", "EXERCISE", "--out", "again", "--workers", "1"),
    ("replay", "EXERCISE/report/replay.zip", "--workers", "1"),
    ("play", "EXERCISE"),
)
"""A rehearsal plays, reports and packs."""
ODD = [
    "می‌خواهیم",
    "क्षेत्र परीक्षा",
    "👩\u200d🚒 👨\u200d👩\u200d👧",
    "مدينة الميناء — שלום",
    "港口城市演练",
    "Å e\u0301 ﬁ \ufb4c",
    "<b>&amp;</b> {{ x }} {% y %}",
    "=1+1",
    "-2 'a' \"b\" `c` \\",
    "#let $x^2$ *b* _i_ @ref //",
    "../../etc, C:\\con |?*",
    "Donaudampfschifffahrtselektrizitätenamt",
    "x" * 40,
    "null",
    "1.0",
    "\U0001fae8",
]
UNSEEN = ["A\u00a0B", "\ue000", "a\u0378", "a\u00adb", "\u200b", "\u2060"]
"""Nobody sees what is in them: texts may hold it, names may not."""
ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
TEXTS = {"title", "message", "situation", "says", "text", "summary", "content_note", "purpose", "scope"}
LISTS = {"questions", "teams", "learning_objectives", "ground_rules"}
TAKE_LONG = {"horizon_days", "warm_up_days", "formation_rate", "epilogue_days"}
TAKE_LONG |= {"intelligence", "community", "border", "partner"}
"""Numbers of which the highest only takes long."""
NO_PATH = dict.fromkeys(map(ord, "./[]"))
"""Names of mixes stand in paths, and are without what paths are made of."""


def leaves(data, path=()):
    """The paths of all texts and numbers that are no ids, each with its value."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        here = (*path, key)
        if isinstance(value, dict | list):
            yield from leaves(value, here)
        elif (
            key in TEXTS
            or key == "name"
            or (path and path[-1] in LISTS)
            or (isinstance(value, int | float) and not isinstance(value, bool) and key not in TAKE_LONG)
        ):
            yield here, value


DATA = {
    **read(TEXT).data,
    "summary": "A summary.",
    "content_note": "A note.",
    "learning_objectives": ["One."],
    "horizon_days": 130,
    "warm_up_days": 10,
}
DATA["exercise"] |= {"title": "Room", "purpose": "To see.", "scope": "All.", "ground_rules": ["Be kind."]}
DATA["exercise"]["epilogue_days"] = 20
WORDS = [path for path, value in leaves(DATA) if isinstance(value, str)]
NUMBERS = [path for path, value in leaves(DATA) if not isinstance(value, str)]


def texts(longest, parts):
    """Texts that somebody might write, in any script."""
    found = st.lists(parts, min_size=1, max_size=3).map(lambda some: " ".join(some)[:longest].strip() or "x")
    return found.filter(lambda text: unsafe(text) is None)


NAME = texts(40, st.sampled_from(ODD))


def put(data, path, value):
    for key in path[:-1]:
        data = data[key]
    data[path[-1]] = value


@st.composite
def files(draw):
    """Scenario files with an exercise, whose texts, names and numbers are odd; not all are valid."""
    data = deepcopy(DATA)
    for path in draw(st.lists(st.sampled_from(WORDS), max_size=20, unique=True)):
        is_name = path[-1] == "name" or "teams" in path
        put(data, path, draw(NAME if is_name else texts(80, st.sampled_from(ODD + UNSEEN) | ANYTHING)))
    for path in draw(st.lists(st.sampled_from(NUMBERS), max_size=2, unique=True)):
        limits = Field.root().at(path).limits
        ends = [end for end in (limits.low, limits.high) if end is not None]
        put(data, path, draw(st.sampled_from(ends or [1])))
    if draw(st.booleans()):
        data["exercise"]["teams"] = draw(st.lists(NAME, min_size=1, max_size=8, unique=True))
    if draw(st.booleans()):
        usual, other = (name.translate(NO_PATH).strip() or "x" for name in (draw(NAME), draw(NAME)))
        data["policy_mixes"] = {usual: {}, other: {"detection": {"analysts": 3}}}
        data["baseline"] = usual
    return data, f"{draw(NAME).replace('/', '-')}.yaml"


def written(data):
    text, yaml = io.StringIO(), YAML(typ="safe", pure=True)
    yaml.allow_unicode = True
    yaml.width = 10_000
    yaml.dump(data, text)
    return text.getvalue()


def said(*words):
    """The exit code of a command, and what it said."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as leaving:
        main(words)
    return leaving.value.code or 0, out.getvalue() + err.getvalue()


def check(file):
    """Every command does what it is for with a file that validates."""
    data, name = file
    text = written(data)
    try:
        loads(text, name)
    except ScenarioError as refused:
        event(f"refused: {refused.problems[0].message[:60]}")
        return
    event("valid")
    before = Path.cwd()
    with TemporaryDirectory() as place:
        os.chdir(place)
        try:
            Path(name).write_text(text, encoding="utf-8")
            for command in COMMANDS:
                exercise = next(Path("exercises").glob("*"), Path("none"))
                words = [word.replace("FILE", f"./{name}") for word in command]
                code, told = said(*(word.replace("EXERCISE", str(exercise)) for word in words))
                assert code == 0, (words, told[-2_000:], text)
                assert unsafe(told.replace("\r", "")) is None, words
        finally:
            os.chdir(before)


@settings(max_examples=FEW)
@given(files())
def test_a_file_that_validates_runs_plays_packs_and_reports(file):
    check(file)


@pytest.mark.verify
@settings(max_examples=MANY)
@given(files())
def test_many_files_that_validate_run_play_pack_and_report(file):
    check(file)


def named(odd):
    """A file in which everything that has a name has this one."""
    data = deepcopy(DATA)
    mix = odd.translate(NO_PATH).strip()
    data["policy_mixes"], data["baseline"] = {mix: {}}, mix
    plan = data["exercise"]
    plan["teams"] = [odd, f"{odd[:38]} 2"]
    plan["roles"][0]["name"] = plan["title"] = data["title"] = odd
    return written(data)


@pytest.mark.parametrize("odd", ODD)
def test_each_odd_text_can_be_a_name_of_everything(odd):
    assert loads(named(odd), "odd.yaml").exercise.teams[0] == normalize("NFC", odd)


@pytest.mark.parametrize("odd", UNSEEN)
def test_a_name_with_what_nobody_sees_is_refused_wherever_it_stands(odd):
    with pytest.raises(ScenarioError) as refused:
        loads(named(odd), "odd.yaml")
    problems = refused.value.problems
    assert {re.split(r"[.\[]", problem.path)[0] for problem in problems} == {"policy_mixes", "exercise"}
    assert all(problem.line for problem in problems)
    assert all("nobody sees" in problem.message for problem in problems)
