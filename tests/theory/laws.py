"""Exact laws of the limiting cases, each from its own formula and none from the model."""

from itertools import product
from math import exp, factorial, log, sqrt

import numpy as np
from scipy.special import ndtr


def terror_queue(alpha: float, mu: float, delta: float, rho: float, teams: int) -> tuple[float, float, float]:
    """(E[X], E[Y], share disrupted) of Kaplan's chain, from its stationary equations solved numerically.

    X undetected plots, cut off where the infinite-server queue that bounds it has no mass left.
    """
    most = int(alpha / mu + 12 * sqrt(alpha / mu)) + 10
    places = {state: n for n, state in enumerate(product(range(most + 1), range(teams + 1)))}
    rates = np.zeros((len(places), len(places)))
    for (x, y), here in places.items():
        moves = {
            (x + 1, y): alpha,
            (x - 1, y): mu * x,
            (x - 1, y + 1): delta * x * (teams - y),
            (x, y - 1): rho * y,
        }
        for state, rate in moves.items():
            if rate and state in places:
                rates[here, places[state]] += rate
                rates[here, here] -= rate
    system = np.vstack([rates.T, np.ones(len(places))])
    law = np.linalg.lstsq(system, np.append(np.zeros(len(places)), 1.0), rcond=None)[0]
    undetected = sum(x * law[n] for (x, _), n in places.items())
    busy = sum(y * law[n] for (_, y), n in places.items())
    detected = sum(delta * x * (teams - y) * law[n] for (x, y), n in places.items())
    return undetected, busy, detected / alpha


def erlang_c(arrival: float, service: float, servers: int) -> float:
    """The chance to wait in M/M/c."""
    load = arrival / service
    busy = load**servers / factorial(servers) / (1 - load / servers)
    return busy / (sum(load**k / factorial(k) for k in range(servers)) + busy)


def erlang_c_wait(arrival: float, service: float, servers: int) -> float:
    """The mean wait in M/M/c."""
    return erlang_c(arrival, service, servers) / (servers * service - arrival)


def erlang_a_lapses(arrival: float, service: float, servers: int, patience: float) -> float:
    """The share that leaves unserved in M/M/c+M, from the balance of births and deaths."""
    weights = [1.0]
    for number in range(1, 400):
        death = min(number, servers) * service + max(number - servers, 0) * patience
        weights.append(weights[-1] * arrival / death)
    total = sum(weights)
    leaving = sum(max(n - servers, 0) * patience * weight for n, weight in enumerate(weights))
    return leaving / total / arrival


def cobham_waits(arrivals: tuple[float, ...], service: float, servers: int) -> list[float]:
    """Mean waits by class, first served first, in M/M/c with priorities and without preemption."""
    first = erlang_c(sum(arrivals), service, servers) / (servers * service)
    loads = np.cumsum([0.0, *arrivals]) / (servers * service)
    return [first / ((1 - loads[k]) * (1 - loads[k + 1])) for k in range(len(arrivals))]


def capped_custody(ready: float, limit: float) -> tuple[float, float]:
    """(mean, share at the cap) of an exponential time of rate `ready`, cut off at `limit`."""
    return (1 - exp(-ready * limit)) / ready, exp(-ready * limit)


def shaken_trust(level: float, relaxation: float, rate: float, loss: float) -> float:
    """The mean of a level that relaxes at a rate and loses a share at each event of a Poisson process."""
    return relaxation * level / (relaxation + rate * loss)


def binormal(d_prime: float, threshold: float) -> tuple[float, float]:
    """(false alarms, hits) of Normal(0, 1) against Normal(d′, 1) at a log-likelihood ratio."""
    criterion = d_prime / 2 + threshold / d_prime
    return float(ndtr(-criterion)), float(ndtr(d_prime - criterion))


def first_of_three(latency: float, maturing: float, disruption: float) -> float:
    """The chance that the first of three exponential clocks, by rate, rings first."""
    return latency / (latency + maturing + disruption)


def turned_back(maturing: float, crossings: float, inspected: float, hit: float) -> float:
    """The share of attempts whose first refusal comes before an exponential maturity."""
    refusals = crossings * inspected * hit
    return refusals / (maturing + refusals)


def impatient_share(arrival: float, service: float, patience: float) -> float:
    """The share that leaves unserved in M/M/1 when all wait at most a constant time (Barrer 1957)."""
    load = arrival / service
    left = exp(-(service - arrival) * patience)
    return (1 - load) * load * left / (1 - load**2 * left)


def foiled(ceiling: float, curve: float, protection: float) -> float:
    """The chance that protection foils a mature attempt."""
    return ceiling * (1 - exp(-curve * protection))


def convicted_abroad(a: float, b: float, usable: float) -> float:
    """The chance of conviction at quality 0, or −1 where what was found abroad may not be used."""
    return usable / (1 + exp(-a)) + (1 - usable) / (1 + exp(b - a))


def odds(probability: float) -> float:
    """The log-odds of a probability."""
    return log(probability / (1 - probability))
