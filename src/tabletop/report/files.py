"""Files written whole or not at all."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop.errors import TabletopError


def put_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files of a folder, which is made if need be: all beside their places first, then renamed.

    A file that is replaced keeps its mode. Raises TabletopError where nothing can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".writing-") as writing:
            for name, content in contents.items():
                written, place = Path(writing) / name, folder / name
                written.write_bytes(content)
                if place.exists():
                    shutil.copymode(place, written)
            for name in contents:
                (Path(writing) / name).replace(folder / name)
    except (OSError, ValueError) as error:
        raise TabletopError(
            f"{folder}: cannot be written to: {getattr(error, 'strerror', None) or error}"
        ) from None


def refuse_existing(folder: Path, names: Mapping[str, bytes]) -> None:
    """Raise TabletopError if one of the files is there already: somebody may have written in it."""
    there = [name for name in names if (folder / name).exists()]
    if there:
        more = f" and {len(there) - 1} more files" if len(there) > 1 else ""
        verb = "exist" if len(there) > 1 else "exists"
        raise TabletopError(
            f"{folder / there[0]}{more}: {verb} already; choose another place with --out, or say --overwrite"
        )
