"""The glossary is in order, and every word in it says where it is used."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
LISTS = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")[1:]}
HEADING = re.compile(r"^### (.+)$", re.MULTILINE)


def alphabetical(word):
    return word.lower().replace("δ", "d").replace("′", "")


@pytest.mark.parametrize("part", LISTS.values(), ids=LISTS)
def test_the_words_of_a_list_are_in_alphabetical_order(part):
    words = HEADING.findall(part)
    assert words
    assert words == sorted(words, key=alphabetical)


def test_no_word_stands_twice():
    words = HEADING.findall(PAGE)
    assert len(set(words)) == len(words)


def test_every_word_says_where_it_is_used():
    entries = {entry.partition("\n")[0]: entry for entry in PAGE.split("\n### ")[1:]}
    assert [word for word, text in entries.items() if not re.search(r"\]\(\.\./\S+\)", text)] == []
