"""Pools of staff: one row a pool, with all that is known of it beside its lever."""

from dataclasses import dataclass
from typing import Literal

from tabletop.subjects import Channel, Direction


@dataclass(frozen=True)
class StaffPool:
    """A pool of staff; it bears the name of the lever that sets how many there are."""

    name: str
    title: str
    """What people call it."""
    place: int
    """Its place in the codes of the journal."""
    works_on: Literal["trace", "case", "proceeding"]
    classes: type[Channel] | type[Direction] | None = None
    """The classes of its work, where there is more than one."""


POOLS: dict[str, StaffPool] = {
    pool.name: pool
    for pool in (
        StaffPool("analysts", "analysts", 0, "trace", Channel),
        StaffPool("tip_line_staff", "tip line", 1, "trace"),
        StaffPool("teams", "teams", 2, "case"),
        StaffPool("border_officers", "border officers", 3, "trace"),
        StaffPool("prosecutors", "prosecutors", 4, "proceeding"),
        StaffPool("courts", "courts", 5, "proceeding"),
        StaffPool("liaison_officers", "liaison officers", 6, "trace", Direction),
    )
}
"""Every pool of staff, by its lever's name."""

AT_PLACE = {pool.place: pool for pool in POOLS.values()}
"""Every pool, by its place in the codes of the journal."""
