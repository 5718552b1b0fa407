"""A lively scenario: every pillar, a warm-up and a change of policy in a tenth of a second."""

from functools import cache

from tabletop import loads, simulate

TEXT = """\
title: Lively
seed: 3
replications: 6
horizon_days: 250
warm_up_days: 120
conditions:
  background: {intelligence: 1, community: 0.7, border: 0.5, partner: 0.3}
  threat:
    formation_rate: 60
    preparation: 60
    trace_rates: {intelligence: 3, community: 2}
    reform: {probability: 0.9, delay: 20}
  prosecution: {preparation: 20, trial: 15}
injects:
  - {id: rumours, day: 30, title: A rumour goes round, effects: [{on: background.community, multiply: 2}]}
baseline: usual
policy_mixes:
  usual: {detection: {open_case_at: 0.1}, prosecution: {custody_limit_days: 60}}
  same: {title: Another name for it}
  later: {changes: [{day: 100, interdiction: {teams: 8}, prosecution: {custody_limit_days: null}}]}
  unlimited: {detection: {analysts: null}, interdiction: {teams: 2}}
  craft: {detection: {tradecraft: 0.9}}
  idle: {prosecution: {safeguards: 0.5}, sharing: {openness: 0.4}}
measures:
  incidents: {delta: 1}
  trust_mean: {delta: 0.01}
  harm: {delta: 1, primary: false}
"""


@cache
def lively():
    """The scenario of this module."""
    return loads(TEXT, "lively.yaml")


@cache
def history(mix="usual", replication=0):
    """A run of it with its journal."""
    return simulate(lively(), mix, replication, journal=True)
