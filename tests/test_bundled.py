"""The corpus keeps its promises, and the loader says what is wrong when it does not."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from argmap.bundled import (
    FILE_ATTRIBUTE,
    GOLD_STANCES,
    BundledDebate,
    GoldLabel,
    align_gold,
    bundled_debates,
    load_gold,
)
from argmap.errors import ArgmapError
from argmap.records import Debate, Document, Run, Statement
from argmap.resources import corpus_dir
from argmap.stance import make_topic
from argmap.statements import extract

KINDS = {"article", "briefing", "transcript"}
FRONT_MATTER = ("title", "kind", "outlet", "date", "fictional")


@pytest.fixture(scope="module")
def debates() -> tuple[BundledDebate, ...]:
    return bundled_debates()


def front_matter(path: Path) -> dict[str, str]:
    """The block at the head of a corpus file, read without the room under test."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "---", path
    end = lines.index("---", 1)
    pairs = (line.partition(":") for line in lines[1:end])
    return {key.strip(): value.strip() for key, _, value in pairs}


def corpus_files() -> list[Path]:
    return sorted(corpus_dir().glob("*/*.md"))


def as_debate(bundled: BundledDebate) -> Debate:
    speakers, statements = extract(bundled.documents)
    return Debate(
        title=bundled.title,
        run=Run(argmap="test", models={}, settings={}, inputs={}),
        documents=bundled.documents,
        speakers=speakers,
        topics=bundled.topics,
        statements=statements,
    )


def statement(text: str, *, document: str = "d1", start: int = 0) -> Statement:
    return Statement(f"s{document}{start}", document, start, start + len(text), text)


