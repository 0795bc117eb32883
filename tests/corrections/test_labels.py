"""Labels, key points and links as a person corrected them, each consequence by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.corrections import apply_edits, corrected, new_point_id, replay
from argmap.projectfile import check
from argmap.records import Debate, Edit
from argmap.stance import relabelled
from argmap.structure import build_tree, summarise_speakers
from tests.corrections.logs import TIME, label, labels_of, log
from tests.structure import builders


def mapped() -> Debate:
    """Four for and two against, a point of three with a sub-point of two, and four links."""
    return builders.debate(
        ("a", "pro", 0.9, "p1"),
        ("b", "pro", 0.8, "p1"),
        ("c", "pro", 0.7),
        ("d", "pro", 0.6),
        ("e", "con", 0.9, "p2"),
        ("f", "con", 0.8, "p2"),
        ("g", "none", 0.9),
        points=[("pro", "a b"), ("pro", "c d"), ("con", "e")],
        parents={2: 1},
        relations=[
            ("b", "a", "support"),
            ("e", "a", "attack"),
            ("f", "e", "support"),
            ("f", "b", "undercut"),
        ],
    )


def shown(*fields: dict[str, object]) -> Debate:
    found = apply_edits(mapped(), log(*fields))
    check(replace(found, edited=False))
    return found


def points_of(debate: Debate) -> dict[str, tuple[str, ...]]:
    return {point.id: point.statements for point in debate.key_points}


def links_of(debate: Debate) -> set[tuple[str, str, str]]:
    return {(r.source, r.target, r.shown) for r in debate.relations}


ALL_LINKS = {
    ("b", "a", "support"),
    ("e", "a", "attack"),
    ("f", "e", "support"),
    ("f", "b", "undercut"),
}


# --- labels ----------------------------------------------------------------------------------


def test_a_label_stands_beside_the_models() -> None:
    found = shown(label("g", "con"))
    (stance,) = (s for s in found.stances if s.statement == "g")
    assert (stance.label, stance.model_label, stance.corrected) == ("con", "none", True)
    assert (stance.pro, stance.con, stance.none) == pytest.approx((0.05, 0.05, 0.9))
    assert (stance.score, stance.confidence, stance.sure_of("con")) == (-1.0, 1.0, 1.0)
    assert sum(s.corrected for s in found.stances) == 1


def test_a_label_equal_to_the_models_is_a_confirmation_and_kept() -> None:
    found = shown(label("e", "con"))
    assert labels_of(found, "pay")["e"] == ("con", "con")
    assert (points_of(found), links_of(found)) == (points_of(mapped()), ALL_LINKS)
    (outcome,) = replay(mapped(), log(label("e", "con"))).outcomes
    assert outcome.words == (
        "“Sentence e.” confirmed as “Against” on “Nurses should receive a larger pay rise”"
    )


def test_the_last_label_stands_and_the_models_is_kept() -> None:
    found = shown(label("a", "none"), label("a", "con"))
    assert labels_of(found, "pay")["a"] == ("con", "pro")


def test_a_person_counts_in_full_in_where_a_speaker_stands() -> None:
    before = {s.speaker: s.mean for s in summarise_speakers(mapped())}
    after = {s.speaker: s for s in summarise_speakers(shown(label("b", "con")))}
    assert before["p1"] > 0.7
    assert (after["p1"].pro, after["p1"].con) == (1, 1)
    assert after["p1"].mean == pytest.approx((0.85 - 1.0) / 2)


def test_a_sentence_that_no_model_judged_can_be_labelled() -> None:
    bare = replace(mapped(), stances=mapped().stances[:-1])
    found = apply_edits(bare, log(label("g", "pro")))
    assert labels_of(found, "pay")["g"] == ("pro", "unclear")
    check(replace(found, edited=False))


def test_another_threshold_keeps_a_persons_label() -> None:
    found = relabelled(shown(label("d", "none")).stances, threshold=0.65)
    assert {s.statement: (s.label, s.model_label) for s in found if s.statement in "cd"} == {
        "c": ("pro", None),
        "d": ("none", "unclear"),
    }


# --- what a label does to key points and links -----------------------------------------------


def test_a_turned_sentence_leaves_its_point_and_stands_loose_on_its_new_side() -> None:
    found = shown(label("b", "con"))
    assert points_of(found) == {"k1": ("a",), "k2": ("c", "d"), "k3": ("e",)}
    tree = {node.id: node.parent for node in build_tree(found, "pay").nodes}
    assert tree["loose:pay:con"] == "side:pay:con"
    assert "b" in tree
    assert not found.key_points[0].corrected


def test_the_next_best_heads_a_point_whose_heading_turned() -> None:
    found = shown(label("a", "none"))
    (point,) = (p for p in found.key_points if p.id == "k1")
    assert (point.statements, point.text) == (("b",), "Sentence b.")


def test_a_point_without_sentences_goes_and_its_sub_point_stands_by_itself() -> None:
    found = shown(label("a", "none"), label("b", "unclear"))
    assert points_of(found) == {"k2": ("c", "d"), "k3": ("e",)}
    assert found.key_points[0].parent is None


def test_links_of_a_sentence_without_a_side_are_not_drawn() -> None:
    assert links_of(shown(label("e", "none"))) == {("b", "a", "support"), ("f", "b", "undercut")}


def test_links_of_a_turned_sentence_stay_where_they_make_sense() -> None:
    # Now for: it cannot attack "a" nor be supported from the other side.
    assert links_of(shown(label("e", "pro"))) == {("b", "a", "support"), ("f", "b", "undercut")}
    # An undercut may be of one's own side.
    assert ("f", "b", "undercut") in links_of(shown(label("f", "pro")))
    # Both turned: the support between them stays.
    both = links_of(shown(label("a", "con"), label("b", "con")))
    assert both == {("b", "a", "support"), ("f", "e", "support"), ("f", "b", "undercut")}


def test_what_a_label_took_apart_comes_back_when_it_is_set_back() -> None:
    found = shown(label("a", "con"), label("a", "pro"))
    assert (points_of(found), links_of(found)) == (points_of(mapped()), ALL_LINKS)
    assert found.key_points == mapped().key_points


# --- key points ------------------------------------------------------------------------------


def into(*statements: str, **fields: object) -> dict[str, object]:
    return {"kind": "point", "topic": "pay", "statements": statements, **fields}


def test_a_sentence_moves_to_another_point_of_its_side() -> None:
    found = shown(into("f", point="k3"), into("d", point="k1"))
    assert points_of(found) == {"k1": ("a", "b", "d"), "k2": ("c",), "k3": ("e", "f")}
    assert [point.corrected for point in found.key_points] == [True, True, True]


def test_a_new_point_has_the_heading_that_a_person_wrote() -> None:
    made = log(into("b", "d", name=" Pay keeps nurses "))
    found = apply_edits(mapped(), made)
    (new,) = (p for p in found.key_points if p.id == new_point_id(made[0]))
    assert (new.text, new.side, new.statements) == ("Pay keeps nurses", "pro", ("b", "d"))
    assert [point.side for point in found.key_points] == ["pro", "pro", "pro", "con"]
    nodes = {node.id: node.text for node in build_tree(found, "pay").nodes}
    assert nodes[new.id] == "Pay keeps nurses"
    later = Edit.create(
        "point", sequence=2, time=TIME, topic="pay", statements=("a",), point=new.id
    )
    assert points_of(apply_edits(mapped(), (*made, later)))[new.id] == ("b", "d", "a")


def test_a_written_heading_stays_when_the_first_sentence_leaves() -> None:
    heading = {"kind": "point", "topic": "pay", "point": "k1", "name": "Fair pay"}
    found = shown(heading, label("a", "none"))
    assert (found.key_points[0].text, found.key_points[0].statements) == ("Fair pay", ("b",))
    assert found.key_points[0].corrected


def test_a_sentence_is_taken_out_of_any_point() -> None:
    found = shown(into("a"))
    assert points_of(found)["k1"] == ("b",)
    assert links_of(found) == ALL_LINKS


def test_a_sentence_put_into_a_point_leaves_it_with_its_side_and_returns() -> None:
    put = into("f", point="k3")
    assert points_of(shown(put, label("f", "pro")))["k3"] == ("e",)
    assert points_of(shown(put, label("f", "pro"), label("f", "con")))["k3"] == ("e", "f")


# --- links -----------------------------------------------------------------------------------


def link(source: str, target: str, relation: str) -> dict[str, object]:
    return {
        "kind": "relation", "topic": "pay", "statements": (source, target), "relation": relation
    }  # fmt: skip


def test_a_link_is_drawn_changed_and_taken_away() -> None:
    assert links_of(shown(link("d", "c", "support"))) == {*ALL_LINKS, ("d", "c", "support")}
    changed = shown(link("e", "a", "undercut"))
    assert ("e", "a", "undercut") in links_of(changed)
    assert ("e", "a", "attack") not in links_of(changed)
    (relation,) = (r for r in changed.relations if r.source == "e")
    assert (relation.probability, relation.corrected) == (1.0, True)
    assert links_of(shown(link("e", "a", "none"))) == ALL_LINKS - {("e", "a", "attack")}


def test_a_link_to_a_sentence_that_lost_its_side_again_is_not_drawn() -> None:
    made = (label("g", "pro"), link("g", "a", "support"))
    assert ("g", "a", "support") in links_of(shown(*made))
    assert links_of(shown(*made, label("g", "none"))) == ALL_LINKS


# --- what does not fit -----------------------------------------------------------------------

HOPELESS: list[tuple[str, dict[str, object], str]] = [
    ("motion-gone", label("a", "con", "gone"), "The motion is not in this debate"),
    ("sentence-gone", label("z", "con"), "The sentence is not there"),
    ("no-label", {"kind": "label", "topic": "pay", "statements": ("a",)}, "It gives no label"),
    ("nothing-named", {"kind": "label", "topic": "pay", "label": "pro"}, "It names no sentence"),
    ("point-gone", into("a", point="k9"), "The key point is not there"),
    ("other-side", into("e", point="k1"), "another side than the key point, which is for"),
    ("no-side", into("g", name="New"), "takes no side on the motion"),
    ("there-already", into("a", point="k1"), "stands in that key point already"),
    ("in-none", into("f"), "It stands in no key point"),
    ("blank-heading", into("a", name=" "), "needs a heading"),
    ("both", into("a", name="x", point="k2"), "the heading of a new one"),
    ("no-heading", into(point="k1"), "gives no heading"),
    ("point-nothing", into(name="x"), "It names no sentence"),
    ("link-itself", link("a", "a", "support"), "It takes two sentences"),
    ("link-gone", link("a", "z", "support"), "The sentence is not there"),
    ("link-not-there", link("c", "a", "none"), "There is no such link"),
    ("link-no-side", link("g", "a", "support"), "must take a side"),
    ("support-across", link("f", "a", "support"), "one cannot support the other"),
    ("attack-within", link("b", "d", "attack"), "may undercut the other but not attack"),
    ("link-unsaid", {**link("a", "b", "none"), "relation": None}, "does not say how"),
]


@pytest.mark.parametrize(
    ("fields", "reason"), [row[1:] for row in HOPELESS], ids=[r[0] for r in HOPELESS]
)
def test_a_correction_that_does_not_fit_is_kept_and_says_why(
    fields: dict[str, object], reason: str
) -> None:
    made = log(fields)
    found = replay(mapped(), made)
    (outcome,) = found.outcomes
    assert outcome.status == "not applicable"
    assert reason in (outcome.reason or "")
    assert found.debate.edits == made
    assert replace(found.debate, edits=(), edited=False) == mapped()


def test_a_correction_fits_in_part_and_says_so() -> None:
    made = log({**label("a", "none"), "statements": ("a", "z")}, into("b", "e", "z", name="New"))
    first, second = replay(mapped(), made).outcomes
    assert first.reason == "1 of its sentences are not there any more."
    assert second.status == "applied"
    assert second.reason == (
        "2 of its sentences are not there any more, take another side or none, or stood so already."
    )


def test_edits_are_judged_at_their_place_in_the_log() -> None:
    move, turn = into("e", point="k1"), label("e", "pro")
    assert points_of(shown(turn, move))["k1"] == ("a", "b", "e")
    statuses = [o.status for o in replay(mapped(), log(move, turn)).outcomes]
    assert statuses == ["not applicable", "applied"]


def test_outcomes_say_corrections_in_plain_words() -> None:
    made = log(
        label("a", "none"),
        {**label("a", "con"), "statements": ("a", "b")},
        into("d", point="k1"),
        into("c", name="New"),
        into("f"),
        {"kind": "point", "topic": "pay", "point": "k3", "name": "Cost"},
        link("f", "e", "undercut"),
        link("f", "e", "none"),
    )
    motion = " on “Nurses should receive a larger pay rise”"
    assert [outcome.words for outcome in replay(mapped(), made).outcomes] == [
        f"“Sentence a.” labelled as “Takes no side”{motion}",
        f"2 sentences labelled as “Against”{motion}",
        f"“Sentence d.” moved into the key point “Sentence a.”{motion}",
        f"“Sentence c.” moved into a new key point “New”{motion}",
        f"“Sentence f.” taken out of any key point{motion}",
        f"The key point “Sentence e.” is headed “Cost”{motion}",
        f"“Sentence f.” undercuts “Sentence e.”{motion}",
        f"The link from “Sentence f.” to “Sentence e.” taken away{motion}",
    ]


def test_a_corrected_debate_keeps_its_log() -> None:
    debate = replace(mapped(), edits=log(label("a", "con")))
    assert corrected(debate).edits == debate.edits
    assert corrected(corrected(debate)) == corrected(debate)
