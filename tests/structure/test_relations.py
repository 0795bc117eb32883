"""Relations: near, confident, and in keeping with the stances."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap.nlp import FakeClassifier, FakeEncoder, Progress
from argmap.records import (
    Debate,
    Document,
    Relation,
    Run,
    Span,
    Speaker,
    Stance,
    Statement,
    Turn,
)
from argmap.statements import extract
from argmap.structure import find_relations
from argmap.structure.relations import (
    ANSWERED,
    LEADING,
    NEIGHBOURS,
    PER_SOURCE,
    THRESHOLD,
    UNDERCUT_THRESHOLD,
)

from .builders import PAY, debate, stance

Answers = Mapping[tuple[str, str], tuple[float, float, float]]


class Scripted(FakeClassifier):
    """Answers what it was told for a pair of first words, and "none" to the rest."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.answers = answers
        self.asked: list[tuple[str, str]] = []

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        words = [(a.split()[0], b.split()[0]) for a, b in pairs]
        self.asked.extend(words)
        if progress is not None:
            progress(len(pairs), len(pairs))
        return np.array([self.answers.get(w, (0.05, 0.05, 0.9)) for w in words], dtype=np.float32)


YES, NO = (0.9, 0.04, 0.06), (0.03, 0.92, 0.05)


def _find(made: Debate, answers: Answers) -> tuple[Relation, ...]:
    return find_relations(
        made.documents,
        made.statements,
        made.stances,
        made.topics,
        encoder=FakeEncoder(),
        classifier=Scripted(answers),
    )


def _ask(made: Debate, classifier: Scripted) -> tuple[Relation, ...]:
    return find_relations(
        made.documents,
        made.statements,
        made.stances,
        made.topics,
        encoder=FakeEncoder(),
        classifier=classifier,
    )


def _spoken(*turns: tuple[str, str], sides: Mapping[str, str]) -> Debate:
    """A sitting of turns (speaker, text); ``sides`` by a sentence's first word, else none."""
    text, spans = "", []
    for name, words in turns:
        start = len(text)
        text += words + "\n\n"
        spans.append(Turn(Span(start, start + len(words)), Speaker(name, name)))
    document = Document("d1", "Sitting", text.strip(), kind="hansard", turns=tuple(spans))
    speakers, statements = extract([document])
    stances = [_side(statement, sides) for statement in statements]
    return Debate(
        "Sitting", Run("0", {}, {}, {}), (document,), speakers, (PAY,), statements, tuple(stances)
    )


def _side(statement: Statement, sides: Mapping[str, str]) -> Stance:
    label = sides.get(statement.text.split()[0], "none")
    return stance(statement.id, label)  # type: ignore[arg-type]


def _two(first: str, second: str) -> Debate:
    return debate(
        ("a", first, 0.9),  # type: ignore[arg-type]
        ("b", second, 0.9),  # type: ignore[arg-type]
        texts=(
            "Alpha wards money treasury winter strike.",
            "Beta wards money treasury winter strike.",
        ),
    )


def test_relations_support_within_a_side() -> None:
    found = _find(_two("pro", "pro"), {("Alpha", "Beta"): YES})
    assert found == (Relation("a", "b", "pay", "support", 0.9),)


def test_relations_attack_between_sides() -> None:
    found = _find(_two("pro", "con"), {("Beta", "Alpha"): NO})
    assert found == (Relation("b", "a", "pay", "attack", 0.92),)


def test_relations_keep_the_more_probable_direction() -> None:
    better = (0.97, 0.01, 0.02)
    found = _find(_two("con", "con"), {("Alpha", "Beta"): YES, ("Beta", "Alpha"): better})
    assert found == (Relation("b", "a", "pay", "support", 0.97),)


@pytest.mark.parametrize(("sides", "answer"), [(("pro", "pro"), NO), (("pro", "con"), YES)])
def test_relations_that_contradict_the_stances_are_dropped(
    sides: tuple[str, str], answer: tuple[float, float, float]
) -> None:
    assert _find(_two(*sides), {("Alpha", "Beta"): answer, ("Beta", "Alpha"): answer}) == ()


def test_relations_below_the_threshold_are_dropped() -> None:
    under = THRESHOLD - 0.01
    unsure = (under, 0.0, 1 - under)
    assert _find(_two("pro", "pro"), {("Alpha", "Beta"): unsure}) == ()


