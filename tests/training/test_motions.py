from pathlib import Path

import pytest

from argmap.errors import InputError
from argmap.training.examples import CON, NONE, PRO, load
from argmap.training.motions import Judged, read_motions
from argmap.training.prose import Motion

FILE = """@motion The ferry should be free.
@target a free ferry
@same Nobody should pay to cross.
@opposite Passengers should go on paying.
+ It costs more to collect the fare than it brings.
- Those who never cross would pay.

@motion The pier should be rebuilt.
0 It was built in 1902.
"""


def test_sets_come_with_their_motions_other_words_and_labels(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FILE, encoding="utf-8")
    assert read_motions(tmp_path) == (
        Judged(
            Motion(
                "The ferry should be free.",
                "Nobody should pay to cross.",
                "Passengers should go on paying.",
                "a free ferry",
            ),
            (
                ("It costs more to collect the fare than it brings.", "pro"),
                ("Those who never cross would pay.", "con"),
            ),
        ),
        Judged(Motion("The pier should be rebuilt."), (("It was built in 1902.", "none"),)),
    )


@pytest.mark.parametrize("bad", ["+ Before any motion.", "@same Before any motion.", "No sign."])
def test_a_line_of_another_form_is_named(tmp_path: Path, bad: str) -> None:
    (tmp_path / "a.txt").write_text(bad + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.txt, line 1"):
        read_motions(tmp_path)


def test_a_folder_without_statements_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are no statements"):
        read_motions(tmp_path)


def test_whole_motions_are_held_out_under_both_names(data: Path) -> None:
    own = {split: load(data, "motions", split) for split in ("train", "dev", "test")}
    varied = {split: load(data, "motions_reworded", split) for split in own}
    assert all(own.values()) and all(varied.values())
    motions = [{example.motion for example in own[split]} for split in own]
    assert sum(map(len, motions)) == len(set().union(*motions))
    for split in own:
        texts = {example.text for example in own[split]}
        assert {example.text for example in varied[split]} <= texts


def test_an_opposite_turns_the_label_and_a_target_keeps_it(data: Path) -> None:
    judged = read_motions(Path("corpus/motions"))[0]
    text, label = next(one for one in judged.statements if one[1] == "pro")
    asked = {
        example.motion: example.target
        for split in ("train", "dev", "test")
        for example in load(data, "motions_reworded", split)
        if example.text == text
    }
    assert label == "pro"
    assert asked[judged.motion.opposite or ""] == CON
    assert asked[judged.motion.same or ""] == PRO
    assert NONE not in asked.values()
