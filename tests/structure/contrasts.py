"""A debate for comparisons, drawn by hand: three people over three years."""

from __future__ import annotations

from argmap.records import (
    Attribution,
    Debate,
    Document,
    KeyPoint,
    Label,
    Relation,
    Run,
    Speaker,
    Statement,
)

from .builders import PAY, stance

_DOCUMENTS = (
    Document("d1", "Talks open", "", outlet="The Herald", date="2022-03-01"),
    Document("d2", "Talks stall", "", outlet="The Post", date="2023-05-10"),
    Document("d3", "Talks end", "", outlet="the herald", date="2024-01-20"),
    Document("d4", "A letter", ""),
)
_PEOPLE = (
    Speaker("p1", "Ann Adeyemi", ("Adeyemi",), "union leader", "Green"),
    Speaker("p2", "John Smith", (), "minister", "Blue"),
    Speaker("p3", "Jo Smith", ("Smith",), None, "blue"),
)
# Statement id, document, speaker, label, probability of the label, whether reported, text.
_ROWS: tuple[tuple[str, str, str | None, Label, float, bool, str], ...] = (
    ("a1", "d1", "p1", "pro", 0.9, False, "A larger rise would keep nurses in the wards."),
    ("a2", "d1", "p1", "pro", 0.8, False, "Nurses leave because of their pay."),
    ("a3", "d2", "p1", "none", 0.9, False, "We met the minister on Monday."),
    ("a4", "d2", "p1", "con", 0.9, True, "Ministers say that there is no money."),
    ("a5", "d3", "p1", "con", 0.95, False, "A larger rise would not keep nurses in the wards."),
    ("a6", "d3", "p1", "con", 0.55, False, "Nurses do not leave because of their pay."),
    ("a7", "d4", "p1", "pro", 0.9, False, "Fair pay is owed."),
    ("b1", "d1", "p2", "con", 0.9, False, "There is no money for it."),
    ("b2", "d2", "p2", "con", 0.8, False, "The budget has no money left."),
    ("b3", "d2", "p2", "pro", 0.7, False, "Nurses do leave."),
    ("b4", "d3", "p2", "unclear", 0.4, False, "Nobody knows."),
    ("c1", "d3", "p3", "con", 0.9, False, "Prices would rise with pay."),
    ("w1", "d2", None, "none", 0.9, False, "The talks went on until noon."),
)


def side_by_side() -> Debate:
    """Thirteen statements, three people, four documents, three key points and four relations."""
    statements, ends = [], {document.id: 0 for document in _DOCUMENTS}
    texts: dict[str, list[str]] = {document.id: [] for document in _DOCUMENTS}
    for own, document, who, _, _, reported, text in _ROWS:
        start = ends[document]
        attribution = Attribution(who, "quote", "said", 0.95, reported) if who else Attribution()
        statements.append(Statement(own, document, start, start + len(text), text, attribution))
        texts[document].append(text)
        ends[document] = start + len(text) + 1
    documents = tuple(
        Document(d.id, d.title, " ".join(texts[d.id]), outlet=d.outlet, date=d.date)
        for d in _DOCUMENTS
    )
    return Debate(
        title="Nurse pay",
        run=Run("0", {"stance": "fake@0"}, {}, {d.id: "0" * 64 for d in documents}),
        documents=documents,
        speakers=_PEOPLE,
        topics=(PAY,),
        statements=tuple(statements),
        stances=tuple(stance(row[0], row[3], row[4]) for row in _ROWS),
        key_points=(
            KeyPoint("k1", "pay", "pro", _ROWS[1][6], ("a2", "a1", "b3")),
            KeyPoint("k2", "pay", "con", _ROWS[7][6], ("b1", "b2")),
            KeyPoint("k3", "pay", "con", _ROWS[4][6], ("a5", "a6")),
        ),
        relations=(
            Relation("b1", "a1", "pay", "attack", 0.8),
            Relation("a2", "b2", "pay", "attack", 0.9, undercut=True),
            Relation("b2", "b1", "pay", "support", 0.9),
            Relation("a4", "b1", "pay", "attack", 0.99),
        ),
    )
