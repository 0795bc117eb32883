from pathlib import Path

import pytest

from argmap.errors import InputError
from argmap.training.examples import CON, NONE, PRO, load


def test_load_keeps_splits_apart(data: Path) -> None:
    assert len(load(data, "arg30k", "train")) == 40
    assert len(load(data, "arg30k", "test")) == 1


def test_load_reads_labels_as_distributions(data: Path) -> None:
    assert {example.target for example in load(data, "arg30k", "train")} == {PRO, CON}
    assert [example.target for example in load(data, "nli", "train")] == [PRO, NONE, CON]
    assert load(data, "gwsd", "train")[0].target == (0.75, 0.0, 0.25)


def test_load_leaves_out_rows_that_another_test_holds(data: Path) -> None:
    texts = {example.text for example in load(data, "kpa", "train")}
    assert len(texts) > 0
    assert "This stands in another test." not in texts


def test_load_holds_out_a_development_split_by_a_fixed_hash(data: Path) -> None:
    train, dev = (load(data, "gwsd", split) for split in ("train", "dev"))
    assert len(train) + len(dev) == 50
    assert dev == load(data, "gwsd", "dev")
    assert dev and not {e.text for e in train} & {e.text for e in dev}


def test_iam_sentences_train_on_no_topic_of_their_test(data: Path) -> None:
    motions = {
        split: {example.motion for example in load(data, "iam_sentences", split)}
        for split in ("train", "dev", "test")
    }
    assert motions["train"] and motions["test"]
    assert not motions["train"] & motions["test"]
    assert not motions["train"] & motions["dev"]
    assert not motions["dev"] & motions["test"]


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"vast\.jsonl\.xz.*--data"):
        load(tmp_path, "vast", "train")
