"""What a controller can write at the moment: additions, rulings, responses, notes, remarks."""

from dataclasses import dataclass

from tabletop.exercise import acts
from tabletop.exercise.act_rules import RULES
from tabletop.exercise.state import Phase, State


@dataclass(frozen=True)
class Forms:
    """What may be written now, and about what."""

    phase: Phase
    may: frozenset[str]
    """The acts that are possible: `add`, `override`, `respond`, `note`, `remark`."""
    may_have_effects: bool
    """Whether a ruling may be one with effects: not while teams predict."""
    most_effects: int
    """Of one addition or override."""
    teams: tuple[str, ...]
    injects: tuple[tuple[str, str], ...]
    """Id and title of those that players have been told, or that happen by themselves."""


WRITTEN: tuple[type[acts.Act], ...] = (acts.Add, acts.Override, acts.Respond, acts.Note, acts.Remark)


def forms(state: State) -> Forms:
    """What the controller can write now."""
    return Forms(
        phase=state.phase,
        may=frozenset(kind.model_fields["act"].default for kind in WRITTEN if is_possible(state, kind)),
        may_have_effects=state.phase is not Phase.LOCKED,
        most_effects=acts.MOST_EFFECTS,
        teams=state.teams,
        injects=tuple(
            (one.inject.id, one.inject.title)
            for one in state.injects
            if one.inject.when is not None or state.was_read_out(one.inject.id)
        ),
    )


def is_possible(state: State, kind: type[acts.Act]) -> bool:
    """Whether an act of a kind can be done in this part of the exercise."""
    rule = RULES[kind]
    return state.phase in rule.when and (rule.while_paused or not state.is_paused)
