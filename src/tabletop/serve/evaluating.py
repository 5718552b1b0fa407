"""What an evaluator may write: notes, ratings, observations, responses, improvements, remarks."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from tabletop.exercise import acts
from tabletop.exercise.acts import Act, CapabilityElement, Rating
from tabletop.serve.asked import Asked

Sentences = Annotated[str, Field(max_length=1200)]
"""Two of them fit the body of one request in any script."""
Name = Annotated[str, Field(max_length=120)]
Id = Annotated[str, Field(max_length=60)]


class WriteNote(Asked):
    """A note, perhaps on a critical task of an objective."""

    do: Literal["note"]
    text: Sentences = Field(min_length=1)
    objective: Id = ""
    task: Annotated[str, Field(max_length=1000)] = ""
    """The critical task as the plan words it; it stands before the note."""
    team: Name = ""

    def act(self) -> Act:
        """The act."""
        text = f"{self.task}: {self.text}" if self.task else self.text
        return acts.Note(text=text, objective=self.objective, team=self.team)


class GiveRating(Asked):
    """How an objective was met."""

    do: Literal["rate"]
    objective: Id
    rating: Rating
    text: Sentences = ""

    def act(self) -> Act:
        """The act."""
        return acts.Rate(objective=self.objective, rating=self.rating, text=self.text)


class WriteObservation(Asked):
    """A strength or an area for improvement, with the lines of the log that it rests on."""

    do: Literal["observe"]
    objective: Id
    kind: Literal["strength", "area for improvement"]
    observation: Sentences = Field(min_length=1)
    analysis: Sentences = ""
    reference: tuple[Annotated[int, Field(ge=1)], ...] = Field(default=(), max_length=20)

    def act(self) -> Act:
        """The act."""
        return acts.Observe(
            objective=self.objective,
            kind=self.kind,
            observation=self.observation,
            analysis=self.analysis,
            reference=self.reference,
        )


class WriteResponse(Asked):
    """What players did about an inject."""

    do: Literal["respond"]
    inject: Id
    response: Sentences = Field(min_length=1)
    team: Name = ""

    def act(self) -> Act:
        """The act."""
        return acts.Respond(inject=self.inject, response=self.response, team=self.team)


class WriteRemark(Asked):
    """What somebody said in the hot wash."""

    do: Literal["remark"]
    text: Sentences = Field(min_length=1)
    team: Name = ""

    def act(self) -> Act:
        """The act."""
        return acts.Remark(text=self.text, team=self.team)


class PlanImprovement(Asked):
    """A line of the improvement plan."""

    do: Literal["improve"]
    issue: Annotated[str, Field(min_length=1, max_length=600)]
    corrective_action: Annotated[str, Field(min_length=1, max_length=600)]
    capability_element: CapabilityElement
    primary_responsible: Name = ""
    start: Name = ""
    completion: Name = ""
    capability: Name = ""
    contact: Name = ""

    def act(self) -> Act:
        """The act."""
        return acts.Improve(**self.model_dump(exclude={"do", "key"}))


OfAnEvaluator = Annotated[
    WriteNote | GiveRating | WriteObservation | WriteResponse | WriteRemark | PlanImprovement,
    Field(discriminator="do"),
]
EVALUATORS: TypeAdapter[OfAnEvaluator] = TypeAdapter(OfAnEvaluator)