def label(text: str, *, document: str = "a.md") -> GoldLabel:
    return GoldLabel(document, text, None, False, {"t": "none"})


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the corpus that a test may break."""
    return Path(shutil.copytree(corpus_dir(), tmp_path / "corpus"))


# The corpus


def test_corpus_covers_three_debates_in_documents_of_several_kinds(
    debates: tuple[BundledDebate, ...],
) -> None:
    assert {"nurse-pay", "assisted-dying", "defence-spending"} <= {d.id for d in debates}
    for debate in debates:
        assert len(debate.documents) >= 3
        assert len({document.kind for document in debate.documents}) >= 2
        assert {document.kind for document in debate.documents} <= KINDS


def test_corpus_holds_enough_statements(debates: tuple[BundledDebate, ...]) -> None:
    sizes = {debate.id: len(extract(debate.documents)[1]) for debate in debates}
    assert sum(sizes.values()) >= 250
    assert min(sizes.values()) >= 50


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.stem)
def test_corpus_front_matter_is_complete_and_marks_fiction(path: Path) -> None:
    fields = front_matter(path)
    assert set(fields) == set(FRONT_MATTER)
    assert all(fields.values())
    assert fields["kind"] in KINDS
    assert fields["fictional"] in {"true", "false"}
    assert ("(fictional)" in fields["title"]) == (fields["fictional"] == "true")
    if fields["kind"] == "transcript":
        assert fields["fictional"] == "true"


def test_corpus_documents_carry_what_their_front_matter_says(
    debates: tuple[BundledDebate, ...],
) -> None:
    for debate in debates:
        for document in debate.documents:
            fields = front_matter(corpus_dir() / debate.id / document.attributes[FILE_ATTRIBUTE])
            assert (document.title, document.kind, document.outlet, document.date) == (
                fields["title"],
                fields["kind"],
                fields["outlet"],
                fields["date"],
            )
            assert document.attributes["fictional"] == fields["fictional"]
            assert "---" not in document.text


def test_corpus_files_are_all_listed_in_their_debate(debates: tuple[BundledDebate, ...]) -> None:
    listed = {
        (d.id, document.attributes[FILE_ATTRIBUTE]) for d in debates for document in d.documents
    }
    assert listed == {(path.parent.name, path.name) for path in corpus_files()}


def test_corpus_motions_are_propositions(debates: tuple[BundledDebate, ...]) -> None:
    for debate in debates:
        for topic in debate.topics:
            made = make_topic(topic.motion, id=topic.id, title=topic.title)
            assert (made.motion, made.pro) == (topic.motion, topic.pro)
            assert topic.con not in {topic.pro, ""}


def test_corpus_readme_counts_are_true(debates: tuple[BundledDebate, ...]) -> None:
    readme = (corpus_dir() / "README.md").read_text(encoding="utf-8")
    for debate in debates:
        gold = load_gold(debate.id)
        sides = Counter(label.stance[debate.topics[0].id] for label in gold)
        row = next(line for line in readme.splitlines() if line.startswith(f"| `{debate.id}` |"))
        assert all(topic.motion in row for topic in debate.topics)
        assert row.endswith(
            f"| {len(debate.documents)} | {len(gold)} "
            f"| {sides['pro']} / {sides['con']} / {sides['none']} |"
        )


# The gold labels


def test_gold_takes_both_sides_of_every_topic(debates: tuple[BundledDebate, ...]) -> None:
    for debate in debates:
        gold = load_gold(debate.id)
        for number, topic in enumerate(debate.topics):
            counts = Counter(label.stance[topic.id] for label in gold)
            assert set(counts) == set(GOLD_STANCES)
            assert min(counts["pro"], counts["con"]) >= 0.4 * (counts["pro"] + counts["con"])
            if number == 0:
                assert counts["none"] <= 0.5 * len(gold)


def test_gold_sentences_stand_in_their_documents(debates: tuple[BundledDebate, ...]) -> None:
    for debate in debates:
        texts = {d.attributes[FILE_ATTRIBUTE]: d.text for d in debate.documents}
        place = dict.fromkeys(texts, 0)
        for label in load_gold(debate.id):
            found = texts[label.document].find(label.text, place[label.document])
            assert found >= 0, label.text
            place[label.document] = found + len(label.text)


def test_gold_covers_the_statements_of_the_pipeline(debates: tuple[BundledDebate, ...]) -> None:
    for debate in debates:
        mapped = as_debate(debate)
        gold = load_gold(debate.id)
        pairs, unmatched = align_gold(mapped.documents, mapped.statements, gold)
        paired = {statement.id for statement, _ in pairs}
        strays = [s.text for s in mapped.statements if s.id not in paired]
        assert len(paired) == len(pairs)
        assert len(pairs) >= 0.98 * len(mapped.statements), strays
        assert len(pairs) >= 0.98 * len(gold), [label.text for label in unmatched]


def test_gold_names_the_speaker_of_every_turn(debates: tuple[BundledDebate, ...]) -> None:
    for debate in debates:
        mapped = as_debate(debate)
        names = {speaker.id: speaker.name.casefold() for speaker in mapped.speakers}
        transcripts = {d.id for d in debate.documents if d.kind == "transcript"}
        pairs, _ = align_gold(mapped.documents, mapped.statements, load_gold(debate.id))
        spoken = [(s, gold) for s, gold in pairs if s.document in transcripts]
        assert spoken or not transcripts
        for said, gold in spoken:
            found = names[said.speaker] if said.speaker else None
            assert found == (gold.speaker.casefold() if gold.speaker else None), said.text


def test_gold_of_the_writers_own_documents_has_no_speaker(
    debates: tuple[BundledDebate, ...],
) -> None:
    for debate in debates:
        briefings = {d.attributes[FILE_ATTRIBUTE] for d in debate.documents if d.kind == "briefing"}
        labels = [label for label in load_gold(debate.id) if label.document in briefings]
        assert labels
        assert {label.speaker for label in labels} == {None}


# Joining gold to statements


def test_align_gold_ignores_spacing_and_keeps_documents_apart() -> None:
    documents = tuple(
        Document(id=id_, title=id_, text="", attributes={FILE_ATTRIBUTE: name})
        for id_, name in (("d1", "a.md"), ("d2", "b.md"))
    )
    statements = (
        statement("Pay is\nlow."),
        statement("Pay is low.", document="d2"),
        statement("Nobody labelled this.", document="d2", start=20),
    )
    debate = Debate(
        title="t",
        run=Run(argmap="test", models={}, settings={}, inputs={}),
        documents=documents,
        statements=statements,
    )
    gold = (label("Pay is low.", document="b.md"), label("Pay is low."), label("Gone."))
    pairs, unmatched = align_gold(debate.documents, debate.statements, gold)
    assert pairs == ((statements[1], gold[0]), (statements[0], gold[1]))
    assert unmatched == (gold[2],)


def test_align_gold_pairs_a_repeated_sentence_in_order_and_only_once() -> None:
    document = Document(id="d1", title="d", text="", attributes={FILE_ATTRIBUTE: "a.md"})
    first, second = statement("Order."), statement("Order.", start=7)
    debate = Debate(
        title="t",
        run=Run(argmap="test", models={}, settings={}, inputs={}),
        documents=(document,),
        statements=(first, second),
    )
    gold = (label("Order."), label("Order."), label("Order."))
    pairs, unmatched = align_gold(debate.documents, debate.statements, gold)
    assert [found for found, _ in pairs] == [first, second]
    assert len(unmatched) == 1


# A corpus that is missing or broken


def test_bundled_debates_come_sorted_and_alike_every_time(
    debates: tuple[BundledDebate, ...],
) -> None:
    ids = [debate.id for debate in debates]
    assert ids == sorted(ids)
    assert bundled_debates() == debates


def test_bundled_debates_say_where_an_empty_corpus_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(ArgmapError, match="no bundled debate") as caught:
        bundled_debates(folder=tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_bundled_debates_name_a_missing_document(corpus: Path) -> None:
    (corpus / "nurse-pay" / "case-for-and-against.md").unlink()
    with pytest.raises(ArgmapError, match=r"case-for-and-against\.md.* missing"):
        bundled_debates(folder=corpus)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "nurse-pay"', 'id = "other"', "not its folder's name"),
        ('id = "nurse-pay"', "id = ", "not well-formed TOML"),
        ('id = "strike"', 'id = "pay"', "same id"),
        ('id = "strike"', "", "“id” must be a text"),
        ("documents = [", "files = [", "“documents” must be a list"),
        ("[[topics]]", "[[motions]]", "“topics” must hold"),
        ("Nurses in England should go on strike over pay.", "Strike!", "too short"),
    ],
)
def test_bundled_debates_say_what_is_wrong_with_a_debate_file(
    corpus: Path, old: str, new: str, problem: str
) -> None:
    path = corpus / "nurse-pay" / "debate.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ArgmapError, match=problem) as caught:
        bundled_debates(folder=corpus)
    assert str(path) in str(caught.value)


def test_load_gold_lists_the_debates_there_are() -> None:
    with pytest.raises(ArgmapError, match=r"no bundled debate “nurses”.*nurse-pay"):
        load_gold("nurses")


def test_load_gold_names_a_missing_gold_file(corpus: Path) -> None:
    (corpus / "nurse-pay" / "gold.jsonl").unlink()
    with pytest.raises(ArgmapError, match=r"gold\.jsonl.* missing"):
        load_gold("nurse-pay", folder=corpus)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"document": "elsewhere.md"}, "no document of the debate"),
        ({"text": ""}, "“text” must be a text"),
        ({"speaker": ""}, "“speaker” must be a text"),
        ({"reported": "no"}, "“reported” must be true or false"),
        ({"stance": {"pay": "pro"}}, "must name every topic"),
        ({"stance": {"pay": "pro", "strike": "unclear"}}, "must be pro, con or none"),
    ],
)
def test_load_gold_says_which_line_is_wrong(
    corpus: Path, change: dict[str, object], problem: str
) -> None:
    path = corpus / "nurse-pay" / "gold.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = json.dumps({**json.loads(lines[2]), **change})
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ArgmapError, match=f"line 3: .*{problem}"):
        load_gold("nurse-pay", folder=corpus)


@pytest.mark.parametrize(
    ("line", "problem"), [("{", "not well-formed JSON"), ("[]", "must be a JSON object")]
)
def test_load_gold_refuses_lines_that_are_no_objects(corpus: Path, line: str, problem: str) -> None:
    path = corpus / "nurse-pay" / "gold.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(ArgmapError, match=f"line 1: .*{problem}"):
        load_gold("nurse-pay", folder=corpus)
