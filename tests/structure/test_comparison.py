"""Two of a debate side by side: who counts, what is claimed, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.errors import InputError
from argmap.nlp import FakeEncoder
from argmap.records import LABELS, Attribution, Debate, Document, Label, Statement
from argmap.structure import BYS, By, Comparison, change_of, comparands, contrast
from argmap.structure.comparands import bounds, comparand
from argmap.structure.opposition import SURE, find_opposed

from .builders import debate, stance
from .contrasts import side_by_side


def compared(by: By, a: str, b: str, made: Debate | None = None) -> Comparison:
    return contrast(made or side_by_side(), "pay", by, a, b, encoder=FakeEncoder())


def counts(found: Comparison) -> list[tuple[int, int]]:
    return [(c.first.count, c.second.count) for c in found.contrasts]


def test_comparands_come_with_most_to_say_first_and_dates_in_order() -> None:
    made = side_by_side()

    def listed(by: By) -> list[tuple[str, int]]:
        return [(one.key, len(one.statements)) for one in comparands(made, by)]

    assert listed("speaker") == [("p1", 6), ("p2", 4), ("p3", 1)]
    assert listed("party") == [("Green", 6), ("Blue", 5)]
    # One outlet in two spellings is one; a source without an outlet is in none.
    assert listed("outlet") == [("The Herald", 7), ("The Post", 5)]
    assert listed("document") == [("d2", 5), ("d3", 4), ("d1", 3), ("d4", 1)]
    assert [key for key, _ in listed("date")] == [
        "2022", "2022-03", "2022-03-01", "2023", "2023-05", "2023-05-10",
        "2024", "2024-01", "2024-01-20",
    ]  # fmt: skip


def test_speakers_and_parties_do_not_hold_what_they_report_but_sources_do() -> None:
    made = side_by_side()
    assert "a4" not in comparand(made, "speaker", "p1").statements
    assert comparand(made, "speaker", "p1").reported == 1
    assert "a4" not in comparand(made, "party", "green").statements
    assert "a4" in comparand(made, "document", "d2").statements
    assert "a4" in comparand(made, "outlet", "the post").statements


@pytest.mark.parametrize(
    ("by", "key", "found"),
    [
        ("speaker", "p2", "p2"),
        ("speaker", " john  SMITH ", "p2"),
        ("speaker", "Adeyemi", "p1"),
        ("document", "talks STALL", "d2"),
        ("party", "BLUE", "Blue"),
    ],
)
def test_comparand_is_found_by_id_name_and_alias(by: By, key: str, found: str) -> None:
    assert comparand(side_by_side(), by, key).key == found


@pytest.mark.parametrize(
    ("by", "key", "says"),
    [
        ("speaker", "Nobody", "There is: Ann Adeyemi; John Smith; Jo Smith."),
        ("party", "Red", "There is: Green; Blue."),
        ("date", "2019", "No statement is of '2019'"),
        ("date", "soon", "is no date"),
        ("date", "..", "is no date"),
        ("date", "2024..2022", "ends before it begins"),
    ],
)
def test_comparand_that_is_not_there_is_named_with_what_is(by: By, key: str, says: str) -> None:
    with pytest.raises(InputError, match=says.replace(".", r"\.")):
        comparand(side_by_side(), by, key)


def test_two_of_one_name_are_asked_for_by_id() -> None:
    made = side_by_side()
    people = (*made.speakers[:2], replace(made.speakers[2], name="John Smith"))
    with pytest.raises(InputError, match=r"2 are called .* by its id: p2, p3"):
        comparand(replace(made, speakers=people), "speaker", "John Smith")


def test_periods_hold_their_days() -> None:
    made = side_by_side()

    def documents(key: str) -> set[str]:
        by_id = {s.id: s.document for s in made.statements}
        return {by_id[i] for i in comparand(made, "date", key).statements}

    assert documents("2022") == documents("2022-03") == documents("2022-03-01") == {"d1"}
    assert documents("2022..2023") == {"d1", "d2"}
    assert documents("2023-05-10..") == {"d2", "d3"}
    assert documents("..2023-05-09") == {"d1"}
    # A document of which only the year is known is in that year and in none of its months.
    vague = replace(made, documents=(replace(made.documents[0], date="2022"), *made.documents[1:]))
    assert comparand(vague, "date", "2022").statements
    with pytest.raises(InputError):
        comparand(vague, "date", "2022-03")


def test_two_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(InputError, match="compared with itself"):
        compared("speaker", "p1", "Ann Adeyemi")
    with pytest.raises(InputError, match="overlap"):
        compared("date", "2022", "2022-03..2023")
    with pytest.raises(InputError, match="no motion 'rail'"):
        contrast(side_by_side(), "rail", "speaker", "p1", "p2", encoder=FakeEncoder())


def test_shares_count_each_ones_own_statements() -> None:
    found = compared("speaker", "p1", "p2")
    assert [c.label for c in found.contrasts] == list(LABELS)
    assert counts(found) == [(3, 1), (2, 2), (1, 0), (0, 1)]
    assert [found.contrasts[0].first.total, found.contrasts[0].second.total] == [6, 4]


def test_small_numbers_claim_nothing() -> None:
    found = compared("speaker", "p1", "p2")
    assert [one.key for one in found.small] == ["p2"]
    assert found.claimed == ()


def _many(*groups: tuple[str, str, Label, int]) -> Debate:
    """A debate of so many statements of a document and speaker with a label."""
    statements, stances, at = [], [], dict.fromkeys((g[0] for g in groups), 0)
    for document, who, label, number in groups:
        for _ in range(number):
            own = f"{document}-{who}-{at[document]}"
            statements.append(
                Statement(own, document, at[document], at[document] + 1, "x", Attribution(who))
            )
            stances.append(stance(own, label))
            at[document] += 1
    base = debate(*((f"z{n}", "none", 0.9, who) for n, who in enumerate({g[1] for g in groups})))
    documents = tuple(Document(d, d, "x" * n) for d, n in at.items())
    return replace(
        base,
        documents=(*base.documents, *documents),
        statements=(*base.statements, *statements),
        stances=(*base.stances, *stances),
    )


def test_large_numbers_that_differ_are_claimed_and_equal_ones_are_not() -> None:
    unlike = _many(
        *((f"d{n}0", "p1", "pro", 10) for n in range(8)),
        *((f"d{n}1", "p2", "con", 10) for n in range(8)),
    )
    found = compared("speaker", "p1", "p2", unlike)
    assert found.small == ()
    assert [c.label for c in found.claimed] == ["pro", "con"]
    alike = _many(*((f"d{n}0", who, "pro", 10) for n in range(8) for who in ("p1", "p2")))
    assert compared("speaker", "p1", "p2", alike).claimed == ()


def test_one_long_speech_is_worth_less_than_many_short_ones() -> None:
    made = _many(("d10", "p1", "pro", 40), *((f"e{n}", "p2", "pro", 4) for n in range(10)))
    found = compared("speaker", "p1", "p2", made).contrasts[0]
    assert (found.first.total, found.second.total) == (41, 41)
    assert found.first.effective < 10 < found.second.effective
    assert found.first.low < found.second.low


def test_sentences_of_one_voice_are_a_clump_in_a_document() -> None:
    one = _many(("d10", "p1", "pro", 24), ("d20", "p9", "pro", 24))
    several = _many(
        *(("d10", f"p{n}", "pro", 4) for n in range(6)),  # type: ignore[arg-type]
        ("d20", "p9", "pro", 24),
    )
    few = compared("document", "d10", "d20", one).contrasts[0].first
    more = compared("document", "d10", "d20", several).contrasts[0].first
    assert few.total == more.total == 24
    assert few.effective < 5 < more.effective


def test_points_are_parted_into_those_of_one_and_of_both() -> None:
    found = compared("speaker", "p1", "p2")
    assert [(p.point.id, p.first, p.second) for p in found.both] == [("k1", ("a1", "a2"), ("b3",))]
    assert [(p.point.id, p.first) for p in found.only_first] == [("k3", ("a5", "a6"))]
    assert [(p.point.id, p.second) for p in found.only_second] == [("k2", ("b1", "b2"))]
    assert found.alone == (1, 0)


def test_answers_are_attacks_between_the_twos_own_statements() -> None:
    # The most probable is left out: in it p1 only reports what ministers say.
    found = compared("speaker", "p1", "p2")
    assert [(r.source, r.target, r.undercut) for r in found.answers] == [
        ("a2", "b2", True),
        ("b1", "a1", False),
    ]


def test_change_sets_the_earlier_beside_the_later_sentence() -> None:
    ann, john = compared("speaker", "p1", "p2").changes
    assert [m.date for m in ann.moments] == ["2022-03-01", "2023-05-10", "2024-01-20"]
    assert ann.undated == 1
    assert (ann.until, ann.earlier and ann.earlier.value, ann.later and ann.later.value) == (
        "2022-03-01",
        1.0,
        0.0,
    )
    # Two statements before and two after: all turned, and still nothing is claimed.
    assert not ann.claimed
    first = ann.pairs[0]
    assert (first.first, first.second, first.dated, first.claimed) == ("a1", "a5", True, True)
    assert first.sure == pytest.approx(0.9 * 0.95)
    assert {p.first for p in john.pairs} == {"b1"} or {p.second for p in john.pairs} == {"b3"}


def test_change_of_many_statements_is_claimed() -> None:
    made = _many(
        *((f"d{n}0", "p1", "pro", 6) for n in range(6)),
        *((f"e{n}0", "p1", "con", 6) for n in range(6)),
        ("f0", "p2", "con", 1),
    )
    dated = tuple(
        replace(d, date=f"{'2020' if d.id[0] == 'd' else '2024'}-01-0{d.id[1]}")
        if d.id[1:] and d.id != "d1" and d.id[1:].endswith("0") and len(d.id) == 3
        else d
        for d in made.documents
    )
    dated = tuple(replace(d, date=(d.date or "").replace("-00", "-09") or None) for d in dated)
    change = compared("speaker", "p1", "p2", replace(made, documents=dated)).changes[0]
    assert change.claimed
    assert change.gap is not None and change.gap.high < 0
    assert change.until is not None and change.until.startswith("2020")


def test_weak_label_or_speaker_bears_out_no_contradiction() -> None:
    made = side_by_side()
    pairs = {
        (p.first, p.second): p
        for p in find_opposed(made, "pay", encoder=FakeEncoder(), speakers=("p1",))
    }
    assert {p.claimed for p in pairs.values()} == {True, False}
    by_id = {s.statement: s for s in made.stances}
    for (a, b), pair in pairs.items():
        sure = all(max(by_id[i].pro, by_id[i].con) >= SURE for i in (a, b))
        assert pair.claimed == sure
    doubted = replace(
        made,
        statements=tuple(
            replace(s, attribution=replace(s.attribution, confidence=0.4)) for s in made.statements
        ),
    )
    found = find_opposed(doubted, "pay", encoder=FakeEncoder())
    assert found
    assert not any(p.claimed for p in found)


def test_pairs_of_one_person_come_most_similar_first_and_use_a_sentence_once() -> None:
    found = find_opposed(side_by_side(), "pay", encoder=FakeEncoder())
    for claimed in (True, False):
        own = [p.similarity for p in found if p.claimed == claimed]
        assert own == sorted(own, reverse=True)
    used = [i for p in found for i in (p.first, p.second)]
    assert len(used) == len(set(used))
    assert "a4" not in used


def test_pairs_without_dates_are_in_no_order_of_time() -> None:
    made = side_by_side()
    undated = replace(made, documents=tuple(replace(d, date=None) for d in made.documents))
    assert not any(p.dated for p in find_opposed(undated, "pay", encoder=FakeEncoder()))
    # A year does not tell whether it is before a day in it.
    vague = replace(
        made,
        documents=tuple(
            replace(d, date="2024" if d.id == "d1" else d.date) for d in made.documents
        ),
    )
    pair = next(
        p for p in find_opposed(vague, "pay", encoder=FakeEncoder()) if "a1" in (p.first, p.second)
    )
    assert {pair.first, pair.second} == {"a1", "a5"}
    assert not pair.dated


def test_sources_and_dates_show_who_is_on_both_sides() -> None:
    found = compared("date", "2022", "2024")
    assert [(p.speaker, p.first, p.second) for p in found.crossing] == [
        ("p1", "a1", "a5"),
        ("p1", "a2", "a6"),
    ]
    assert found.changes == ()
    assert compared("party", "Green", "Blue").crossing == ()


@pytest.mark.parametrize(
    ("by", "a", "b"),
    [
        ("speaker", "p1", "p2"),
        ("party", "Green", "Blue"),
        ("outlet", "The Herald", "The Post"),
        ("document", "d1", "d2"),
        ("date", "2022..2023", "2024"),
    ],
)
def test_comparison_does_not_depend_on_order_and_turns_with_its_sides(
    by: By, a: str, b: str
) -> None:
    made = side_by_side()
    one, other = compared(by, a, b), compared(by, b, a)
    assert [c.gap.value for c in one.contrasts] == [-c.gap.value for c in other.contrasts]
    assert one.only_first == tuple(replace(p, first=p.second, second=()) for p in other.only_second)
    turned = replace(
        made,
        stances=made.stances[::-1],
        relations=made.relations[::-1],
        key_points=made.key_points[::-1],
        documents=made.documents[::-1],
    )
    again = compared(by, a, b, turned)
    assert replace(again, first=one.first, second=one.second) == one


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_the_labels_every_statement_counts_once(data: st.DataObject) -> None:
    made = side_by_side()
    labels = data.draw(
        st.lists(
            st.sampled_from(LABELS), min_size=len(made.statements), max_size=len(made.statements)
        )
    )
    relabelled = replace(
        made, stances=tuple(stance(s.id, x) for s, x in zip(made.statements, labels, strict=True))
    )
    by = data.draw(st.sampled_from(BYS))
    every = comparands(relabelled, by)
    keys = ("2022", "2024") if by == "date" else (every[0].key, every[1].key)
    found = compared(by, *keys, relabelled)
    for index, one in enumerate((found.first, found.second)):
        assert sum(pair[index] for pair in counts(found)) == len(one.statements)
        assert len(set(one.statements)) == len(one.statements)
    assert not set(found.first.statements) & set(found.second.statements)
    assert not (found.small and found.claimed)


@given(st.from_regex(r"(\d{4}(-\d\d){0,2})?(\.\.)?(\d{4}(-\d\d){0,2})?", fullmatch=True))
@settings(max_examples=60)
def test_bounds_of_any_period_are_in_order(key: str) -> None:
    try:
        start, end = bounds(key)
    except InputError:
        return
    assert start <= end


def test_change_of_one_speaker_is_the_one_that_a_comparison_shows() -> None:
    made = side_by_side()
    compared = contrast(made, "pay", "speaker", "p1", "p2", encoder=FakeEncoder())
    alone = change_of(made, "pay", "p1", encoder=FakeEncoder())
    assert alone == compared.changes[0]
    assert alone.pairs
    assert change_of(made, "pay", "p1") == replace(alone, pairs=())
