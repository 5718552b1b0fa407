"""What estimates and contrasts rest on, in words."""

import pytest

from tabletop.analysis.basis import Basis, worlds_that_differ


@pytest.mark.parametrize(
    ("differing", "n", "words"),
    [
        (6, 6, "only 6 worlds so far"),
        (4, 6, "only 6 worlds so far, of which 4 differ"),
        (1, 2, "only 2 worlds so far, of which 1 differs"),
        (1, 1, "only 1 world so far"),
        (17, 30, "only 17 of 30 worlds differ"),
        (1, 30, "only 1 of 30 worlds differs"),
        (20, 30, "20 of 30 worlds differ"),
        (1500, 2000, "1,500 of 2,000 worlds differ"),
    ],
)
def test_few_worlds_are_said_so_that_nothing_contradicts_itself(differing, n, words):
    assert worlds_that_differ(differing, n) == words
    assert "%" not in words


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (Basis(0, 0), "no replication"),
        (Basis(1, 1), "one replication"),
        (Basis(60, 0, is_constant=True), "none in 60 worlds"),
        (Basis(60, 60, is_constant=True), "the same in all 60 worlds"),
        (Basis(60, 3), "above 0 in only 3 of 60 worlds"),
        (Basis(12, 3), ""),
        (Basis(60, 60, is_skewed=True), "skewed"),
        (Basis(60, 60), ""),
        (Basis(60, 0, 0.0, "case", is_ratio=True), "no case in 60 worlds"),
        (Basis(60, 1, 1.0, "case", is_ratio=True, is_constant=True), "rests on 1 case"),
        (Basis(60, 1, 4.0, "case", is_ratio=True, is_constant=True), "rests on 4 cases in 1 of 60 worlds"),
        (Basis(60, 19, 40.0, "case", is_ratio=True), "rests on 40 cases in 19 of 60 worlds"),
        (Basis(60, 20, 40.0, "case", is_ratio=True), ""),
        (Basis(12, 12, 40.0, "case", is_ratio=True), ""),
        (
            Basis(60, 45, 90.0, "case", is_ratio=True, is_constant=True),
            "the same in all 45 worlds with any case",
        ),
        (Basis(60, 5, 90.5, "", is_ratio=True), "rests on 5 of 60 worlds"),
    ],
)
def test_what_an_estimate_rests_on_is_said_where_it_is_little(basis, words):
    assert basis.in_words() == words
