"""Tables and bars in HTML, as notebooks show them."""

from collections.abc import Iterable, Sequence
from html import escape


def html_table(caption: str, heads: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A table: the columns' heads, and for each row its own head and its cells, whose lines stay lines.

    `heads` begins with that of the rows' heads. Names keep their own direction of writing.
    """
    head = "".join(f'<th scope="col">{_cell(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{_cell(name)}</th>{"".join(f"<td>{_cell(cell)}</td>" for cell in cells)}</tr>'
        for name, cells in rows
    )
    return (
        f'<table><caption dir="auto">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(text: str) -> str:
    return "<br>".join(f"<bdi>{escape(line)}</bdi>" for line in text.split("\n"))
