import lzma
from pathlib import Path

import pytest

from argmap.errors import InputError
from argmap.sources import read_bytes, read_text
from argmap.statements import extract
from argmap.training.labelled import article_finder, hansard_finder, read_labels
from argmap.training.prose import Motion

DAY = """<?xml version="1.0" encoding="UTF-8"?>
<publicwhip latest="yes">
<speech id="uk.org.publicwhip/debate/2021-01-01a.1.0" speakername="Ann Lee" speakerid="1">
<p>The ferry costs more to run than it brings. I give way to my hon. Friend.</p></speech>
<speech id="uk.org.publicwhip/debate/2021-01-01a.1.1" speakername="Bob Roe" speakerid="2">
<p>Those who never cross should not pay for it.</p></speech>
</publicwhip>
"""
HEAD = """@file debates2021-01-01a
@motion A: The ferry should be free.
@opposite A: Passengers should go on paying.
@motion B: The pier should be rebuilt.
"""


@pytest.fixture
def days(tmp_path: Path) -> Path:
    folder = tmp_path / "days"
    folder.mkdir()
    (folder / "debates2021-01-01a.xml.xz").write_bytes(lzma.compress(DAY.encode()))
    return folder


def ids(days: Path) -> list[str]:
    data = lzma.decompress((days / "debates2021-01-01a.xml.xz").read_bytes())
    return [s.id for s in extract([read_bytes(data, name="debates2021-01-01a.xml")])[1]]


def write(folder: Path, text: str) -> Path:
    labels = folder / "labels"
    labels.mkdir()
    (labels / "a.txt").write_text(text, encoding="utf-8")
    return labels


def test_labels_meet_the_words_of_the_day(tmp_path: Path, days: Path) -> None:
    first, _, third = ids(days)
    labels = write(tmp_path, f"{HEAD}{first} +0\n{third} -0\n")
    one, other = read_labels(labels, hansard_finder(days))
    assert one.text == "The ferry costs more to run than it brings."
    assert (one.speaker, other.speaker) != (None, None) and one.speaker != other.speaker
    ferry = Motion("The ferry should be free.", opposite="Passengers should go on paying.")
    assert one.labels == ((ferry, "pro"), (Motion("The pier should be rebuilt."), "none"))
    assert [label for _, label in other.labels] == ["con", "none"]
    assert one.debate == other.debate == "debates2021-01-01a|The ferry should be free."


def test_a_statement_that_is_not_there_is_named(tmp_path: Path, days: Path) -> None:
    labels = write(tmp_path, f"{HEAD}s000000000000 00\n")
    with pytest.raises(InputError, match=r"line 5: debates2021-01-01a has no statement s0"):
        read_labels(labels, hansard_finder(days))


def test_a_day_that_is_missing_is_named(tmp_path: Path) -> None:
    labels = write(tmp_path, f"{HEAD}s000000000000 00\n")
    with pytest.raises(InputError, match=r"this day of Hansard is missing.*hansard/more"):
        read_labels(labels, hansard_finder(tmp_path))


def test_an_article_is_found_by_its_name(tmp_path: Path) -> None:
    text = "A free ferry\n\nThe council met. Nobody asked who would pay for the crossing."
    statement = extract([read_text(text, name="gazette")])[1][-1]
    find = article_finder({"gazette": text})
    labels = write(tmp_path, HEAD.replace("debates2021-01-01a", "gazette") + f"{statement.id} -0\n")
    (found,) = read_labels(labels, find)
    assert (found.text, found.labels[0][1]) == (statement.text, "con")
    with pytest.raises(InputError, match="no article herald"):
        find("herald")


@pytest.mark.parametrize("bad", ["s0123 +", "s0123 +?", "words", "@same C: Of no motion."])
def test_a_line_of_another_form_is_named(tmp_path: Path, days: Path, bad: str) -> None:
    labels = write(tmp_path, f"{HEAD}{bad}\n")
    with pytest.raises(InputError, match=r"a\.txt, line 5"):
        read_labels(labels, hansard_finder(days))


def test_the_shipped_labels_are_of_the_form() -> None:
    files = [
        file for name in ("chamber", "articles") for file in Path("corpus", name).glob("*.txt")
    ]
    assert files
    for file in files:
        motions = 0
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("@file "):
                motions = 0
            elif line.startswith("@motion "):
                motions += 1
            elif line and not line.startswith("@"):
                assert len(line.split(" ")[1]) == motions
