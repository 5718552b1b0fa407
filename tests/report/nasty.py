"""A scenario whose texts look like markup, formulas and scripts, and are as long as they may be."""

from support.two_moves import scenario
from tabletop.scenario.scenario import Scenario

NASTY = "#h *b* _i_ $x^2$ `c` <script>alert(1)</script> \"q\" 's' \\n @ref [x](y) = // שלום مرحبا 😀 &amp; ~"
LONG = "x" * 300


def nasty():
    """The scenario of two moves with such texts everywhere."""
    data = scenario().model_dump(mode="json", exclude_unset=True)
    plan = data["exercise"]
    data["title"] = plan["title"] = NASTY
    data["summary"] = f"{NASTY}\n{LONG}"
    data["content_note"] = plan["purpose"] = plan["scope"] = NASTY
    for move in plan["moves"]:
        move["name"] = NASTY[:80]
        move["situation"] = f"{NASTY * 20}\n{LONG}"
        move["questions"] = [NASTY, LONG]
    for staging in plan["injects"]:
        staging |= {"title": NASTY, "message": NASTY * 8, "notes": f"={NASTY}", "mode": NASTY[:80]}
    for place, card in enumerate(plan["decision_form"]["cards"]):
        card |= {"title": "W" * 80 if place else NASTY[:80], "says": (NASTY * 4)[:300]}
    plan["roles"][0] |= {"name": NASTY[:40].strip(), "says": NASTY}
    plan["objectives"][0] |= {
        "text": NASTY,
        "capability_target": NASTY,
        "critical_tasks": [NASTY, LONG[:200]],
    }
    plan["ground_rules"] = plan["debrief_questions"] = plan["assumptions_and_artificialities"] = [NASTY, LONG]
    return Scenario.model_validate(data)
