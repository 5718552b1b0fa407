"""Archives: zip files that are looked through before anything in them is unpacked."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tabletop.safe_text import safe_line

_END = b"PK\x05\x06"
_LONGEST_END = 22 + 65_535
_ZIP64_LOCATOR = b"PK\x06\x07"
_ENTRY = 400
"""Bytes that an entry of the directory takes at most here, its name included."""
_IS_ENCRYPTED = 0x1


class ArchiveRefused(Exception):
    """What is no archive, or none that may be unpacked: why."""


class Archive:
    """A zip file in memory, whose directory keeps to limits; members are read one by one."""

    def __init__(self, content: bytes, *, most_members: int, most_bytes: int) -> None:
        """Look through the directory; raises ArchiveRefused where it exceeds a limit or makes no sense."""
        _check_directory(content, most_members)
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ArchiveRefused(str(error)) from None
        members = self._zip.infolist()
        self.names = tuple(member.filename for member in members)
        unpacked = sum(member.file_size for member in members)
        if unpacked > most_bytes:
            raise ArchiveRefused(f"{unpacked:,} bytes when unpacked; at most {most_bytes:,} are allowed")
        if len({*self.names}) < len(members):
            raise ArchiveRefused("two members of one name")
        for member in members:
            _check(member)

    def read(self, name: str) -> bytes:
        """A member; raises ArchiveRefused if there is none, or if it is damaged."""
        if name not in self.names:
            raise ArchiveRefused(f"'{name}' is missing")
        try:
            return self._zip.read(name)
        except (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, zlib.error) as error:
            raise ArchiveRefused(f"{name}: {error}") from None


def _check_directory(content: bytes, most_members: int) -> None:
    """That the directory is short: it is read as a whole, whatever it says of its members."""
    place = content.rfind(_END, max(0, len(content) - _LONGEST_END))
    if place < 0 or len(content) < place + 22:
        raise ArchiveRefused("not a zip file")
    size = int.from_bytes(content[place + 12 : place + 16], "little")
    many = int.from_bytes(content[place + 10 : place + 12], "little") > most_members
    if many or size > _ENTRY * most_members or content[place - 20 : place - 16] == _ZIP64_LOCATOR:
        raise ArchiveRefused(f"more than {most_members:,} members")


def _check(member: ZipInfo) -> None:
    """That a member can be unpacked, and has a name that leads nowhere else."""
    name = member.filename
    parts = name.removesuffix("/").split("/")
    if safe_line(name) != name or len(name) > 200 or "\\" in name or any(p in ("", ".", "..") for p in parts):
        raise ArchiveRefused(f"{safe_line(name)[:60]}: not a name for a member")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ArchiveRefused(f"{name}: compressed in a way that is not read here; only deflate is")
    if member.flag_bits & _IS_ENCRYPTED:
        raise ArchiveRefused(f"{name}: encrypted")
