"""SVG pictures made small: short numbers, short ids, and nothing that says nothing."""

import re
from itertools import groupby
from xml.etree import ElementTree as ET

_LONG = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_NO_TURN = re.compile(r"rotate\(-?0 [^)]*\)")
_REFERRED = re.compile(r"(?<=url\(#)[^)]+(?=\))|(?<=^#).+")
_SPACES = re.compile(r"\s{2,}|\s+$")
_AGAIN = re.compile(r"(?<=\d) L (?=-?\d)")
_CURVE = re.compile("[CQ]")
_SHARED = ("style", "clip-path")


def slimmed(root: ET.Element, prefix: str) -> None:
    """Shorten numbers to a tenth of a point and ids behind `prefix`; state a style once a group.

    What cuts nothing off is no clip, an id that nobody refers to goes, and so does a group that does
    nothing. What is seen stays the same.
    """
    _drop_idle_clips(root)
    names = sorted(
        {name for e in root.iter() for key, value in e.attrib.items() for name in _names(key, value)}
    )
    short = {name: f"{prefix}-{place:x}" for place, name in enumerate(names)}
    for element in root.iter():
        element.tail = None
        if element.tag != "text":
            element.text = None
        for key, value in list(element.attrib.items()):
            if key == "id" and value in short:
                element.set(key, short[value])
            elif key == "id" or (key == "transform" and _NO_TURN.fullmatch(value)):
                del element.attrib[key]
            elif key != "class":
                element.set(key, _tight(key, value, short))
    for element in root.iter():
        _hoist(element)
    _unwrap(root)
    _gather(root)


def _tight(key: str, value: str, short: dict[str, str]) -> str:
    text = _SPACES.sub(" ", _LONG.sub(_rounded, value)).strip()
    if key == "style":
        text = text.replace(": ", ":").replace("; ", ";").rstrip(";")
    if key == "d" and not _CURVE.search(text):  # after a line to one place, the next is a line too
        text = _AGAIN.sub(" ", text).replace(" L ", "L").replace("M ", "M").replace(" z", "z")
    return _REFERRED.sub(lambda found: short[found[0]], text) if _names(key, value) else text


def _names(key: str, value: str) -> list[str]:
    """The ids that an attribute refers to."""
    return _REFERRED.findall(value) if key == "href" or "url(#" in value else []


def _rounded(number: re.Match[str]) -> str:
    text = f"{float(number[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _drop_idle_clips(root: ET.Element) -> None:
    """A clip as large as the picture cuts nothing off."""
    box = root.get("viewBox", "").split()
    idle = set()
    for clip in root.iter("clipPath"):
        rects = [[float(r.get(key, "0")) for key in ("x", "y", "width", "height")] for r in clip.iter("rect")]
        if len(box) == 4 and rects == [[float(part) for part in box]]:
            idle.add(f"url(#{clip.get('id')})")
    for element in list(root.iter()):
        if element.get("clip-path") in idle:
            del element.attrib["clip-path"]
        for child in [c for c in element if c.tag == "clipPath" and f"url(#{c.get('id')})" in idle]:
            element.remove(child)


def _hoist(group: ET.Element) -> None:
    """What all marks of a group share stands on the group."""
    if group.tag != "g" or len(group) < 2 or any(child.tag not in {"use", "path"} for child in group):
        return
    for key in _SHARED:
        values = {child.get(key) for child in group}
        if len(values) == 1 and None not in values and key not in group.attrib:
            group.set(key, values.pop() or "")
            for child in group:
                del child.attrib[key]


def _unwrap(element: ET.Element) -> None:
    """Groups and definitions without anything of their own give way to what they hold."""
    children: list[ET.Element] = []
    for child in list(element):
        _unwrap(child)
        if child.tag == "g" and not child.attrib:
            children += list(child)
        elif child.tag != "defs" or len(child):
            children.append(child)
        element.remove(child)
    element.extend(children)


def _gather(element: ET.Element) -> None:
    """Neighbours of one style become a group that has it."""
    for child in element:
        _gather(child)
    children: list[ET.Element] = []
    for style, same in groupby(element, key=_style):
        run = list(same)
        if style is None or len(run) < 2:
            children += run
            continue
        group = ET.Element("g", {"style": style})
        for child in run:
            del child.attrib["style"]
        group.extend(run)
        children.append(group)
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _style(element: ET.Element) -> str | None:
    """The style of a mark or a text that it can share with its neighbours."""
    return element.get("style") if element.tag in {"path", "use", "text"} else None
