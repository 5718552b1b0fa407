"""Many teams and many mixes, whose names are alike in their first thirty letters."""

BEGINNING = "Partnership of neighbourhoods "
assert len(BEGINNING) == 30
MANY = 30

TEAMS = tuple(f"{BEGINNING}team {n:02}" for n in range(MANY))
MIXES = {
    f"partnership_of_neighbourhoods_{n:02}": f"{BEGINNING}and the regional centre, variant {n}"
    for n in range(MANY)
}
NARROW = 80

TEXT = (
    f"""\
title: Many mixes, many teams
seed: 4
replications: 3
horizon_days: 120
warm_up_days: 20
conditions:
  background: {{intelligence: 1, community: 0.8, border: 0.2, partner: 0.1}}
  threat: {{formation_rate: 30, preparation: {{family: exponential, mean: 60}}}}
baseline: {next(iter(MIXES))}
policy_mixes:
"""
    + "".join(
        f'  {name}: {{title: "{title}", reporting: {{outreach: {n / 100 + 0.02:.2f}}}}}\n'
        for n, (name, title) in enumerate(MIXES.items())
    )
    + f"""\
measures:
  incidents: {{delta: 0.5}}
  trust_mean: {{delta: 0.01}}
  wrongful_interventions: {{delta: 0.5}}
  harm: {{delta: 1}}
  days_to_verdict: {{delta: 5}}
  cost_total: {{delta: 1}}
exercise:
  budget: 80
  duration_minutes: 38
  brief_minutes: 5
  hot_wash_minutes: 5
  feedback_minutes: 0
  moves:
    - name: First
      day: 0
      situation: Go.
      minutes: {{situation: 3, discussion: 7, decision: 2, reveal: 2}}
    - name: Second
      day: 60
      situation: On.
      minutes: {{situation: 3, discussion: 7, decision: 2, reveal: 2}}
  teams: [{", ".join(TEAMS)}]
  predictions: [incidents, trust_mean]
  decision_form:
    most_a_move: 2
    cards:
      - {{code: D1, title: Tools, says: better, pillar: detection, changes: {{tradecraft: {{add: 0.2}}}}}}
      - {{code: R1, title: Reach, says: out, pillar: reporting, changes: {{outreach: {{add: 0.3}}}}}}
"""
)
