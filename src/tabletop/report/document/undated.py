"""Office files without the moment of writing: the same content gives the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def undated(office_file: bytes) -> bytes:
    """The same file, all its members with the earliest date that a zip file knows."""
    fixed = BytesIO()
    with ZipFile(BytesIO(office_file)) as there, ZipFile(fixed, "w", ZIP_DEFLATED) as here:
        for name in there.namelist():
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            here.writestr(member, there.read(name))
    return fixed.getvalue()
