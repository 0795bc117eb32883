import json
import lzma
from pathlib import Path

from argmap.evaluation.benchmarks import BENCHMARKS, Benchmark, as_table, run_benchmark, run_corpus
from argmap.nlp import FakeClassifier
from argmap.training.examples import FILES


def write_test_split(data: Path, labels: list[str]) -> None:
    path = data / "stance/arg30k.jsonl.xz"
    path.parent.mkdir(parents=True)
    texts = {"pro": "Nurses deserve it.", "con": "Nurses cannot have it.", "none": "It rained."}
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        for label in labels:
            row = {"text": texts[label], "target": "Nurses should be paid more", "split": "test"}
            stream.write(json.dumps({**row, "label": label}) + "\n")


def test_run_benchmark_decides_between_two_sides_on_two_way_sets(tmp_path: Path) -> None:
    write_test_split(tmp_path, ["pro", "con"] * 15)
    two_way = Benchmark("arg30k", "Two-way", "test", False)
    result = run_benchmark(two_way, tmp_path, classifier=FakeClassifier())
    assert (result.metric, result.score.value, result.score.n) == ("accuracy", 1.0, 30)
    assert result.worst == "Nurses should be paid more (1.00)"


def test_run_benchmark_counts_none_on_three_way_sets(tmp_path: Path) -> None:
    write_test_split(tmp_path, ["pro", "con", "none"] * 10)
    three_way = Benchmark("arg30k", "Three-way", "test", True)
    result = run_benchmark(three_way, tmp_path, classifier=FakeClassifier())
    assert (result.metric, result.score.value) == ("macro-F1", 1.0)
    assert "| Three-way | macro-F1 | 1.000 [1.000, 1.000] | 30 |" in as_table([result])


def test_a_negated_motion_must_turn_the_label_round(tmp_path: Path) -> None:
    write_test_split(tmp_path, ["pro", "con", "none"] * 10)
    asked = Benchmark("arg30k", "Negated", "test", True, negated=True)
    result = run_benchmark(asked, tmp_path, classifier=FakeClassifier())
    assert result.negated is not None
    # The stand-in reads the statement's words alone, so it holds to its side and is always wrong.
    assert (result.negated.value, result.negated.n) == (0.0, 20)


#: Sets of ours, which lie with the corpus.
OWN = ("articles", "chamber", "motions", "prose")


def test_benchmarks_name_sets_that_there_are() -> None:
    assert {b.name for b in BENCHMARKS} <= {*FILES, *OWN}


def test_run_corpus_scores_every_gold_sentence() -> None:
    rows = run_corpus(classifier=FakeClassifier())
    every = {row.title: row.score for row in rows if row.metric == "accuracy"}
    assert every["Corpus gold: speaker"].n > 400
    assert 0.2 < every["Corpus gold: all"].value < 0.8  # word matching is no model
