"""Role sheets: what a person wants, may not give up, holds and asks."""

from tabletop.report.document.terminal import as_text
from tabletop.report.pack.role_sheets import role_sheets
from tabletop.scenario.load import load
from tabletop.scenario.source import shipped

HARBOUR = load("harbour-city")


def test_each_role_has_a_page_of_its_own():
    document = role_sheets(HARBOUR)
    assert [section.title for section in document.sections] == [role.name for role in HARBOUR.exercise.roles]
    assert [section.new_page for section in document.sections] == [False, True, True, True, True]


def test_a_sheet_says_what_the_file_says_and_holds_only_the_role_s_cards():
    text = " ".join(as_text(role_sheets(HARBOUR)).split())
    for role in HARBOUR.exercise.roles:
        assert role.wants in text
        assert role.keeps in text
        assert all(question in text for question in role.asks)
    for section, role in zip(role_sheets(HARBOUR).sections, HARBOUR.exercise.roles, strict=True):
        (held,) = (block for block in section.blocks if block.kind == "table")
        cards = [card.code for card in HARBOUR.exercise.decision_form.cards if card.pillar in role.pillars]
        assert [row[0] for row in held.rows] == cards
        assert cards


def test_without_roles_there_is_no_sheet():
    assert role_sheets(load("terror-queue")) is None


def test_every_shipped_role_has_a_whole_sheet():
    """Without what a person wants, keeps and asks a sheet is a list of cards."""
    sheets = 0
    for name in shipped():
        plan = load(name).exercise
        for role in plan.roles if plan is not None else ():
            sheet = role_sheets(load(name))
            text = " ".join(as_text(sheet).split())
            for said in (role.says, role.wants, role.keeps, *role.asks):
                assert said, (name, role.name)
                assert said in text, (name, role.name)
            assert role.asks, (name, role.name)
            sheets += 1
    assert sheets > 20
