"""Outputs: files of a folder, written whole or not at all, and never through a link."""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop.errors import TabletopError, in_words

Content = bytes | Iterable[str]
"""What is to be in a file: bytes, or text piece by piece."""

BEGUN = ".writing-"
"""How folders are named that hold what is half-written; one that was killed leaves it behind."""


def put_files(folder: Path, contents: Mapping[str, Content]) -> None:
    """Write files of a folder, which is made if need be: all beside their places, then renamed in order.

    A name may lead into folders of that folder. A file that is replaced keeps its mode. Raises
    TabletopError where nothing can be written, or where a link would lead elsewhere; then no file has
    changed, unless the disk failed between two renamings.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        places = [_place(folder, name) for name in contents]
        with TemporaryDirectory(dir=folder, prefix=BEGUN) as writing:
            for number, content in enumerate(contents.values()):
                _write(Path(writing) / str(number), content)
            for number, place in enumerate(places):
                written = Path(writing) / str(number)
                if place.exists():
                    shutil.copymode(place, written)
                written.replace(place)
    except (OSError, ValueError) as error:
        raise unwritable(folder, error) from error


def clear(folder: Path) -> None:
    """Remove what a process that was killed left half-written."""
    for left in folder.glob(f"{BEGUN}*"):
        if not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def withdraw(folder: Path, is_ours: Callable[[str], bool]) -> None:
    """Remove the files whose names are of an earlier command; somebody's own stay."""
    if folder.is_symlink():
        return
    try:
        for path in [*folder.iterdir()]:
            if is_ours(path.name):
                path.unlink()
    except OSError as error:
        raise unwritable(folder, error) from error


def refuse_existing(folder: Path, names: Iterable[str]) -> None:
    """Raise TabletopError if one of the files is there already: somebody may have written in it."""
    there = [name for name in names if (folder / name).exists()]
    if there:
        more = f" and {len(there) - 1} more files" if len(there) > 1 else ""
        verb = "exist" if len(there) > 1 else "exists"
        raise TabletopError(
            f"{folder / there[0]}{more}: {verb} already; choose another place with --out, or say --overwrite"
        )


def refuse_irregular(folder: Path) -> None:
    """Raise TabletopError if there is a link in a folder, or a pipe or a device.

    What is written there must stay there, and nobody is to wait for what comes out of a pipe.
    """
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink():
                    raise _link(Path(entry.path))
                if not (entry.is_file() or entry.is_dir()):
                    raise TabletopError(
                        f"{entry.path}: neither a file nor a folder; remove it, or name another folder"
                    )
    except OSError as error:
        raise TabletopError(f"{folder}: cannot be looked into: {in_words(error)}") from error


def own_folder(parent: Path, name: str) -> Path:
    """A folder under a parent, whether it is there or not; raises TabletopError if it is a link."""
    place = parent / name
    if place.is_symlink():
        raise _link(place)
    return place


def prepare_folder(folder: Path) -> None:
    """Make sure that there is a folder, and only files and folders in it; raises TabletopError if not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    refuse_irregular(folder)


def unwritable(place: Path, error: OSError | ValueError) -> TabletopError:
    """That nothing can be written at a place, why, and what to do."""
    return TabletopError(f"{place}: cannot be written to: {in_words(error)}")


def _place(folder: Path, name: str) -> Path:
    """Where a file of a folder goes; folders on the way are made, and links refused."""
    place = folder
    *folders, last = Path(name).parts
    for part in folders:
        place /= part
        if place.is_symlink():
            raise _link(place)
        place.mkdir(exist_ok=True)
    place /= last
    if place.is_symlink():
        raise _link(place)
    if place.exists() and not place.is_file():
        raise TabletopError(f"{place}: no file, and nothing is written in its place; name another")
    return place


def _write(path: Path, content: Content) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(content)


def _link(place: Path) -> TabletopError:
    return TabletopError(
        f"{place}: a link, and files are not written through links; remove it, or name another folder"
    )
