"""The replay bundle: one file from which anyone gets the same decisions, numbers and figures again."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Self, TypeVar
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from tabletop.errors import TabletopError
from tabletop.exercise.acts import LogEntry
from tabletop.experiment.fingerprint import fingerprint
from tabletop.version import MODEL_VERSION, __version__

FORMAT = 1
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
            **{f"files/{path}": content for path, content in self.files.items()},
        }
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
            for path in sorted(members):
                zipped.writestr(ZipInfo(path), members[path], ZIP_DEFLATED)
        return out.getvalue()

    @classmethod
    def read(cls, path: Path) -> Self:
        """The bundle in a file; raises TabletopError if there is none, or a damaged one."""
        try:
            with ZipFile(path) as zipped:
                found = {name: zipped.read(name) for name in zipped.namelist()}
            about = _member(_ABOUT, found, "about.json")
            if about.format != FORMAT:
                raise TabletopError(
                    f"{path}: a bundle of format {about.format}; this tabletop reads format {FORMAT}"
                )
            return cls(
                name=about.name,
                scenario=found["scenario.yaml"].decode(),
                entries=_member(_ENTRIES, found, "log.json"),
                readings=_member(_READINGS, found, "readings.json"),
                files={n.removeprefix("files/"): c for n, c in found.items() if n.startswith("files/")},
                platform=about.platform,
                model_version=about.model_version,
                offset=timedelta(seconds=about.utc_offset_seconds),
            )
        except FileNotFoundError:
            raise TabletopError(f"{path}: no such file") from None
        except KeyError as error:
            raise TabletopError(f"{path}: not a replay bundle, or damaged ({error} is missing)") from None
        except (BadZipFile, OSError, ValueError, zlib.error) as error:
            told = getattr(error, "strerror", None) or str(error)
            raise TabletopError(f"{path}: not a replay bundle, or damaged ({told})") from None


def _member(adapter: TypeAdapter[_T], found: Mapping[str, bytes], name: str) -> _T:
    """A file of the bundle, decoded; raises KeyError if it is missing, ValueError if it is damaged."""
    try:
        return adapter.validate_json(found[name])
    except ValidationError as error:
        raise ValueError(f"{name}: {error.errors(include_url=False)[0]['msg']}") from None


def _json(data: Any) -> bytes:
    return json.dumps(data, indent=1, sort_keys=True).encode()
