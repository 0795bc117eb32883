"""A small debate made by hand, for tests of what is done with a finished map."""

from __future__ import annotations

from argmap.records import (
    Attribution,
    Debate,
    Document,
    KeyPoint,
    Relation,
    Run,
    Span,
    Speaker,
    Stance,
    Statement,
    Topic,
    Turn,
)
from argmap.stance import Use
from argmap.stance.calibration import (
    Bin,
    Calibration,
    Chosen,
    Measured,
    Point,
    Register,
    Scheme,
    SetResult,
)

TEXT = (
    "Nurses deserve a larger pay rise, Ms Adeyemi said.\n\n"
    "“A rise is not affordable,” the minister said. Critics say it would cost “£1.4bn”."
)


def _statement(name: str, text: str, attribution: Attribution, context: str = "") -> Statement:
    start = TEXT.index(text)
    return Statement(name, "d1", start, start + len(text), text, attribution, context)


def sample_debate(*, title: str = "Nurse pay") -> Debate:
    """One article, two speakers, one motion, three statements, a key point and a relation."""
    adeyemi = Speaker("p1", "Ms Adeyemi", ("Adeyemi",), "union leader", None)
    minister = Speaker("p2", "The minister", (), "minister", "Blue")
    return Debate(
        title=title,
        run=Run(
            argmap="0.1.0",
            models={"stance": "fake@0", "encoder": "fake-encoder@0"},
            settings={"threshold": 0.5},
            inputs={"d1": "0" * 64},
        ),
        documents=(
            Document(
                id="d1",
                title="Pay talks stall",
                text=TEXT,
                outlet="The Example",
                date="2024-02-01",
                url="https://news.example/pay",
                attributes={"author": "A. Reporter"},
                turns=(Turn(Span(0, 50), adeyemi), Turn(Span(52, 60), None)),
                removed=("Advertisement",),
            ),
        ),
        speakers=(adeyemi, minister),
        topics=(
            Topic(
                id="pay",
                title="A larger pay rise",
                motion="Nurses should receive a larger pay rise.",
                pro="Nurses should receive a larger pay rise.",
                con="Nurses should not receive a larger pay rise.",
            ),
        ),
        statements=(
            _statement(
                "s1",
                "Nurses deserve a larger pay rise, Ms Adeyemi said.",
                Attribution("p1", "indirect", "said", 0.9),
            ),
            _statement(
                "s2",
                "“A rise is not affordable,” the minister said.",
                Attribution("p2", "quote", "said", 0.95),
            ),
            _statement(
                "s3",
                "Critics say it would cost “£1.4bn”.",
                Attribution(None, "none", None, 0.0, True),
                "“A rise is not affordable,” the minister said.",
            ),
        ),
        stances=(
            Stance("s1", "pay", 0.84, 0.07, 0.09, "pro"),
            Stance("s2", "pay", 0.06, 0.86, 0.08, "con"),
            Stance("s3", "pay", 0.3, 0.4, 0.3, "unclear"),
        ),
        key_points=(
            KeyPoint("k1", "pay", "con", "“A rise is not affordable,” the minister said.", ("s2",)),
        ),
        relations=(Relation("s2", "s1", "pay", "attack", 0.8),),
    )


def sample_calibration() -> Calibration:
    """A calibration made by hand: prose is stricter, and one threshold lacks support."""

    def chosen(use: Use, register: Register, threshold: float, risk: float, n: int) -> Chosen:
        measured = Measured(risk, risk / 2, min(1.0, risk * 2), n)
        return Chosen(use, register, risk <= 0.2, Point(threshold, measured, 0.6), measured)

    curve = tuple(
        Point(at, Measured(0.5 - at / 2, 0.4 - at / 2, 0.6 - at / 2, 200), 1.2 - at)
        for at in (0.45, 0.6, 0.7)
    )
    bins = (Bin(0.4, 0.5, 0.45, 0.5, 40), Bin(0.8, 0.9, 0.85, 0.8, 160))
    return Calibration(
        model="minilm-stance",
        sha256="a" * 64,
        settings_sha256="b" * 64,
        seed=0,
        sets=(SetResult("prose", "prose", "c" * 64, 36, 0.0, Measured(0.05, 0.03, 0.08, 500)),),
        schemes=(Scheme("one temperature", 0.7, 0.8, 0.5, True),),
        bins=(("short", bins), ("prose", bins)),
        curves=(("short", curve), ("prose", curve)),
        chosen=(
            chosen("exploring", "short", 0.45, 0.2, 400),
            chosen("exploring", "prose", 0.70, 0.19, 90),
            chosen("citing", "short", 0.60, 0.08, 200),
            chosen("citing", "prose", 0.90, 0.05, 20),
        ),
    )
