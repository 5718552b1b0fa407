"""A table of all exact checks: `python tests/theory/table.py [short|long] [NAME]`."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from theory.cases import CHECKS, CONFIDENCE, STUDIES
from theory.verification import LONG, SEEDS, SHORT, findings


def main() -> None:
    only = next((word for word in sys.argv[1:] if word not in ("short", "long")), "")
    length = LONG if "long" in sys.argv else SHORT
    print(f"{CHECKS} checks, each with confidence {CONFIDENCE:.6f}; seed {SEEDS[0]}; {length.name} runs")
    print(f"{'quantity':50}{'exact':>10}{'estimate':>12}{'half-width':>12}{'of value':>10}  verdict")
    for study in STUDIES:
        if only and only not in study.name:
            continue
        began = time.process_time()
        for f in findings(study, study.replications * length.factor, SEEDS[0], CONFIDENCE):
            share = f.half_width / abs(f.exact)
            holds = "; ".join(f.faults(length.width)) or "holds"
            figures = f"{f.exact:10.6f}{f.estimate:12.6f}{f.half_width:12.6f}{share:10.2%}"
            print(f"{f.name:50}{figures}  {holds}", flush=True)
        print(f"{'':50}{time.process_time() - began:.1f} s")


if __name__ == "__main__":
    main()
