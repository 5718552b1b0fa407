"""The scenario file that a list is imported into, byte for byte."""

from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path

from tabletop.errors import TabletopError
from tabletop.scenario.source import shipped, source_text


@dataclass(frozen=True)
class ScenarioFile:
    """A file that can be written back: where it is, and what it says."""

    path: Path
    text: str
    begins_with_bom: bool

    def encoded(self, text: str) -> bytes:
        """A text as the file's bytes."""
        return (BOM_UTF8 if self.begins_with_bom else b"") + text.encode()


def scenario_file(path: Path) -> ScenarioFile:
    """The scenario file at a path, links followed; raises ScenarioError where none can be read."""
    if str(path) in shipped() and not path.exists():
        raise TabletopError(
            f"{path}: a shipped scenario stays as it is; copy {shipped()[str(path)]}, and name the copy"
        )
    text, _ = source_text(path)
    there = path.resolve()
    return ScenarioFile(there, text, there.read_bytes().startswith(BOM_UTF8))
