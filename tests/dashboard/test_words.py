from datetime import UTC, datetime

import pytest

from argmap.dashboard import words
from argmap.records import Debate
from tests.dashboard.debates import HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_escapes_every_mark_that_markdown_reads(text: str) -> None:
    escaped = words.plain(text)
    assert escaped != text
    unescaped = escaped.replace("\\", "")
    assert unescaped == text
    for index, character in enumerate(escaped):
        if not character.isalnum() and character not in "\\ ":
            assert escaped[index - 1] == "\\"


def test_plain_parts_what_would_become_a_link() -> None:
    for text in ("https://evil.example/x", "WWW.evil.example", "mail@evil.example"):
        escaped = words.plain(text)
        assert "\u2060" in escaped
        assert escaped.replace("\\", "").replace("\u2060", "") == text


def test_plain_keeps_words_and_joins_lines() -> None:
    assert words.plain(" Pay rises\n\nfor nurses ") == "Pay rises for nurses"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), ("", None), ("2026-05-03", "3 May 2026"), ("spring 2026", "spring 2026")],
)
def test_day_reads_iso_dates_and_leaves_the_rest(value: str | None, expected: str | None) -> None:
    assert words.day(value) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.2, "1 s"), (45, "45 s"), (60, "1 min"), (80, "1 min 20 s"), (725, "12 min")],
)
def test_duration_is_rough_where_it_is_long(seconds: float, expected: str) -> None:
    assert words.duration(seconds) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0.615, "+0.61"), (-0.1, "−0.10"), (0.001, "0.00"), (-0.0, "0.00")]
)
def test_signed_has_a_true_minus_and_no_signed_zero(value: float, expected: str) -> None:
    assert words.signed(value) == expected


def test_shorten_cuts_at_a_word_within_the_limit() -> None:
    cut = words.shorten("Nurses should receive a larger pay rise.", 20)
    assert cut == "Nurses should…"
    assert words.shorten("Short.", 20) == "Short."
    assert len(words.shorten("x" * 50, 20)) == 20


def test_leaning_is_no_stronger_than_the_interval() -> None:
    assert words.leaning(0.6, 0.2, 0.9) == "for"
    assert words.leaning(-0.6, -0.9, -0.2) == "against"
    assert "reaches the other side" in words.leaning(0.6, -0.1, 1.0)
    assert "reaches the other side" in words.leaning(-0.6, -1.0, 0.1)


def test_moment_is_in_local_time_and_readable() -> None:
    assert "2026" in words.moment(datetime(2026, 5, 3, 12, 0, tzinfo=UTC))


def test_citation_names_speaker_source_offsets_motion_and_model(debate: Debate) -> None:
    statement = debate.statements[2]
    stance = debate.stances[2]
    lines = words.citation(statement, stance, debate.topics[0], debate).splitlines()
    assert lines == [
        "“Critics say the pay is fair already.”",
        "Said by: [x](javascript:alert(1)), reporting another's view",
        "Source: Source 1, The Herald, 2 March 2026",
        f"Place: characters {statement.start}–{statement.end} of {statement.document}",
        "Motion: Nurses should receive a larger pay rise.",
        "Judged: against (for 0.10, against 0.80, no side 0.10)",
        "Model: fake@0",
    ]


def test_distinct_numbers_names_that_are_alike() -> None:
    assert words.distinct({"a": "Pay", "b": "Pay", "c": "Rail", "d": "Pay"}) == {
        "a": "Pay", "b": "Pay (2)", "c": "Rail", "d": "Pay (3)",
    }  # fmt: skip


def test_distinct_keeps_clear_of_names_that_look_numbered() -> None:
    told = words.distinct({"a": "Pay", "b": "Pay", "c": "Pay (2)", "d": "Pay"})
    assert len(set(told.values())) == 4
    assert told["c"] == "Pay (2)"
