import pytest

from support.lively import history, lively
from tabletop import UnknownName
from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement
from tabletop.experiment.divergence import divergence_of, first_divergence, sentence_on
from tabletop.subjects import Closing, Kind, subject_number
from tabletop.world import Step, movement_code

PLOT = subject_number(Kind.PLOT, 0, 0, 6, 1)
MATTER = subject_number(Kind.COMMUNITY, 0, 0, 3)
STAFFED = movement_code("teams", Movement.STAFFED)
SERVED = movement_code("teams", Movement.SERVED)


def journal(*rows):
    made = Journal()
    for row in rows:
        made.note(*row)
    return made


def part(ours, theirs, **how):
    sides = (journal(*side) for side in (ours, theirs))
    return divergence_of(*sides, scenario=lively(), mix="craft", baseline="usual", replication=2, **how)


def test_two_histories_part_at_the_first_event_that_only_one_tells():
    found = part(
        [(1.0, Step.FORMED, PLOT, 1), (5.0, SERVED, PLOT, 0.0), (9.0, Step.CASE_CLOSED, PLOT, Closing.LOST)],
        [(1.0, Step.FORMED, PLOT, 1), (7.0, Step.TRUST_JUMPED, 0, 0.5), (8.5, SERVED, PLOT, 3.5)],
    )
    assert (found.day, found.subject) == (5.0, "plot 1-7")
    assert found.in_words() == (
        "day 5.0, plot 1-7: under craft is taken up by the teams; "
        "under usual is taken up by the teams after 3.5 days in the queue, on day 8.5"
    )


def test_the_earlier_event_leads_whichever_side_tells_it():
    found = part(
        [(4.0, Step.DISSOLVED, PLOT, 0)], [(3.0, Step.INCIDENT, PLOT, 0.5), (4.0, Step.DISSOLVED, PLOT, 0)]
    )
    assert found.day == 3.0
    assert found.theirs.says.startswith("is carried out")
    assert sentence_on(found.ours, found.day) == "dissolves, on day 4.0"


def test_one_event_with_another_result_is_a_divergence():
    found = part([(3.0, Step.LOOKED, MATTER, 0.5)], [(3.0, Step.LOOKED, MATTER, 0.7)])
    assert found.in_words() == (
        "day 3.0, community matter 1-4: under craft is looked at (evidence so far +0.50); "
        "under usual is looked at (evidence so far +0.70)"
    )


def test_one_event_of_another_subject_is_a_divergence():
    found = part([(3.0, Step.DISSOLVED, PLOT, 0)], [(3.0, Step.DISSOLVED, PLOT + 100, 0)])
    assert (found.day, found.subject, found.theirs) == (3.0, "plot 1-7", None)


def test_a_history_that_goes_on_alone_parts_from_the_one_that_is_over():
    found = part([], [(3.0, Step.PREVENTED, PLOT, 0.5)])
    assert found.ours is None
    assert "under craft nothing of the kind happens" in found.in_words()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ((2.0, Step.TRUST_TENDS, 0, 0.5), (2.0, Step.TRUST_TENDS, 0, 0.6)),
        ((2.0, STAFFED, 0, 4), (2.0, STAFFED, 0, 9)),
        ((2.0, Step.TRUST_JUMPED, 0, 0.5), (2.0, Step.TRUST_JUMPED, 0, 0.6)),
        ((2.0, Step.CARE_TAKEN, PLOT, 0.1), (2.0, Step.CARE_TAKEN, PLOT, 0.9)),
        ((2.0, Step.CHARGED, PLOT, 60), (2.0, Step.CHARGED, PLOT, float("inf"))),
    ],
)
def test_what_policy_sets_is_no_event(ours, theirs):
    after = (3.0, Step.DISSOLVED, PLOT, 0)
    assert part([ours, after], [theirs, after]) is None
    assert part([ours, after], [theirs, (3.5, *after[1:])]).day == 3.0


def test_a_change_of_settings_that_only_one_mix_makes_is_no_event():
    assert part([(2.0, Step.POLICY_CHANGED, 0, 0), (2.0, STAFFED, 0, 9)], []) is None


def test_of_turning_points_no_amount_counts_but_how_a_case_ends_does():
    case = (3.0, Step.CASE_OPENED, PLOT, 0.5)
    ours = [(1.0, Step.LOOKED, PLOT, 0.1), case, (9.0, Step.CASE_CLOSED, PLOT, Closing.LOST)]
    theirs = [(3.0, Step.CASE_OPENED, PLOT, 0.7), (9.0, Step.CASE_CLOSED, PLOT, Closing.DISRUPTED)]
    assert part(ours, theirs).day == 1.0
    assert part(ours, theirs, turning_points=True).day == 9.0
    assert part(ours[:2], theirs[:1], turning_points=True) is None


def test_an_inject_is_told_by_its_id():
    found = part([(2.0, Step.INJECTED, 0, 0), (3.0, Step.TRUST_JUMPED, 0, 0.5)], [])
    assert "inject rumours happens" in found.in_words()
    assert found.subject == ""


@pytest.mark.parametrize("mix", ["same", "idle"])
def test_mixes_that_change_nobodys_fate_never_part(mix):
    assert first_divergence(lively(), mix) is None


@pytest.mark.parametrize(("mix", "earliest"), [("craft", 0.0), ("unlimited", 0.0), ("later", 100.0)])
def test_nobody_parts_before_the_policies_do_and_until_then_all_is_alike(mix, earliest):
    found = first_divergence(lively(), mix, replication=1)
    assert found.day >= earliest
    turn = first_divergence(lively(), mix, replication=1, turning_points=True)
    assert turn is None or turn.day >= found.day

    def before(name):
        told = history(name, 1).journal
        rows = zip(told.days, told.steps, told.subjects, told.values, strict=True)
        return [row for row in rows if row[0] < found.day and row[1] < Step.POOL and row[1] not in quoted]

    quoted = {Step.TRUST_TENDS, Step.POLICY_CHANGED, Step.TRUST_JUMPED, Step.CHARGED}
    assert before(mix) == before("usual") != []


def test_tradecraft_parts_where_an_analyst_first_looks_after_startex():
    told = history("craft").journal
    finished = movement_code("analysts", Movement.FINISHED)
    looks = [day for day, step in zip(told.days, told.steps, strict=True) if step == finished and day >= 0]
    assert first_divergence(lively(), "craft").day == looks[0]


def test_seed_and_baseline_are_those_that_are_asked_for():
    other = first_divergence(lively(), "craft", seed=99)
    assert other != first_divergence(lively(), "craft")
    turned = first_divergence(lively(), "usual", baseline="craft")
    assert (turned.mix, turned.baseline) == ("usual", "craft")
    assert turned.theirs == first_divergence(lively(), "craft").ours


def test_an_unknown_mix_is_told_with_the_nearest_name():
    with pytest.raises(UnknownName, match="did you mean 'craft'"):
        first_divergence(lively(), "kraft")
