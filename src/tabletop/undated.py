"""Office files without the moment of writing: the same content gives the same bytes, whatever the clock."""

import re
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST, _LAST = 1980, 2107
"""Years between which a zip file can bear a date."""


def saved(save: Callable[[BytesIO], object], changed: datetime | None = None) -> bytes:
    """What a library writes, all its members with the earliest date that a zip file knows.

    With `changed` it says that it was changed then, where the library wrote the present moment.
    """
    written, fixed = BytesIO(), BytesIO()
    with _dates_that_zip_knows():
        save(written)
    with ZipFile(written) as there, ZipFile(fixed, "w", ZIP_DEFLATED) as here:
        for name in there.namelist():
            member = ZipInfo(name, (_FIRST, 1, 1, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            content = there.read(name)
            if changed is not None and name == "docProps/core.xml":
                stamp = changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            here.writestr(member, content)
    return fixed.getvalue()


@contextmanager
def _dates_that_zip_knows() -> Iterator[None]:
    """A clock that was never set begins in 1970; zip files written meanwhile get a later date."""
    if _FIRST <= time.localtime().tm_year <= _LAST:
        yield
        return
    before = vars(zipfile)["time"]
    vars(zipfile)["time"] = _Calendar()
    try:
        yield
    finally:
        vars(zipfile)["time"] = before


class _Calendar:
    """The time, as zip files see it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)

    def localtime(self, *_: Any) -> time.struct_time:
        """The first moment that a zip file can bear."""
        return time.struct_time((_FIRST, 1, 1, 0, 0, 0, 1, 1, 0))
