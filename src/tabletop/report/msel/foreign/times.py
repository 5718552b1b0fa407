"""Times as planners write them: since StartEx, by the clock, on a day; and what a text says of them."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

DAY = 1440.0
"""Minutes."""
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag mo lundi lun",
            "tuesday tue tues dienstag di mardi mar",
            "wednesday wed mittwoch mi mercredi mer",
            "thursday thu thur thurs donnerstag do jeudi jeu",
            "friday fri freitag fr vendredi ven",
            "saturday sat samstag sa sonnabend samedi sam",
            "sunday sun sonntag so dimanche dim",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janner janvier janv", "february feb februar fevrier fevr",
            "march mar marz mrz mars", "april apr avril avr", "may mai", "june jun juni juin",
            "july jul juli juillet juil", "august aug aout", "september sep sept septembre",
            "october oct oktober okt octobre", "november nov novembre", "december dec dezember dez decembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one first", "two second", "three third", "four fourth", "five fifth", "six sixth",
            "seven seventh",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_COUNT = "|".join(_NUMBERS)
_FROM = r"(?:start\s*-?\s*ex|start|stex|ex|zero|[thedmxsjg])"
_AMOUNT = (
    r"(\d{1,5}):(\d{2})(?::\d{2})?|"
    r"(\d{1,6}(?:[.,]\d{1,6})?)\s*([a-z']*)(?:\s*(\d{1,2})\s*(?:m|min|mins|minutes?)?)?"
)
_SINCE = re.compile(rf"(?:({_FROM})\s*)?([+-])\s*(?:{_AMOUNT})(?:\s*\(.*\))?")
_LASTING = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*([a-z']+)\.?(?:\s*(\d{1,2})\s*(?:m|min|mins|minutes?)?)?")
_AT_START = re.compile(
    r"(?:start\s*-?\s*ex|start of (?:the )?exercise|exercise start|t\s*=?\s*0|h-hour|h-stunde)"
)
_UNITS = {
    **dict.fromkeys(("", "m", "min", "mins", "minute", "minutes", "minuten", "'"), 1.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures"), 60.0),
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "jour", "jours", "j"), DAY),
}
_HALF = r"(?:\s*([ap])\.?\s?m\b\.?)"
_ZONE = r"(?:\s*(?:uhr|hrs?|hours|h|z|l|j|utc|gmt|local(?: time)?|lt|ce?s?t|[ecmp][sd]t)\b)?"
_CLOCKS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d.])(\d{{1,2}})(?:\s?[:.]\s?|h)([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?{_HALF}?(?![\d]){_ZONE}",
        rf"(?<!\d)([0-2]\d)([0-5]\d){_HALF}?{_ZONE}(?!\d)",
        rf"(?<!\d)(\d{{1,2}})(){_HALF}{_ZONE}",
        r"(?<!\d)(\d{1,2})()()h(?!\w)",
        r"(?<!\d)(\d{1,2})()()\s*(?:uhr|o'clock|heures)",
    )
)
_ZONED = re.compile(r"(?<=\d)\s*(?:z|l|j|utc|gmt|ce?s?t|[ecmp][sd]t)\b")
"""A zone behind a clock; exercises know none, and it is kept beside the time."""
_NAMED = {
    "noon": 720.0,
    "midday": 720.0,
    "mittag": 720.0,
    "midi": 720.0,
    "midnight": 0.0,
    "mitternacht": 0.0,
    "minuit": 0.0,
}
_GROUP = re.compile(rf"(\d{{2}})([0-2]\d)([0-5]\d)\s*[a-z]?\s*({_MONTH})\s*(\d{{2}}|\d{{4}})")


@dataclass(frozen=True)
class Day:
    """A day as a list names it: the nth of the exercise, a weekday, or a date."""

    nth: int | None = None
    weekday: int | None = None
    """0 for Monday."""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    slashed: bool = False
    """Whether `month` and `day` may be the other way round, as in 12/09/2031."""


@dataclass(frozen=True)
class Time:
    """What a text says: minutes since StartEx, or a day, a clock, or both."""

    since: float | None = None
    day: Day | None = None
    clock: float | None = None
    """Minutes since midnight."""


def time(text: str, *, number: Callable[[float], float] | None = None, elapsed: bool = False) -> Time | None:
    """The time that a text states; None if it states none.

    `number` makes minutes since StartEx of a bare number, without it one of four digits is a clock, and a
    fraction is one of a day. In an `elapsed` column 1:30 is an hour and a half after StartEx.
    """
    words = _words(text)
    bare = _bare(words)
    if bare is not None and (found := _of_number(bare, words, number)) is not None:
        return found
    if elapsed and (lasting := re.fullmatch(r"(\d{1,5}):(\d{2})(?::\d{2})?", words)) is not None:
        return Time(since=60 * float(lasting[1]) + float(lasting[2]))
    if _AT_START.fullmatch(words):
        return Time(since=0.0)
    if elapsed and (found := _since(words) or _lasting(words)) is not None:
        return found
    return _since(words) or _group(words) or _of_clock(words) or _lasting(words)


def lasts(text: str) -> bool:
    """Whether a text is a time that has passed, with its unit: 5 min, 1h 5min."""
    return _lasting(_words(text)) is not None


def says_more(text: str) -> bool:
    """Whether a text says more than when something begins: also when it ends, or in which zone."""
    words = _words(text)
    return _ZONED.search(words) is not None or any(
        len(pattern.findall(_day(words)[1])) > 1 for pattern in _CLOCKS[:3]
    )


def _words(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()
    plain = "".join(one for one in folded if not unicodedata.combining(one))
    plain = re.sub("[\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]", "-", plain)
    plain = " ".join(plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("\N{PRIME}", "'").split())
    return re.sub(
        r"^(?:~|ca\.?\s|circa\s|approx\.?\s|approximately\s|about\s|at\s|@|um\s|gegen\s|a\s)\s*", "", plain
    )


def _bare(words: str) -> float | None:
    found = re.fullmatch(r"\d{1,7}(?:[.,]\d{1,12})?", words)
    return None if found is None else float(words.replace(",", "."))


def _of_number(value: float, words: str, number: Callable[[float], float] | None) -> Time | None:
    if number is not None:
        return Time(since=number(value))
    if 0 < value < 1 or 20_000 < value < 80_000:
        # as spreadsheets keep them: days since 1899-12-30, and the part of one that has passed
        on = date.fromordinal(date(1899, 12, 30).toordinal() + int(value)) if value > 1 else None
        day = None if on is None else Day(year=on.year, month=on.month, day=on.day)
        return Time(day=day, clock=float(round(value % 1 * DAY)))
    if value == int(value) and len(words) in (3, 4) and value % 100 < 60 and value < 2400:
        return Time(clock=60 * (value // 100) + value % 100)
    return None


def _since(words: str) -> Time | None:  # noqa: PLR0911 (one way of writing it each)
    counted = re.fullmatch(r"[dj]\s*([+-])\s*(\d{1,3})(?:\s*[,;/ ]\s*(.+))?", words)
    if counted is not None:
        # D is the first day
        nth = 1 + int(counted[1] + counted[2])
        clock = None if counted[3] is None else _clock(counted[3])
        if counted[3] is None:
            return Time(day=Day(nth=nth))
        return None if clock is None or clock[1].strip() else Time(day=Day(nth=nth), clock=clock[0])
    found = _SINCE.fullmatch(words)
    if found is None:
        return None
    sign = -1.0 if found[2] == "-" else 1.0
    if found[3] is not None:
        return Time(since=sign * (60 * float(found[3]) + float(found[4])))
    unit = found[6] or ("h" if found[1] == "h" else "")
    if unit not in _UNITS or (found[7] and _UNITS[unit] != 60):
        return None
    if not found[6] and found[1] != "h" and len(found[5]) == 4 and found[5].startswith("0"):
        return Time(since=sign * (60 * float(found[5][:2]) + float(found[5][2:])))
    minutes = _UNITS[unit] * float(found[5].replace(",", ".")) + float(found[7] or 0)
    return Time(since=sign * minutes)


def _lasting(words: str) -> Time | None:
    found = _LASTING.fullmatch(words)
    if found is None or found[2] not in _UNITS or (found[3] and _UNITS[found[2]] != 60):
        return None
    return Time(since=_UNITS[found[2]] * float(found[1].replace(",", ".")) + float(found[3] or 0))


def _group(words: str) -> Time | None:
    """A date-time group, as 120930ZSEP31."""
    found = _GROUP.fullmatch(words.replace(" ", ""))
    if found is None:
        return None
    day = Day(year=_year(found[5]), month=_MONTHS[found[4]], day=int(found[1]))
    return Time(day=day, clock=60.0 * int(found[2]) + int(found[3])) if _exists(day) else None


def _of_clock(words: str) -> Time | None:
    day, rest = _day(words)
    clock = _clock(rest)
    left = rest if clock is None else clock[1]
    if not re.fullmatch(r"(?:[\s,;.:/()@-]|\b(?:at|um|der|den|the|a|le|t|on|of|to|until|bis)\b)*", left):
        return None
    if day is None and clock is None:
        return None
    return Time(day=day, clock=None if clock is None else clock[0])


def _clock(words: str) -> tuple[float, str] | None:
    """Minutes since midnight, and what else the text says; of two clocks the second is the end."""
    for name, minutes in _NAMED.items():
        if re.search(rf"\b{name}\b", words):
            return minutes, re.sub(rf"(?:\b12(?::00)?\s*)?\b{name}\b", " ", words)
    for pattern in _CLOCKS:
        if (found := pattern.search(words)) is None:
            continue
        hours, minutes, half = int(found[1]), int(found[2] or 0), found[3]
        if half and not 1 <= hours <= 12:
            return None
        later = pattern.search(words, found.end())
        if not half and later is not None and later[3] and hours <= 12:
            half = later[3]  # 9:30-10:00 am
        if half:
            hours = hours % 12 + (12 if half == "p" else 0)
        if hours > 24 or (hours == 24 and minutes):
            return None
        return 60.0 * hours + minutes, pattern.sub(" ", words)
    return None


def _day(words: str) -> tuple[Day | None, str]:
    """The day that a text names, and what else it says."""
    for pattern, made in _DAYS:
        found = pattern.search(words)
        if found is not None and _exists(day := made(found)):
            rest = words[: found.start()] + " " + words[found.end() :]
            return day, re.sub(rf"\b(?:{_WEEKDAY})\b\.?,?", " ", rest)
    found = re.search(rf"\b({_WEEKDAY})\b\.?", words)
    if found is None:
        return None, words
    return Day(weekday=WEEKDAYS[found[1]]), words[: found.start()] + " " + words[found.end() :]


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) if len(text) > 2 else 2000 + int(text)


def _exists(day: Day) -> bool:
    if day.month is None or day.day is None:
        return True
    if day.slashed:
        return (
            min(day.month, day.day) >= 1 and min(day.month, day.day) <= 12 and max(day.month, day.day) <= 31
        )
    try:
        date(day.year or 2000, day.month, day.day)
    except ValueError:
        return False
    return True


_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Day]], ...] = (
    (
        re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t(?=\d))?(?!\d)"),
        lambda found: Day(year=int(found[1]), month=int(found[2]), day=int(found[3])),
    ),
    (
        re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?![\d:]))?"),
        lambda found: Day(year=_year(found[3]), month=int(found[2]), day=int(found[1])),
    ),
    (
        re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))(?!\d)"),
        lambda found: Day(year=_year(found[3]), month=int(found[2]), day=int(found[1]), slashed=True),
    ),
    (
        re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?!\d)"),
        lambda found: Day(month=int(found[2]), day=int(found[1]), slashed=True),
    ),
    (
        re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]*(?:of )?({_MONTH})\b\.?,?"
            r"(?:[\s-]*(\d{4}|\d{2})(?![\d:]))?"
        ),
        lambda found: Day(year=_year(found[3]), month=_MONTHS[found[2]], day=int(found[1])),
    ),
    (
        re.compile(rf"\b({_MONTH})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?:,?\s*(\d{{4}})(?!\d))?"),
        lambda found: Day(year=_year(found[3]), month=_MONTHS[found[1]], day=int(found[2])),
    ),
    (
        re.compile(
            r"\b(?:exercise |ex |game )?(?:day|tag|jour|dia|giorno|dag)\s*[#no.]*\s*"
            rf"(\d{{1,3}}|{_COUNT})\b"
        ),
        lambda found: Day(nth=_NUMBERS.get(found[1]) or int(found[1])),
    ),
    (
        re.compile(rf"\b({_COUNT}|\d{{1,3}}(?=st|nd|rd|th|\.))(?:st|nd|rd|th|\.)? (?:day|tag|jour)\b"),
        lambda found: Day(nth=_NUMBERS.get(found[1]) or int(found[1])),
    ),
)  # fmt: skip