@pytest.mark.parametrize("label", ["none", "unclear"])
def test_relations_pass_over_statements_without_a_side(label: str) -> None:
    classifier = Scripted({})
    made = _two("pro", label)
    find_relations(
        made.documents,
        made.statements,
        made.stances,
        made.topics,
        encoder=FakeEncoder(),
        classifier=classifier,
    )
    assert classifier.asked == []


def test_relations_do_not_ask_about_the_same_words() -> None:
    made = debate(
        ("a", "pro", 0.9),
        ("b", "pro", 0.9),
        texts=("Alpha wards money.", "“Alpha wards money!”"),
    )
    classifier = Scripted({})
    _ask(made, classifier)
    assert classifier.asked == []


def test_relations_do_not_ask_about_far_statements_of_other_places() -> None:
    made = _spoken(
        ("Ann Alder", "Alpha wards money."),
        ("Ben Birch", "Order in the chamber."),
        ("Cat Cole", "Quiet on the benches."),
        ("Dan Dean", "Scotland settled quickly."),
        sides={"Alpha": "pro", "Scotland": "pro"},
    )
    classifier = Scripted({})
    _ask(made, classifier)
    assert classifier.asked == []


def test_relations_ask_what_leads_up_to_a_statement_in_both_directions() -> None:
    made = _spoken(
        ("Ann Alder", "Alpha wards money. Scotland settled quickly."),
        sides={"Alpha": "pro", "Scotland": "pro"},
    )
    classifier = Scripted({("Alpha", "Scotland"): YES})
    (found,) = _ask(made, classifier)
    assert sorted(classifier.asked) == [("Alpha", "Scotland"), ("Scotland", "Alpha")]
    assert found.kind == "support"


def test_relations_do_not_look_for_neighbours_of_what_cannot_be_read_alone() -> None:
    made = _spoken(
        ("Ann Alder", "This wards money in every winter strike."),
        ("Ben Birch", "Order in the chamber."),
        ("Ann Alder", "Those wards need money in a winter strike."),
        ("Cat Cole", "Wards money short."),
        sides={"This": "pro", "Those": "pro", "Wards": "pro"},
    )
    classifier = Scripted({})
    _ask(made, classifier)
    # Only the turn before is answered.
    assert classifier.asked == [("Wards", "Those")]


def test_relations_let_a_turn_answer_the_one_before_and_not_the_other_way() -> None:
    made = _spoken(
        ("Ann Alder", "Alpha wards money."),
        ("Ben Birch", "Scotland settled quickly."),
        sides={"Alpha": "pro", "Scotland": "con"},
    )
    classifier = Scripted({("Scotland", "Alpha"): NO})
    (found,) = _ask(made, classifier)
    assert classifier.asked == [("Scotland", "Alpha")]
    assert (found.kind, found.undercut) == ("attack", False)


def test_relations_do_not_let_speakers_attack_their_own_words() -> None:
    made = _spoken(
        ("Ann Alder", "Alpha wards money in winter strikes. Beta wards money in winter strikes."),
        ("Ben Birch", "Order in the chamber."),
        ("Ann Alder", "Gamma wards money in winter strikes."),
        sides={"Alpha": "pro", "Beta": "con", "Gamma": "con"},
    )
    classifier = Scripted({})
    _ask(made, classifier)
    assert set(classifier.asked) == {("Beta", "Gamma"), ("Gamma", "Beta")}


UNDERCUT = "That is no reason to settle."


def test_relations_mark_an_undercut_of_what_is_answered() -> None:
    made = _spoken(
        ("Ann Alder", "Alpha wards money."),
        ("Ben Birch", UNDERCUT),
        sides={"Alpha": "pro", "That": "con"},
    )
    unsure = (0.0, UNDERCUT_THRESHOLD, 1 - UNDERCUT_THRESHOLD)
    (found,) = _ask(made, Scripted({("That", "Alpha"): unsure}))
    assert (found.kind, found.undercut, found.probability) == ("attack", True, 0.4)
    under = (0.0, UNDERCUT_THRESHOLD - 0.01, 0.61)
    assert _ask(made, Scripted({("That", "Alpha"): under})) == ()
    likelier_support = (0.55, UNDERCUT_THRESHOLD, 0.05)
    assert _ask(made, Scripted({("That", "Alpha"): likelier_support})) == ()


