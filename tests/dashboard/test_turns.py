"""What stood before a correction and what it put there."""

from __future__ import annotations

from argmap.corrections import new_point_id, replay
from argmap.dashboard.turns import turns
from argmap.records import Debate, Edit
from tests.dashboard.debates import make_debate


def log(*events: tuple[str, dict[str, object]]) -> tuple[Edit, ...]:
    return tuple(
        Edit.create(kind, sequence=number, time="2026-05-01T10:00:00+00:00", **fields)  # type: ignore[arg-type]
        for number, (kind, fields) in enumerate(events, start=1)
    )


def found(debate: Debate, edits: tuple[Edit, ...]) -> list[tuple[str, str]]:
    turned = turns(debate, replay(debate, edits).outcomes)
    return [turned[edit.id] for edit in edits if edit.id in turned]


def test_a_label_turns_what_the_model_said_and_then_what_a_person_said() -> None:
    debate = make_debate(names=("Ann", "Ben", "Cy", "Di"))
    own = {"statements": (debate.statements[0].id,), "topic": "pay"}
    edits = log(("label", {**own, "label": "con"}), ("label", {**own, "label": "none"}))
    assert found(debate, edits) == [("For (model)", "Against"), ("Against", "Takes no side")]


def test_an_undone_event_is_no_longer_what_stood_before() -> None:
    debate = make_debate(names=("Ann", "Ben", "Cy", "Di"))
    own = {"statements": (debate.statements[0].id,), "topic": "pay"}
    first = log(("label", {**own, "label": "con"}))[0]
    edits = log(
        ("label", {**own, "label": "con"}),
        ("undo", {"target": first.id}),
        ("label", {**own, "label": "none"}),
        ("redo", {"target": first.id}),
        ("label", {**own, "label": "unclear"}),
    )
    assert found(debate, edits) == [
        ("For (model)", "Against"),
        ("For (model)", "Takes no side"),
        ("Takes no side", "Unclear"),
    ]


def test_many_sentences_at_once_are_told_as_one_where_they_were_alike() -> None:
    debate = make_debate(names=("Ann", "Ben", "Cy", "Di"))
    ids = tuple(s.id for s in debate.statements)
    edits = log(
        ("label", {"statements": ids, "topic": "pay", "label": "none"}),
        ("label", {"statements": ids[:2], "topic": "pay", "label": "pro"}),
    )
    assert found(debate, edits) == [("several", "Takes no side"), ("Takes no side", "For")]


def test_points_links_names_and_speakers_are_told_by_their_names() -> None:
    debate = make_debate(names=("Ann", "Ben", "Cy", "Di"))
    ann, ben = (next(s.id for s in debate.speakers if s.name == n) for n in ("Ann", "Ben"))
    pro = debate.key_points[0]
    first, last = pro.statements[0], pro.statements[-1]
    pair = {"statements": (last, first), "topic": "pay"}
    edits = log(
        ("point", {"topic": "pay", "point": pro.id, "name": "Pay is too low"}),
        ("point", {"topic": "pay", "statements": (last,), "name": "Posts are empty"}),
        ("point", {"topic": "pay", "statements": (last,)}),
        ("point", {"topic": "pay", "statements": (last,), "point": pro.id}),
        ("relation", {**pair, "relation": "support"}),
        ("relation", {**pair, "relation": "none"}),
        ("rename", {"speaker": ann, "name": "Ann Lee"}),
        ("not_said_by", {"speaker": ann, "statements": (first,), "into": ben}),
        ("merge", {"speaker": ben, "into": ann}),
    )
    assert found(debate, edits) == [
        (pro.text, "Pay is too low"),
        (pro.text, "Posts are empty"),
        ("Posts are empty", "no key point"),
        ("no key point", "Pay is too low"),
        ("no link", "supports"),
        ("supports", "no link"),
        ("Ann", "Ann Lee"),
        ("Ann Lee", "Ben"),
        ("Ben", "Ann Lee"),
    ]


def test_what_an_event_made_is_told_by_its_name_later() -> None:
    debate = make_debate(names=("Ann", "Ben", "Cy", "Di"))
    pro = debate.key_points[0]
    new = {"topic": "pay", "statements": pro.statements[1:], "name": "Posts are empty"}
    made = log(("point", new))[0]
    again = {"topic": "pay", "statements": pro.statements[:1], "point": new_point_id(made)}
    edits = log(("point", new), ("point", again))
    assert found(debate, edits)[1] == (pro.text, "Posts are empty")
