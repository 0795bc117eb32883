"""What changed between two analyses of a debate made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from argmap.records import (
    Attribution,
    Debate,
    Document,
    KeyPoint,
    Relation,
    Speaker,
    Stance,
    Statement,
    content_id,
)
from argmap.structure import Difference, compare
from argmap.structure.matching import match_documents, match_statements
from tests.samples import sample_debate
from tests.strategies import debates

SENTENCES = ("Pay is low.", "Posts are empty.", "Pay is low.", "Strikes cost money.")


def article(
    *sentences: str, title: str = "Pay", **fields: object
) -> tuple[Document, list[Statement]]:
    """A document of these sentences with a statement for each."""
    document = Document.create(title=title, text=" ".join(sentences), **fields)
    statements, at = [], 0
    for sentence in sentences:
        own = content_id("s", document.id, str(at))
        statements.append(Statement(own, document.id, at, at + len(sentence), sentence))
        at += len(sentence) + 1
    return document, statements


def debate_of(*articles: tuple[Document, list[Statement]]) -> Debate:
    base = sample_debate()
    return replace(
        base,
        documents=tuple(document for document, _ in articles),
        statements=tuple(s for _, statements in articles for s in statements),
        speakers=(),
        stances=(),
        key_points=(),
        relations=(),
    )


def judged(debate: Debate, label: str = "pro", pro: float = 0.8) -> Debate:
    stances = tuple(
        Stance(s.id, "pay", pro, round(0.9 - pro, 4), 0.1, label)  # type: ignore[arg-type]
        for s in debate.statements
    )
    return replace(debate, stances=stances)


@settings(max_examples=25)
@given(debates())
def test_debate_does_not_differ_from_itself(debate: Debate) -> None:
    found = compare(debate, debate)
    assert found.same, found
    assert found == Difference(matched=len(debate.statements))


@settings(max_examples=15)
@given(debates(), debates())
def test_difference_turned_round_is_the_other_way_round(a: Debate, b: Debate) -> None:
    there, back = compare(a, b), compare(b, a)
    assert there.matched == back.matched
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    for name in ("sources", "motions", "speakers", "statements"):
        one = sorted(turned[item.change] for item in getattr(there, name))
        other = sorted(item.change for item in getattr(back, name))
        assert one == other
    gained = [s for s in there.statements if s.change == "added"]
    assert len(gained) + there.matched == len(b.statements)


def test_sentence_changed_in_the_midst_is_the_only_one_lost_and_gained() -> None:
    a = debate_of(article(*SENTENCES))
    b = debate_of(
        article("Pay is low.", "Many posts are empty.", "Pay is low.", "Strikes cost money.")
    )
    assert a.documents[0].id != b.documents[0].id
    found = compare(a, b)
    assert [(c.change, c.statement.text) for c in found.statements] == [
        ("removed", "Posts are empty."),
        ("added", "Many posts are empty."),
    ]
    assert [(c.change, c.what) for c in found.sources] == [("changed", ("text",))]
    assert found.matched == 3


def test_quotation_marks_and_spaces_do_not_make_a_sentence_new() -> None:
    a = debate_of(article("“Pay is low,” she said.", "It’s so."))
    b = debate_of(article('"Pay  is low," she said.', "It's so."))
    assert compare(a, b).statements == ()


def test_sentence_that_moved_is_the_same_sentence() -> None:
    a = debate_of(article("One is here.", "Two is here.", "Three is here."))
    b = debate_of(article("Three is here.", "One is here.", "Two is here."))
    assert compare(a, b).statements == ()


def test_sentence_that_comes_twice_is_matched_each_with_its_own() -> None:
    a, b = debate_of(article(*SENTENCES)), debate_of(article("New here.", *SENTENCES))
    pairs = match_statements(a, b, match_documents(a, b))
    assert [pairs[s.id] for s in a.statements] == [s.id for s in b.statements[1:]]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Pay, again", "url": "https://news.example/pay"},
        {"title": "PAY", "outlet": "The Example"},
        {"title": "Another title altogether"},
    ],
)
def test_source_is_known_by_its_address_its_title_or_its_sentences(
    change: dict[str, object],
) -> None:
    first = {"url": "https://news.example/pay", "outlet": "The Example"}
    kept = {name: value for name, value in first.items() if name in change}
    a = debate_of(article(*SENTENCES, **kept))
    b = debate_of(article(*SENTENCES[:3], "Something else.", **change))  # type: ignore[arg-type]
    found = compare(a, b)
    assert [c.change for c in found.sources] == ["changed"]
    assert found.matched == 3


def test_sources_that_share_little_are_two() -> None:
    a = debate_of(article(*SENTENCES, title="One"))
    b = debate_of(article("Pay is low.", "All else is new.", "Really new.", title="Two"))
    assert [c.change for c in compare(a, b).sources] == ["removed", "added"]


def test_labels_that_change_carry_both_judgements() -> None:
    a = judged(debate_of(article(*SENTENCES)))
    worse = replace(a.stances[1], pro=0.1, con=0.8, label="con")
    b = replace(a, stances=(a.stances[0], worse, replace(a.stances[2], pro=0.75, con=0.15)))
    found = compare(a, b)
    assert [(c.statement.text, c.before, c.after) for c in found.labels] == [
        ("Posts are empty.", a.stances[1], worse),
        ("Strikes cost money.", a.stances[3], None),
    ]
    assert found.shifted == 1
    assert found.labels[0].motion == "Nurses should receive a larger pay rise."
    assert not found.same
    only_shifted = compare(
        a, replace(a, stances=(replace(a.stances[0], pro=0.7, con=0.2), *a.stances[1:]))
    )
    assert (only_shifted.labels, only_shifted.shifted, only_shifted.same) == ((), 1, False)


def test_motion_with_another_id_is_the_same_and_a_reworded_one_is_named() -> None:
    a = judged(debate_of(article(*SENTENCES)))
    renamed = replace(a.topics[0], id="other")
    b = replace(a, topics=(renamed,), stances=tuple(replace(s, topic="other") for s in a.stances))
    assert compare(a, b).same
    reworded = replace(a.topics[0], motion="Nurses should get more.")
    (change,) = compare(a, replace(a, topics=(reworded,))).motions
    assert (change.change, change.after) == ("changed", reworded)
    second = replace(a.topics[0], id="strike", motion="Nurses should strike.")
    (change,) = compare(a, replace(a, topics=(*a.topics, second))).motions
    assert (change.change, change.after) == ("added", second)


def test_speakers_and_who_says_what() -> None:
    a = sample_debate()
    promoted = replace(a.speakers[1], role="prime minister")
    renamed = replace(a.speakers[0], id="p9")
    said = replace(a.statements[0], attribution=replace(a.statements[0].attribution, speaker="p9"))
    theirs = replace(a.statements[1], attribution=Attribution("p9", "quote", "said", 0.9, True))
    b = replace(
        a,
        speakers=(renamed, promoted, Speaker("p3", "A newcomer")),
        statements=(said, theirs, a.statements[2]),
    )
    found = compare(a, b)
    assert [(c.change, c.what) for c in found.speakers] == [("changed", ("role",)), ("added", ())]
    (voice,) = found.voices
    assert (voice.before, voice.after) == ("The minister", "Ms Adeyemi")
    assert (voice.reported_before, voice.reported_after) == (False, True)


def test_key_points_are_matched_by_their_sentences() -> None:
    a = judged(debate_of(article("One is so.", "Two is so.", "Three is so.", "Four is so.")))
    one, two, three, four = (s.id for s in a.statements)
    a = replace(
        a,
        key_points=(
            KeyPoint("k1", "pay", "pro", "One is so.", (one, two)),
            KeyPoint("k2", "pay", "pro", "Four is so.", (four,)),
        ),
    )
    b = replace(
        a,
        key_points=(
            KeyPoint("k9", "pay", "pro", "Two is so.", (two, one, three)),
            KeyPoint("k8", "pay", "con", "Four is so.", (four,)),
        ),
    )
    changed, removed, added = compare(a, b).points
    assert (changed.change, changed.gained, changed.lost) == ("changed", ("Three is so.",), ())
    assert (removed.change, removed.before) == ("removed", a.key_points[1])
    assert (added.change, added.after) == ("added", b.key_points[1])
    same = replace(a, key_points=tuple(replace(p, id=f"{p.id}x") for p in a.key_points))
    assert compare(a, same).same


def test_a_point_that_moves_beneath_another_and_an_attack_that_becomes_an_undercut() -> None:
    a = judged(debate_of(article("One is so.", "Two is so.")))
    one, two = (s.id for s in a.statements)
    a = replace(
        a,
        key_points=(
            KeyPoint("k1", "pay", "pro", "One is so.", (one,)),
            KeyPoint("k2", "pay", "pro", "Two is so.", (two,)),
        ),
        relations=(Relation(two, one, "pay", "attack", 0.8),),
    )
    points = (replace(a.key_points[0], id="k8"), replace(a.key_points[1], id="k9", parent="k8"))
    undercut = replace(a.relations[0], undercut=True)
    b = replace(a, key_points=points, relations=(undercut,))
    found = compare(a, b)
    (point,) = found.points
    assert (point.change, point.before, point.after) == ("changed", a.key_points[1], points[1])
    assert (point.over_before, point.over_after) == (None, "One is so.")
    assert [(c.change, c.relation.shown) for c in found.relations] == [
        ("removed", "attack"),
        ("added", "undercut"),
    ]
    renamed = tuple(replace(p, id=f"{p.id}x", parent=p.parent and "k8x") for p in points)
    assert compare(b, replace(b, key_points=renamed)).same
    assert [r.change for r in compare(b, a).points] == ["changed"]


def test_relations_and_settings() -> None:
    a = sample_debate()
    run = replace(a.run, models={"stance": "other@1"}, settings={"threshold": 0.6, "new": True})
    b = replace(a, relations=(Relation("s2", "s1", "pay", "support", 0.8),), run=run)
    found = compare(a, b)
    assert [(c.change, c.relation.kind) for c in found.relations] == [
        ("removed", "attack"),
        ("added", "support"),
    ]
    assert [(c.name, c.before, c.after) for c in found.run] == [
        ("Model: encoder", "fake-encoder@0", None),
        ("Model: stance", "fake@0", "other@1"),
        ("Setting: threshold", "0.5", "0.6"),
        ("Setting: new", None, "True"),
    ]
