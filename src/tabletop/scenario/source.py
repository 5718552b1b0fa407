"""Sources of scenarios: files, and those shipped with the package by name."""

from importlib.resources import files
from pathlib import Path
from unicodedata import normalize

from tabletop import inputs
from tabletop.errors import Problem, ScenarioError, UnknownName, did_you_mean
from tabletop.safe_text import safe_line
from tabletop.scenario.words import clipped, nearest

MAX_BYTES = 1_000_000
"""Far above any scenario; it keeps a wrong file from being read into memory."""


def shipped() -> dict[str, Path]:
    """The scenarios that come with the package, by name."""
    package = Path(str(files("tabletop")))
    # a wheel has them inside the package, a checkout beside its sources
    for folder in (package / "scenarios", package.parents[1] / "scenarios"):
        if folder.is_dir():
            return {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    return {}


def source_text(source: str | Path, *, what: str = "scenario") -> tuple[str, str]:
    """The text of a source, and the name that errors give it; `what` it should be, they say."""
    if isinstance(source, str):
        known = shipped()
        if not source.strip():
            raise UnknownName(
                f"{source!r}: no name; write that of a file or a shipped scenario{nearest('', known)}"
            )
        if source in known:
            return _text(known[source], f"{source}.yaml", what), f"{source}.yaml"
        looks_like_name = not any(character in source for character in "/\\.")
        if looks_like_name and not _composed(Path(source)).exists():
            raise UnknownName(
                f"{clipped(source)}: neither a file nor a shipped scenario{_hint(source, known)}"
            )
    # the whole path, so that it can be copied, but on one line
    name = safe_line(str(source))
    return _text(_composed(Path(source)), name, what), name


def _composed(path: Path) -> Path:
    """The file of that name, however its letters were composed when it was made."""
    try:
        if path.exists():
            return path
        name = normalize("NFC", path.name)
        return next((p for p in path.parent.iterdir() if normalize("NFC", p.name) == name), path)
    except (OSError, ValueError):
        return path  # which is refused when it is read


def _hint(name: str, known: dict[str, Path]) -> str:
    near = did_you_mean(name, known)
    return f"{near} (shipped: {', '.join(known)})" if near else nearest(name, known)


def _text(path: Path, name: str, what: str) -> str:
    def refuse(message: str) -> ScenarioError:
        return ScenarioError([Problem(name, 0, "", message)])

    try:
        content = inputs.content(path, MAX_BYTES, what=f"a {what} file")
    except inputs.InputRefused as refused:
        raise refuse(refused.why + (_beside(path) if refused.missing else "")) from None
    if b"\0" in content:
        raise refuse("not a text file; write YAML in UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong = Problem(name, line, "", "not UTF-8; save the file as UTF-8")
        raise ScenarioError([wrong]) from None


def _beside(path: Path) -> str:
    """The file beside it that was probably meant."""
    try:
        names = [other.name for other in path.parent.iterdir() if other.suffix in (".yaml", ".yml")]
    except OSError:
        return ""
    return did_you_mean(path.name, names)
