from pathlib import Path

import pytest

from argmap.errors import InputError
from argmap.training.prose import Motion, read_prose

FILE = """@doc kind=transcript id=x-ferry-01
@title The ferry
@motion A: The ferry should be free.
@same A: Nobody should pay to cross.
@opposite A: Passengers should go on paying.
@motion B: The pier should be rebuilt.
Ann Lee | +0 | It costs more to collect the fare than it brings.
Ann Lee | 00 | I turn to the pier.
- | 00 | There was laughter.

Bob Roe | -+ | It does not.

@doc kind=article id=x-ferry-02
@motion A: The ferry should be free.
- | 0 | The ferry runs hourly.
"""


def write(folder: Path, text: str) -> Path:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return folder


def test_sentences_come_with_motions_labels_and_the_words_before(tmp_path: Path) -> None:
    sentences = read_prose(write(tmp_path, FILE))
    assert [s.context for s in sentences] == [
        "",
        "It costs more to collect the fare than it brings.",
        "It costs more to collect the fare than it brings. I turn to the pier.",
        "",
        "",
    ]
    assert [s.speaker for s in sentences] == ["Ann Lee", "Ann Lee", None, "Bob Roe", None]
    ferry = Motion(
        "The ferry should be free.",
        "Nobody should pay to cross.",
        "Passengers should go on paying.",
    )
    assert sentences[0].labels == ((ferry, "pro"), (Motion("The pier should be rebuilt."), "none"))
    assert [label for _, label in sentences[3].labels] == ["con", "pro"]
    assert {s.debate for s in sentences} == {"x-ferry"}
    assert sentences[4].labels == ((Motion("The ferry should be free."), "none"),)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("Ann Lee | + | Only one label.", "2 labels"),
        ("Ann Lee | +? | No such label.", "2 labels"),
        ("A line without marks.", "2 labels"),
        ("@doc kind=x", "head of a document"),
    ],
)
def test_a_line_that_is_not_of_the_form_is_named(tmp_path: Path, bad: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as error:
        read_prose(write(tmp_path, FILE.replace("Bob Roe | -+ | It does not.", bad)))
    assert "a.txt, line 11" in str(error.value)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no labelled prose"):
        read_prose(tmp_path)
