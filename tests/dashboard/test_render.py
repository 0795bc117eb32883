from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.dashboard import article, render, speaker_view, words
from argmap.dashboard.render import Reading
from argmap.dashboard.search import matching
from argmap.dashboard.view import Element
from argmap.records import Attribution, Debate, Document, Stance, Statement
from argmap.structure import summarise_speakers
from tests.dashboard.debates import HOSTILE

_ADDED = {"sign", "by", "who"}


def reading(debate: Debate, **fields: object) -> Reading:
    return Reading(
        stances={s.statement: s for s in debate.stances},
        names={s.id: s.name for s in debate.speakers},
        **fields,  # type: ignore[arg-type]
    )


def own_text(element: Element) -> str:
    """The document's own words in an element, without the signs and names put beside them."""
    if element.css in _ADDED:
        return ""
    return "".join(c if isinstance(c, str) else own_text(c) for c in element.children)


def find(element: Element, css: str) -> list[Element]:
    return [found for found in element.walk() if css in found.css.split()]


def test_article_shows_every_word_of_the_source_once(debate: Debate) -> None:
    for document in debate.documents:
        shown = article.article(document, debate.statements, reading(debate))
        paragraphs = [own_text(e) for e in shown.walk() if e.tag == "p"][1:]
        assert "\n\n".join(paragraphs) == document.text


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(alphabet="ab.\n <&é", min_size=1, max_size=60),
    cuts=st.lists(st.integers(0, 60), max_size=8),
    search=st.sampled_from(["", "a", "b.", "<"]),
)
def test_article_keeps_the_text_however_statements_lie(
    text: str, cuts: list[int], search: str
) -> None:
    document = Document("d", "Title", text)
    ends = sorted({min(cut, len(text)) for cut in cuts})
    statements = [
        Statement(f"u{start}", "d", start, end, text[start:end])
        for start, end in zip(ends[::2], ends[1::2], strict=False)
    ]
    shown = article.article(document, statements, Reading({}, {}, search=search))
    body = "".join(own_text(e) for e in shown.walk() if e.tag == "p")[len("article") :]
    expected = "".join(text[start:end] for start, end in words.paragraphs(text))
    assert body == expected


def test_article_gives_colour_sign_speaker_and_label_to_a_sentence(debate: Debate) -> None:
    shown = article.article(debate.documents[0], debate.statements, reading(debate))
    first = find(shown, "sentence")[0]
    assert first.css == "sentence pro"
    assert find(first, "sign")[0].text == "+"
    assert first.label == f"For, {HOSTILE[0]}: Nurses have earned a larger pay rise."
    assert first.pick == first.key == debate.statements[0].id
    assert find(shown, "by")[0].text == f"— {HOSTILE[0]}"


def test_article_marks_a_view_that_the_speaker_only_reports(debate: Debate) -> None:
    shown = article.article(debate.documents[0], debate.statements, reading(debate))
    assert f"— {HOSTILE[1]}, reporting others" in [e.text for e in find(shown, "by")]


def test_article_fades_what_the_filters_leave_out_and_marks_the_search(debate: Debate) -> None:
    stances = reading(debate).stances
    passing = matching(debate.statements, stances, labels=("con",), search="BILLION")
    assert [s.text for s in passing] == ["A rise would cost two billion pounds."]
    shown = article.article(
        debate.documents[0],
        debate.statements,
        reading(debate, shown={s.id for s in passing}, search="billion"),
    )
    assert [e.key for e in find(shown, "sentence") if "faded" not in e.css] == [passing[0].id]
    assert [e.text for e in shown.walk() if e.tag == "mark"] == ["billion"]


def test_matching_by_speaker_and_without_filters(debate: Debate) -> None:
    stances = reading(debate).stances
    speaker = debate.statements[1].speaker
    assert speaker is not None
    said = matching(debate.statements, stances, speakers=(speaker,))
    assert {s.speaker for s in said} == {speaker}
    assert len(said) == 2
    assert matching(debate.statements, stances) == debate.statements


