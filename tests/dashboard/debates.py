"""A small debate made by hand, with names that a careless page would change."""

from __future__ import annotations

from argmap.records import (
    SIDES,
    Attribution,
    Debate,
    Document,
    KeyPoint,
    Label,
    Run,
    Speaker,
    Stance,
    Statement,
    content_id,
)
from argmap.stance import make_topic

MOTION = "Nurses should receive a larger pay rise."

#: Names that Markdown, HTML, mathematics or Streamlit's directives would change.
HOSTILE = ("<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", ":red[hi]", "$x$")

_SENTENCES: tuple[tuple[str, int | None, Label, bool], ...] = (
    ("Nurses have earned a larger pay rise.", 0, "pro", False),
    ("A rise would cost two billion pounds.", 1, "con", False),
    ("Critics say the pay is fair already.", 1, "con", True),
    ("The talks went on until noon.", None, "none", False),
    ("Better pay would fill the empty posts.", 2, "pro", False),
    ("Nobody knows what the pay rise would do.", 3, "unclear", False),
)


def make_debate(title: str = "Nurse pay", names: tuple[str, ...] = HOSTILE) -> Debate:
    """Two documents, four speakers and six statements of every label."""
    topic = make_topic(MOTION, id="pay")
    speakers = tuple(
        Speaker(content_id("s", name), name, role="minister", party="Green") for name in names
    )
    documents, statements, stances = [], [], []
    for number, start in enumerate((0, 4)):
        text, spans = "", []
        for sentence, *_ in _SENTENCES[start : start + 4]:
            gap = "" if not text else "\n\n" if len(spans) == 2 else " "
            spans.append((len(text) + len(gap), len(text) + len(gap) + len(sentence)))
            text += gap + sentence
        document = Document.create(
            title=f"Source {number + 1}",
            text=text,
            outlet="The Herald",
            date="2026-03-02",
            removed=("Advertisement", "Share this") if number == 0 else (),
        )
        documents.append(document)
        for span, (sentence, who, label, reported) in zip(
            spans, _SENTENCES[start : start + 4], strict=True
        ):
            speaker = speakers[who].id if who is not None else None
            statement = Statement(
                content_id("u", document.id, str(span[0])),
                document.id,
                *span,
                sentence,
                Attribution(speaker, "quote", "said", 0.9, reported) if speaker else Attribution(),
            )
            statements.append(statement)
            pro, con = {"pro": (0.9, 0.04), "con": (0.1, 0.8), "unclear": (0.4, 0.3)}.get(
                label, (0.05, 0.05)
            )
            stances.append(Stance(statement.id, "pay", pro, con, round(1 - pro - con, 4), label))
    points = []
    for side in SIDES:
        own = [s for s, x in zip(statements, stances, strict=True) if x.label == side]
        point_id = content_id("k", side, title)
        members = tuple(s.id for s in own)
        points.append(KeyPoint(point_id, "pay", side, own[0].text, members))
    return Debate(
        title=title,
        run=Run(
            "0",
            {"stance": "fake@0", "encoder": "fake-encoder@0"},
            {"threshold": 0.5},
            {d.id: content_id("", d.text) for d in documents},
        ),
        documents=tuple(documents),
        speakers=tuple(sorted(speakers, key=lambda s: s.id)),
        topics=(topic,),
        statements=tuple(statements),
        stances=tuple(stances),
        key_points=tuple(points),
    )