def test_relations_let_speakers_undercut_what_they_grant() -> None:
    made = _spoken(
        ("Ann Alder", f"Alpha wards money. {UNDERCUT}"),
        sides={"Alpha": "pro", "That": "con"},
    )
    (found,) = _ask(made, Scripted({("That", "Alpha"): NO}))
    assert (found.kind, found.undercut) == ("attack", True)


def test_relations_to_an_earlier_document_go_from_the_later_one() -> None:
    made = _two("pro", "con")
    apart = replace(
        made,
        documents=tuple(
            Document(own, own, statement.text, date=date)
            for own, statement, date in zip(
                ("d1", "d2"), made.statements, ("2024-05-02", "2024-05-01"), strict=True
            )
        ),
        statements=tuple(
            replace(statement, document=own, start=0, end=len(statement.text))
            for own, statement in zip(("d1", "d2"), made.statements, strict=True)
        ),
    )
    classifier = Scripted({})
    _ask(apart, classifier)
    assert classifier.asked == [("Alpha", "Beta")]


def test_relations_of_one_source_are_the_most_probable_few() -> None:
    names = ("Beta", "Gamma", "Delta", "Epsilon", "Zeta")
    shared = "wards money treasury winter strike"
    made = debate(
        *((name.lower(), "con", 0.9) for name in names),
        ("a", "pro", 0.9),
        texts=[f"{name} {shared}." for name in (*names, "Alpha")],
    )
    answers = {
        ("Alpha", name): (0.0, 0.85 + n / 100, 0.15 - n / 100) for n, name in enumerate(names)
    }
    found = _find(made, answers)
    assert [r.target for r in found] == ["delta", "epsilon", "zeta"]
    assert len(found) == PER_SOURCE


def test_relations_grow_linearly_with_the_statements() -> None:
    def asked(count: int) -> int:
        made = debate(
            *((f"s{n}", "pro" if n % 2 else "con", 0.9) for n in range(count)),
            texts=[f"Wards money treasury winter number{n} word{n % 7}." for n in range(count)],
        )
        classifier = FakeClassifier()
        find_relations(
            made.documents,
            made.statements,
            made.stances,
            made.topics,
            encoder=FakeEncoder(),
            classifier=classifier,
        )
        return classifier.calls

    # Neighbours on both sides and what leads up to it both ways, what it answers one way.
    most = NEIGHBOURS * 2 * 2 + LEADING * 2 + ANSWERED
    assert 0 < asked(60) <= 60 * most
    assert asked(240) <= 240 * most


def test_relations_are_sorted_and_independent_of_order() -> None:
    words = ("wards", "money", "treasury", "winter", "strike", "short", "leave")
    texts = [f"Nurses {words[n % 7]} {words[n * 3 % 7]} {words[n * 5 % 7]}." for n in range(24)]
    made = debate(
        *((f"s{n:02}", "con" if n % 3 else "pro", 0.9) for n in range(24)),
        texts=[text.replace(".", " cannot.") if n % 4 else text for n, text in enumerate(texts)],
    )
    models = {"encoder": FakeEncoder(), "classifier": FakeClassifier()}
    found = find_relations(made.documents, made.statements, made.stances, made.topics, **models)  # type: ignore[arg-type]
    turned = find_relations(
        made.documents, made.statements[::-1], made.stances[::-1], made.topics, **models
    )  # type: ignore[arg-type]
    assert found
    assert found == turned
    assert list(found) == sorted(found, key=lambda r: (r.source, r.target))
    assert max(Counter(r.source for r in found).values()) <= PER_SOURCE
    sides = {s.statement: s.label for s in made.stances}
    assert {r.kind for r in found} == {"support", "attack"}
    assert all((sides[r.source] == sides[r.target]) == (r.kind == "support") for r in found)
    assert all(re.fullmatch(r"0\.\d{1,4}|1\.0", str(r.probability)) for r in found)


def test_relations_progress_reaches_its_total_and_never_falls() -> None:
    seen: list[tuple[int, int]] = []
    made = _two("pro", "pro")
    find_relations(
        made.documents,
        made.statements,
        made.stances,
        made.topics,
        encoder=FakeEncoder(),
        classifier=FakeClassifier(),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1]


def test_relations_refuse_a_stance_on_an_unknown_statement() -> None:
    made = _two("pro", "pro")
    with pytest.raises(ValueError, match="“zz”"):
        find_relations(
            made.documents,
            made.statements,
            [stance("zz", "pro")],
            made.topics,
            encoder=FakeEncoder(),
            classifier=FakeClassifier(),
        )
