"""The platform fingerprint: where it is equal, results are equal to the last bit."""

import platform
import sys
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import version

import numpy as np

from tabletop.engine.chance import Luck
from tabletop.engine.durations import exponential, gamma, lognormal

DRAWS = 10_000

_TRANSFORMS = (exponential(1.0), gamma(1.0, 0.707), gamma(1.0, 1.7), lognormal(1.0, 0.6))


def fingerprint() -> dict[str, str]:
    """Operating system, processor, versions that can change last bits, and a hash of draws."""
    return dict(_fingerprint())


@cache
def _fingerprint() -> Mapping[str, str]:
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "numpy": version("numpy"),
        "scipy": version("scipy"),
        "draws": draws(),
    }


def differences(there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """The differences between two fingerprints, in words."""
    return ", ".join(
        f"{name} {there.get(name)} there, {here.get(name)} here"
        for name in {**there, **here}
        if there.get(name) != here.get(name)
    )


@cache
def draws() -> str:
    """A hash of 10,000 draws through every transform that the model uses."""
    luck = Luck(0, 0).cohort(("fingerprint",), DRAWS)
    bits = blake2b(digest_size=16)
    bits.update(np.array(luck.uniforms("uniform")).tobytes())
    bits.update(np.array(luck.normals("normal")).tobytes())
    for number, duration in enumerate(_TRANSFORMS):
        bits.update(np.array(luck.units(f"duration {number}", duration)).tobytes())
    bits.update(np.array(Luck(0, 0).arrivals("arrivals", ("fingerprint",), 1000.0)).tobytes())
    return bits.hexdigest()
