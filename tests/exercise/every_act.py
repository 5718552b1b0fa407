"""An example of every act, in the order in which they are listed."""

from tabletop.exercise import acts
from tabletop.scenario.inject import Effect
from tabletop.scenario.planning import Participants

EVERY_ACT = (
    acts.Open(secret="s", teams=("Alpha", "Bravo"), others=2),
    acts.Start(secret="s", teams=("Alpha", "Bravo"), others=2),
    acts.Join(team="Alpha", device="phone", role="Analyst"),
    acts.Leave(team="Alpha", device="phone"),
    acts.Remove(device="phone", reason="It was lost."),
    acts.MoveSeat(device="phone", team="Bravo"),
    acts.TakePen(team="Alpha", device="phone"),
    acts.BeginMove(move=2),
    acts.Draft(team="Alpha", change=acts.CardChange(card="D1"), role="Analyst"),
    acts.Submit(team="Alpha", entry="D1"),
    acts.Lock(),
    acts.Reopen(),
    acts.Predict(team="Alpha", measure="incidents", low=1, high=3),
    acts.Reveal(),
    acts.Release(inject="help"),
    acts.Skip(inject="cut", reason="No time."),
    acts.Add(inject="visit", title="A visit", reason="It was dull."),
    acts.Override(reason="Agreed.", day=120.0, effects=(Effect(on="trust", multiply=0.9),)),
    acts.Respond(inject="alarm", response="They called."),
    acts.Pause(reason="Fire alarm."),
    acts.Resume(),
    acts.Extend(minutes=2),
    acts.Show(what="status"),
    acts.Note(text="A note."),
    acts.HotWash(),
    acts.Remark(text="It was close."),
    acts.Rate(objective="weigh", rating="S"),
    acts.Observe(objective="weigh", kind="strength", observation="They gave reasons."),
    acts.Improve(issue="Slow.", corrective_action="Practise.", capability_element="Training"),
    acts.Count(came=Participants(players=12, evaluators=1)),
    acts.End(),
)
