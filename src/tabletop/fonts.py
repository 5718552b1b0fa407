"""Fonts of a machine for scripts that the carried ones lack: the first that is installed of each row.

The carried fonts come first always, so that Latin, Greek and Cyrillic look the same everywhere.
"""

from collections.abc import Collection

FALLBACKS: dict[str, tuple[str, ...]] = {
    "Latin and others": ("Noto Sans", "Segoe UI", "Helvetica Neue", "Arial"),
    "Arabic": ("Noto Sans Arabic", "Noto Naskh Arabic", "Segoe UI", "Geeza Pro", "Tahoma"),
    "Hebrew": ("Noto Sans Hebrew", "Segoe UI", "Arial Hebrew", "Arial"),
    "Devanagari": ("Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari", "Mangal", "Lohit Devanagari"),
    "Bengali": ("Noto Sans Bengali", "Nirmala UI", "Kohinoor Bangla", "Vrinda"),
    "Gurmukhi": ("Noto Sans Gurmukhi", "Nirmala UI", "Gurmukhi MN", "Raavi"),
    "Gujarati": ("Noto Sans Gujarati", "Nirmala UI", "Kohinoor Gujarati", "Shruti"),
    "Tamil": ("Noto Sans Tamil", "Nirmala UI", "Tamil MN", "Latha"),
    "Telugu": ("Noto Sans Telugu", "Nirmala UI", "Kohinoor Telugu", "Gautami"),
    "Kannada": ("Noto Sans Kannada", "Nirmala UI", "Kannada MN", "Tunga"),
    "Malayalam": ("Noto Sans Malayalam", "Nirmala UI", "Malayalam MN", "Kartika"),
    "Sinhala": ("Noto Sans Sinhala", "Nirmala UI", "Sinhala MN", "Iskoola Pota"),
    "Thai": ("Noto Sans Thai", "Leelawadee UI", "Thonburi", "Tahoma"),
    "Khmer": ("Noto Sans Khmer", "Leelawadee UI", "Khmer MN"),
    "Burmese": ("Noto Sans Myanmar", "Myanmar Text", "Myanmar MN"),
    "Ethiopic": ("Noto Sans Ethiopic", "Nyala", "Kefa"),
    "Armenian": ("Noto Sans Armenian", "Segoe UI", "Mshtakan"),
    "Georgian": ("Noto Sans Georgian", "Segoe UI", "Helvetica"),
    "Chinese and Japanese": (
        "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP", "Source Han Sans SC",
        "Microsoft YaHei", "Yu Gothic", "PingFang SC", "Hiragino Sans", "WenQuanYi Zen Hei", "SimSun",
    ),
    "Korean": ("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo"),
    "signs and emoji": (
        "Noto Emoji", "Symbola", "Segoe UI Symbol", "Noto Sans Symbols 2", "Noto Sans Symbols2",
    ),
    "more signs": ("Noto Sans Symbols", "Noto Sans Math", "Apple Symbols"),
}  # fmt: skip
"""By script, the families that have it, the best first."""


def fallbacks(installed: Collection[str]) -> tuple[str, ...]:
    """The families to try after the carried ones, each once."""
    found = (next((name for name in families if name in installed), None) for families in FALLBACKS.values())
    return tuple(dict.fromkeys(name for name in found if name is not None))
