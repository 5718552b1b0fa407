"""A small exercise for tests: quick to simulate, with a card for everything that rules are about."""

from pathlib import Path

from tabletop import loads
from tabletop.exercise.acts import BeginMove, HotWash, Lock, Reveal, Start
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.rules import CONTROLLER

TEXT = """\
title: A small room
seed: 7
horizon_days: 240
warm_up_days: 60
baseline: usual
budget: 80
policy_mixes:
  usual: {title: As usual}
measures:
  incidents: {delta: 1}
  trust_mean: {delta: 0.01}
  plots_disrupted: {delta: 1, primary: false}
conditions:
  threat: {formation_rate: 20, preparation: {family: gamma, mean: 90, cv: 0.7}}
  background: {intelligence: 2, community: 2, border: 1, partner: 0.5}
injects:
  - {id: alarm, day: 60, title: Alarm, message: People worry., effects: [
      {on: background.community, multiply: 3, for_days: 30}]}
  - {id: backlog, day: 120, title: Backlog, message: Courts close., effects: [
      {on: staff.courts.availability, set: 0.5, for_days: 60}]}
exercise:
  duration_minutes: 60
  moves:
    - {name: First, day: 0, situation: It begins., questions: [What first?], injects: [alarm]}
    - {name: Second, day: 120, situation: It goes on., injects: [backlog, cut]}
  injects:
    - {id: cut, title: Budget cut, message: Less money., budget: -7}
    - {id: help, title: Help, message: Somebody helps., contingency: true, effects: [
        {on: detection.assessment.mean, set: 0.1}]}
    - {id: outcry, title: Outcry, message: Enough!, when: {measure: incidents, reaches: 1}, effects: [
        {on: trust, multiply: 0.9}]}
  objectives:
    - {id: weigh, text: Weigh rights and security., measures: [incidents, wrongful_interventions]}
  roles:
    - {name: Analyst, pillars: [detection]}
    - {name: Neighbour, pillars: [reporting, interdiction, prosecution, sharing]}
  teams: [Alpha, Bravo]
  predictions: [incidents, trust_mean]
  epilogue_days: 120
  decision_form:
    most_a_move: 2
    cards:
      - {code: D1, title: Tools, says: Better tools., pillar: detection,
         changes: {tradecraft: {add: 0.2}}, lead_days: 30}
      - {code: D2, title: Analysts, says: Two more., pillar: detection,
         changes: {analysts: {add: 2}}, times: 2}
      - {code: R1, title: Outreach, says: More tips., pillar: reporting,
         changes: {outreach: {set: 0.9}}, excludes: [R2]}
      - {code: R2, title: Quiet, says: Fewer tips., pillar: reporting, changes: {outreach: {set: 0.1}}}
      - {code: I1, title: Later, says: Another team., pillar: interdiction,
         changes: {teams: {add: 1}}, from_move: 2}
      - {code: P1, title: Gold, says: Too dear., pillar: prosecution,
         changes: {safeguards: {set: 1.0}, courts: {add: 9}}}
"""
SMALL = loads(TEXT, "small.yaml")


def opened(folder: Path, *, others: int = 3) -> Exercise:
    """The small exercise, in its first move."""
    exercise = begun(folder, others=others)
    exercise.do(CONTROLLER, BeginMove(move=1), at=60.0)
    return exercise


def begun(folder: Path, *, others: int = 3) -> Exercise:
    """The small exercise at StartEx."""
    exercise = Exercise.new(folder / "room", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, Start(secret="s", teams=("Alpha", "Bravo"), others=others), at=0.0)
    return exercise


def passed(exercise: Exercise) -> Exercise:
    """The present move locked and revealed, and the next one, or the hot wash, begun."""
    exercise.do(CONTROLLER, Lock(), at=0.0)
    exercise.do(CONTROLLER, Reveal(), at=0.0)
    state = exercise.state
    last = state.move + 1 == len(state.plan.moves)
    exercise.do(CONTROLLER, HotWash() if last else BeginMove(move=state.move + 2), at=0.0)
    return exercise
