"""Relations: near, confident, and in keeping with the stances."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap.nlp import FakeClassifier, FakeEncoder, Progress
from argmap.records import Debate, Relation
from argmap.structure import find_relations
from argmap.structure.relations import NEIGHBOURS, PER_SOURCE, THRESHOLD

from .builders import debate, stance

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
        made.statements,
        made.stances,
        made.topics,
        encoder=FakeEncoder(),
        classifier=Scripted(answers),
    )


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
        made.statements, made.stances, made.topics, encoder=FakeEncoder(), classifier=classifier
    )
    assert classifier.asked == []


def test_relations_do_not_ask_about_the_same_words_or_far_ones() -> None:
    made = debate(
        ("a", "pro", 0.9),
        ("b", "pro", 0.9),
        ("c", "pro", 0.9),
        texts=("Alpha wards money.", "“Alpha wards money!”", "Scotland settled quickly."),
    )
    classifier = Scripted({})
    find_relations(
        made.statements, made.stances, made.topics, encoder=FakeEncoder(), classifier=classifier
    )
    assert classifier.asked == []


def test_relations_of_one_source_are_the_most_probable_few() -> None:
    names = ("Beta", "Gamma", "Delta", "Epsilon", "Zeta")
    shared = "wards money treasury winter strike"
    made = debate(
        ("a", "pro", 0.9),
        *((name.lower(), "con", 0.9) for name in names),
        texts=[f"{name} {shared}." for name in ("Alpha", *names)],
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
            made.statements, made.stances, made.topics, encoder=FakeEncoder(), classifier=classifier
        )
        return classifier.calls

    # Two sides, and each pair asked both ways.
    assert 0 < asked(60) <= 60 * NEIGHBOURS * 2 * 2
    assert asked(240) <= 240 * NEIGHBOURS * 2 * 2


def test_relations_are_sorted_and_independent_of_order() -> None:
    words = ("wards", "money", "treasury", "winter", "strike", "short", "leave")
    texts = [f"Nurses {words[n % 7]} {words[n * 3 % 7]} {words[n * 5 % 7]}." for n in range(24)]
    made = debate(
        *((f"s{n:02}", "con" if n % 3 else "pro", 0.9) for n in range(24)),
        texts=[text.replace(".", " cannot.") if n % 4 else text for n, text in enumerate(texts)],
    )
    models = {"encoder": FakeEncoder(), "classifier": FakeClassifier()}
    found = find_relations(made.statements, made.stances, made.topics, **models)  # type: ignore[arg-type]
    turned = find_relations(made.statements[::-1], made.stances[::-1], made.topics, **models)  # type: ignore[arg-type]
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
            made.statements,
            [stance("zz", "pro")],
            made.topics,
            encoder=FakeEncoder(),
            classifier=FakeClassifier(),
        )
