"""The Read page: filters, search, steps and stretches."""

from __future__ import annotations

import json
from dataclasses import replace

from streamlit.testing.v1 import AppTest

from argmap.dashboard import article, models
from argmap.records import Debate, Document, Stance, Statement, content_id
from tests.dashboard.conftest import OpenApp, page_text, views
from tests.dashboard.test_pages import click


def long_debate(debate: Debate) -> Debate:
    """A source of a few hundred paragraphs, a sentence in each, every tenth for the motion."""
    lines = [f"Paragraph {n} tells of {'herons' if n % 50 == 7 else 'wards'}." for n in range(900)]
    document = Document.create(title="A long day", text="\n\n".join(lines))
    statements, stances, start = [], [], 0
    for n, line in enumerate(lines):
        own = content_id("u", document.id, str(start))
        statements.append(Statement(own, document.id, start, start + len(line), line))
        shares = (0.9, 0.05, 0.05) if n % 10 == 0 else (0.05, 0.05, 0.9)
        stances.append(Stance(own, "pay", *shares, "pro" if n % 10 == 0 else "none"))
        start += len(line) + 2
    return replace(
        debate,
        documents=(document,),
        statements=tuple(statements),
        stances=tuple(stances),
        speakers=(),
        key_points=(),
    )


def told(at: AppTest) -> str:
    return "\n".join(found.value for found in at.text)


def current(at: AppTest) -> list[str]:
    """Keys of what is marked as current on the page."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("current") and "key" in node:
                found.append(str(node["key"]))
            for child in node.get("nodes") or node.get("k") or []:
                walk(child)

    for view in views(at):
        walk(view)
    return found


def test_stretches_cover_the_source_and_are_short(debate: Debate) -> None:
    document = long_debate(debate).documents[0]
    parts = article.stretches(document, length=2000)
    assert "\n\n".join(document.text[start:end] for start, end in parts) == document.text
    assert max(end - start for start, end in parts) <= 2000
    assert [article.stretch_at(parts, start) for start, _ in parts] == list(range(len(parts)))
    assert article.stretches(Document("d", "t", "")) == ((0, 0),)


def test_stretches_together_show_every_sentence_once(debate: Debate) -> None:
    made = long_debate(debate)
    (document,) = made.documents
    reading = article.Reading({}, {})
    shown = [
        element.key
        for part in article.stretches(document)
        for element in article.article(document, made.statements, reading, part=part).walk()
        if element.css.startswith("sentence")
    ]
    assert shown == [s.id for s in made.statements]


def test_a_long_source_is_drawn_in_part_and_searched_whole(
    open_app: OpenApp, debate: Debate
) -> None:
    made = long_debate(debate)
    session_id = models.store().save(made)
    at = open_app("read", debate=session_id)
    sent = sum(len(json.dumps(view)) for view in views(at))
    assert "Part 1 of " in told(at)
    assert "Paragraph 0 tells" in page_text(at)
    assert "Paragraph 899 tells" not in page_text(at)
    assert "90 marked sentences" in told(at)
    at.text_input(key=f"filter-search-{session_id}").set_value("herons").run()
    assert at.query_params["find"] == "herons"
    assert "18 hits" in told(at)
    click(at, "Previous")
    assert "18 of 18 hits" in told(at)
    assert "Paragraph 857 tells" in page_text(at)
    last = made.statements[857]
    assert at.query_params["sentence"] == last.id
    assert set(current(at)) >= {last.id, f"hit-{last.start + last.text.index('herons')}"}
    click(at, "Next")
    assert "1 of 18 hits" in told(at)
    assert "Paragraph 7 tells" in page_text(at)
    # However long the source, what is sent to the browser is not.
    assert sent < 200_000


def test_steps_go_through_the_marked_sentences_and_to_other_parts(
    open_app: OpenApp, debate: Debate
) -> None:
    made = long_debate(debate)
    session_id = models.store().save(made)
    at = open_app("read", debate=session_id)
    for number in (1, 2):
        click(at, "Next")
        assert f"{number} of 90 marked sentences" in told(at)
        assert at.query_params["sentence"] == made.statements[10 * (number - 1)].id
    click(at, "Previous")
    assert "1 of 90" in told(at)
    click(at, "Later")
    assert "Part 2 of " in told(at)
    # Leafing chooses nothing else, and next goes on from there.
    assert at.query_params["sentence"] == made.statements[0].id
    click(at, "Next")
    place = int(at.query_params["place"])
    assert place >= article.stretches(made.documents[0])[1][0]


def test_filters_are_in_the_address_and_come_back_from_it(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("read", debate=session_id, labels="con,nonsense", sure="0-85", find="pound")
    assert at.button_group(key=f"filter-labels-{session_id}").value == ["con"]
    assert at.slider(key=f"filter-sure-{session_id}").value == (0, 85)
    assert at.text_input(key=f"filter-search-{session_id}").value == "pound"
    assert "1 hit" in told(at)
    at.slider(key=f"filter-sure-{session_id}").set_value((90, 100)).run()
    assert at.query_params["sure"] == "90-100"
    assert "No hit" in told(at)
    click(at, "Clear")
    assert not {"labels", "sure", "find"} & set(at.query_params)
    assert "marked sentences" in told(at)


def test_address_that_makes_no_sense_is_passed_over(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("read", debate=session_id, sure="9-1", place="x", voices="nobody", only="?")
    assert "3 marked sentences" in told(at)


def test_only_what_a_person_corrected(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("read", debate=session_id, only="corrected")
    assert "No sentence" in told(at)
    assert at.button(key="step-next").disabled


def test_jump_goes_to_a_speakers_next_sentence(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    second = debate.statements[1]
    at = open_app("read", debate=session_id)
    key = f"jump-{second.document}"
    for expected in (second.id, debate.statements[2].id):
        at.selectbox(key=key).set_value(second.speaker).run()
        assert not at.exception
        assert at.query_params["sentence"] == expected
        assert at.selectbox(key=key).value is None


def test_everything_shown_can_be_cited(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    document = debate.documents[0].id
    at = open_app("read", debate=session_id, labels="con")
    toggle = at.toggle(key=f"cite-on-read-{document}")
    assert toggle.label == "2 citations to copy"
    toggle.set_value(True).run()
    (listed,) = (code.value for code in at.code)
    assert listed.count("Said by: ") == 2
    assert listed.count("\n\n") == 1


def test_sentences_found_can_be_listed(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("read", debate=session_id, labels="con")
    at.toggle(key=f"read-listed-{session_id}").set_value(True).run()
    text = page_text(at)
    assert "A rise would cost two billion pounds." in text
    assert "The talks went on until noon." not in text
