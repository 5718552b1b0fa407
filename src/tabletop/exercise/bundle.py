"""The replay bundle: one file from which anyone gets the same decisions, numbers and figures again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Self, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from tabletop import inputs
from tabletop.archives import Archive, ArchiveRefused
from tabletop.errors import TabletopError
from tabletop.exercise.acts import LogEntry
from tabletop.experiment.fingerprint import fingerprint
from tabletop.version import MODEL_VERSION, __version__

FORMAT = 1
MOST_BYTES, MOST_UNPACKED, MOST_MEMBERS = 300_000_000, 1_000_000_000, 2_000
"""Several times what a class of thirty teams leaves."""
FILES = "files/"
"""How members begin that are what was written of the exercise."""
_T = TypeVar("_T")
_ENTRIES = TypeAdapter(tuple[LogEntry, ...])
_READINGS: TypeAdapter[Mapping[str, str]] = TypeAdapter(Mapping[str, str])


class _About(BaseModel):
    """The content of `about.json`."""

    format: int
    name: str
    model_version: str
    platform: dict[str, str]
    utc_offset_seconds: float = Field(default=0.0, gt=-86_400, lt=86_400)


_ABOUT = TypeAdapter(_About)


@dataclass(frozen=True)
class Bundle:
    """An exercise with its outcomes and reports; equal ones give equal bytes, without times of writing."""

    name: str
    """The name of the scenario file."""
    scenario: str
    """The text of the scenario file."""
    entries: tuple[LogEntry, ...]
    readings: Mapping[str, str]
    """The interim readings in their stored form, by their keys."""
    files: Mapping[str, bytes]
    """The files written about it, by path: tables, figures, the report."""
    platform: Mapping[str, str]
    model_version: str = MODEL_VERSION
    offset: timedelta = timedelta()
    """What the clocks of the room were ahead of UTC; bundles made before it was kept have dates in UTC."""

    @classmethod
    def of(
        cls,
        name: str,
        scenario: str,
        entries: tuple[LogEntry, ...],
        readings: Mapping[str, str],
        files: Mapping[str, bytes],
        *,
        offset: timedelta = timedelta(),
    ) -> Self:
        """A bundle made on this machine."""
        return cls(name, scenario, entries, readings, files, fingerprint(), offset=offset)

    def encoded(self) -> bytes:
        """The bundle as a zip file: sorted, without dates."""
        about = {
            "format": FORMAT,
            "tabletop": __version__,
            "model_version": self.model_version,
            "name": self.name,
            "platform": dict(self.platform),
            "utc_offset_seconds": self.offset.total_seconds(),
        }
        members: dict[str, bytes] = {
            "about.json": _json(about),
            "scenario.yaml": self.scenario.encode(),
            "log.json": _ENTRIES.dump_json(self.entries, indent=1),
            "readings.json": _json(dict(self.readings)),
            **{f"{FILES}{path}": content for path, content in self.files.items()},
        }
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
            for path in sorted(members):
                zipped.writestr(ZipInfo(path), members[path], ZIP_DEFLATED)
        return out.getvalue()

    @classmethod
    def read(cls, path: Path) -> Self:
        """The bundle in a file; raises TabletopError if there is none, or a damaged one."""
        content = inputs.content(path, MOST_BYTES, what="a replay bundle")
        try:
            archive = Archive(content, most_members=MOST_MEMBERS, most_bytes=MOST_UNPACKED)
            about = _member(_ABOUT, archive, "about.json")
            if about.format != FORMAT:
                raise TabletopError(
                    f"{path}: a bundle of format {about.format}; this tabletop reads format {FORMAT}"
                )
            return cls(
                name=about.name,
                scenario=archive.read("scenario.yaml").decode(),
                entries=_member(_ENTRIES, archive, "log.json"),
                readings=_member(_READINGS, archive, "readings.json"),
                files={name.removeprefix(FILES): archive.read(name) for name in _files(archive)},
                platform=about.platform,
                model_version=about.model_version,
                offset=timedelta(seconds=about.utc_offset_seconds),
            )
        except (ArchiveRefused, ValueError) as error:
            raise TabletopError(f"{path}: not a replay bundle, or damaged ({error})") from None


def _files(archive: Archive) -> Iterator[str]:
    """The members that are what was written of the exercise; raises ValueError for one that has no place."""
    for name in archive.names:
        if name.startswith(FILES):
            yield name
        elif name not in ("about.json", "scenario.yaml", "log.json", "readings.json"):
            raise ValueError(f"{name}: no member of a bundle")


def _member(adapter: TypeAdapter[_T], archive: Archive, name: str) -> _T:
    """What a member of the bundle holds; raises ArchiveRefused or ValueError if it is missing or damaged."""
    content = archive.read(name)
    try:
        return adapter.validate_json(content)
    except ValidationError as error:
        raise ValueError(f"{name}: {error.errors(include_url=False)[0]['msg']}") from None


def _json(data: Any) -> bytes:
    return json.dumps(data, indent=1, sort_keys=True).encode()
