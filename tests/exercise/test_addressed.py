"""For whose table a message is."""

from dataclasses import replace

from exercise.room import SMALL
from tabletop.exercise.disclosure import is_addressed
from tabletop.scenario.staged import staged


def test_a_message_is_for_all_for_its_team_or_for_a_role_which_each_table_has():
    one = staged(SMALL)[0]
    teams = ("Alpha", "Bravo")

    def reached(*names):
        sent = replace(one, staging=one.staging.model_copy(update={"recipients": names}))
        return [team for team in teams if is_addressed(sent, team, teams)]

    assert reached() == ["Alpha", "Bravo"]
    assert reached("Bravo") == ["Bravo"]
    assert reached("Analyst") == ["Alpha", "Bravo"]
