"""Pages as trees: parsed by the rules of HTML, strictly."""

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"


def parsed(page):
    """The root of a page's tree, its tags without namespaces; raises ParseError for anything wrong."""
    root = html5lib.HTMLParser(strict=True).parse(page)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def text(element):
    """All text in an element, as words between single spaces, with plain signs."""
    words = " ".join("".join(element.itertext()).split())
    return words.replace("−", "-").replace("\N{NO-BREAK SPACE}", " ")


def by_id(root, name):
    """The element of that id."""
    return next(element for element in root.iter() if element.get("id") == name)