def test_turns_name_their_speaker_where_it_changes(debate: Debate) -> None:
    said = Attribution(debate.speakers[0].id, "turn", None, 1.0)
    spoken = [replace(s, attribution=said) for s in debate.statements]
    shown = article.article(debate.documents[0], spoken, reading(debate))
    assert [e.text for e in find(shown, "who")] == [debate.speakers[0].name]
    assert find(shown, "by") == []


def test_a_sentence_of_a_turn_that_was_put_on_another_is_named(debate: Debate) -> None:
    first, second = debate.speakers[:2]
    said = Attribution(first.id, "turn", None, 1.0)
    moved = Attribution(second.id, "turn", None, 1.0, corrected=True)
    spoken = [replace(s, attribution=said) for s in debate.statements]
    spoken[1] = replace(spoken[1], attribution=moved)
    shown = article.article(debate.documents[0], spoken, reading(debate))
    assert f"— {second.name}, corrected" in [e.text for e in find(shown, "by")]


def test_passage_keeps_to_the_paragraphs_around_and_marks_the_sentence(debate: Debate) -> None:
    text = "\n\n".join(f"Paragraph {n} stands here." for n in range(40))
    document = replace(debate.documents[0], text=text)
    start = text.index("Paragraph 20 ")
    statement = Statement("u", document.id, start, start + 24, text[start : start + 24])
    crowd = replace(debate, documents=(document,), statements=(statement,))
    shown = article.passage(document, statement, crowd, reading(crowd, selected="u"))
    assert shown.scroll
    assert len([e for e in shown.walk() if e.tag == "p"]) == 9
    assert [e.key for e in shown.walk() if e.current] == ["u"]


def test_sentence_panel_shows_probabilities_and_offsets(debate: Debate) -> None:
    statement = debate.statements[2]
    panel = render.sentence_panel(statement, debate, debate.topics[0], reading(debate))
    assert [bar.share for bar in find(panel, "bar")] == [0.1, 0.8, 0.1]
    assert f"characters {statement.start}–{statement.end}" in panel.text
    assert "reports a view that another holds" in panel.text
    assert debate.topics[0].motion in panel.text


def test_sentence_panel_leaves_an_unknown_speaker_blank(debate: Debate) -> None:
    panel = render.sentence_panel(debate.statements[3], debate, debate.topics[0], reading(debate))
    assert "The writer, or nobody named" in panel.text


def test_speaker_card_says_how_little_it_rests_on_and_sets_reported_views_apart(
    debate: Debate,
) -> None:
    summaries = {s.speaker: s for s in summarise_speakers(debate)}
    speaker = next(s for s in debate.speakers if s.name == HOSTILE[1])
    card = speaker_view.speaker_card(summaries[speaker.id], speaker, debate, reading(debate))
    assert "Based on 1 statement (1 against)" in card.text
    assert "95% interval" in card.text
    assert "A rise would cost two billion pounds." in card.text
    reported = [e for e in card.walk() if e.tag == "details"]
    assert ["Critics say the pay is fair already." in e.text for e in reported] == [True]
    assert "not counted" in reported[0].text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(debate: Debate, name: str) -> None:
    shown = article.article(debate.documents[0], debate.statements, reading(debate))
    other = article.article(debate.documents[1], debate.statements, reading(debate))
    heard = [e.text for e in (*shown.walk(), *other.walk()) if e.css == "by"]
    said = [s for s in debate.statements if s.speaker and not s.attribution.reported]
    spoken = {s.name for s in debate.speakers if any(x.speaker == s.id for x in said)}
    assert (f"— {name}" in heard) == (name in spoken)


def test_facts_and_sources_count(debate: Debate) -> None:
    assert "4 statements" in render.sources(debate).text
    assert "article · The Herald · 2 March 2026" in render.sources(debate).text
    assert render.facts((("6", "statements"),)).text == "6statements"


def test_bars_are_as_long_as_their_probabilities() -> None:
    shown = render.bars(Stance("u", "t", 0.0, 0.25, 0.75, "none"))
    assert [e.share for e in shown.walk() if e.css == "bar"] == [0.0, 0.25, 0.75]
    assert "0%" in shown.text
