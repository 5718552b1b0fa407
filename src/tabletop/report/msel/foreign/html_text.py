"""Text of HTML: a mail as a planner pasted it, as the plain text that a reader sees."""

import html
import re
from html.parser import HTMLParser

_TAGS = (
    "html|head|body|p|br|div|span|a|b|i|u|em|strong|font|table|tbody|tr|td|th|ul|ol|li|h[1-6]|style|script|img|"
    "blockquote|pre|hr|center|meta"
)
_MARKUP = re.compile(rf"</?(?:{_TAGS})\b[^<>]*>|<!DOCTYPE", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:amp|nbsp|lt|gt|quot|apos|[a-z]{1,6}(?:uml|acute|grave|circ|lig)|#\d{2,5}|#x[\da-f]{2,5});",
    re.IGNORECASE,
)
_SILENT = ("script", "style", "head", "title")
_BLOCKS = (
    "p",
    "div",
    "tr",
    "table",
    "ul",
    "ol",
    "blockquote",
    "pre",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)


def text_of_html(text: str) -> str:
    """What is read of a text that has HTML in it; any other text as it is."""
    if not _MARKUP.search(text):
        return html.unescape(text).replace("\N{NO-BREAK SPACE}", " ") if _ENTITY.search(text) else text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Keeps what is read, a line for each block; an address that a link does not show stands behind it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._link = ""
        self._shown = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br" or tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "a":
            self._link, self._shown = (dict(attributes).get("href") or ""), ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("p", "table", "ul", "ol"):
            self.parts.append("\n\n")
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "a":
            bare = self._link.removeprefix("mailto:")
            if bare and bare not in self._shown:
                self.parts.append(f" ({bare})")
            self._link = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            # line ends of the source are blanks to a reader
            self.parts.append(re.sub(r"\s+", " ", data))
            self._shown += data
