"""SVG pictures made fit to stand in a page: ids of their own, no foreign parts, a text alternative."""

import re
from xml.etree import ElementTree as ET

from tabletop.report.document.slim_svg import slimmed

HALO = "halo"
"""Begins the id of a living text that stands on other marks: a page draws its ground around it."""
_DROPPED = {"metadata", "style"}
"""Of no use in a page: who made the picture is said elsewhere, and a style would be everybody's."""
_FAMILY = re.compile(r"font-family:[^;]*;?\s*|(?<=px) '[^;]*(?=;|$)")
"""The fonts of a living text: those that drew it are not those of whoever reads it."""
_URL = re.compile(r"url\(\s*(['\"]?)#([^)'\"]+)\1\s*\)")


def inlined(
    svg: bytes, name: str, *, says: str, described_by: str = "", describes: str = "", small: bool = False
) -> str:
    """The picture as an element of an HTML page; every id in it starts with `name`.

    `says` is its text alternative. What tells more of it is the text `describes`, or the element of the
    id `described_by`. A `small` picture has short numbers and no idle ids. Living text takes the fonts
    of the page. Raises ParseError for what is no XML.
    """
    root = ET.fromstring(svg)  # noqa: S314 (drawn by our own figures)
    for element in root.iter():
        _make_local(element, name)
        for child in [child for child in element if _local(child.tag) in _DROPPED]:
            element.remove(child)
    for empty in [child for child in root if child.tag == "defs" and len(child) == 0]:
        root.remove(empty)
    if small:
        slimmed(root, name)
    _name(root, name, says, described_by, describes)
    text = ET.tostring(root, encoding="unicode")
    return text.replace(" />", "/>") if small else text


def _make_local(element: ET.Element, name: str) -> None:
    """Drop namespaces, which HTML knows by itself, and make ids and references to them the figure's own."""
    element.tag = _local(element.tag)
    attributes = {}
    for key, value in element.attrib.items():
        match _local(key):
            case "id" if value.startswith(HALO):
                attributes["class"] = HALO
            case "id":
                attributes["id"] = f"{name}-{value}"
            case "href" if value.startswith("#"):
                attributes["href"] = f"#{name}-{value[1:]}"
            case "href":
                raise ValueError(f"a picture refers to what is not in it: {value}")
            case "style":
                attributes["style"] = _URL.sub(rf"url(#{name}-\2)", _FAMILY.sub("", value))
            case local:
                attributes[local] = _URL.sub(rf"url(#{name}-\2)", value)
    if element.tag == "path":
        attributes.setdefault("d", "")  # the glyph of a space
    element.attrib.clear()
    element.attrib.update(attributes)
    element.tail = "\n" if element.tail and not element.tail.strip() else element.tail
    if element.text and not element.text.strip():
        element.text = None


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _name(root: ET.Element, name: str, says: str, described_by: str, describes: str) -> None:
    """The picture fills the width it is given; to a screen reader it is one picture, with one text."""
    box = root.get("viewBox")
    if box is None:
        raise ValueError("a picture without a viewBox cannot be made to fit")
    root.attrib.clear()
    root.attrib.update({"viewBox": box, "role": "img", "aria-labelledby": f"{name}-title"})
    texts = [("title", says)]
    if describes:
        texts.append(("desc", describes))
        described_by = f"{name}-desc"
    if described_by:
        root.set("aria-describedby", described_by)
    for place, (tag, text) in enumerate(texts):
        element = ET.Element(tag, {"id": f"{name}-{tag}"})
        element.text = text
        root.insert(place, element)
