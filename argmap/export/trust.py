"""What every report says on how it was made and how far to trust it."""

from __future__ import annotations

from argmap.records import Debate

#: What a reader must know before printing a label, in the order in which it matters.
CAVEATS = (
    "A label is a model's judgement of one sentence on one motion. It is a first sort: read the "
    "sentence in its source before you print it.",
    "“Unclear” means that no label was probable enough; such sentences are left unlabelled.",
    "A speaker's position is the mean of the probability for minus the probability against, over "
    "that speaker's own sentences that take a side, with a 95% interval. Where the interval "
    "reaches both sides, the sentences do not settle which side the speaker is on.",
    "A view that a speaker only reports (“critics say …”) is not counted as theirs.",
    "Who says what is read by rule and, where a model of attribution is named below, by that model "
    "where the rules are silent; where neither is sure, the speaker stays blank.",
    "Key points are sentences of one side that say much the same, under the one that says it "
    "best; support and attack between sentences are the model's judgement as well.",
)


def made_by(debate: Debate) -> tuple[tuple[str, str], ...]:
    """The program, the models and the settings that made the debate, as names and values."""
    run = debate.run
    rows = [("Argument Mapper", run.argmap)]
    rows += [(f"Model: {task}", name) for task, name in sorted(run.models.items())]
    rows += [(f"Setting: {name}", str(value)) for name, value in sorted(run.settings.items())]
    return tuple(rows)
