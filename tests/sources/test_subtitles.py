"""SubRip and WebVTT: running text, voices, and captions that roll."""

from __future__ import annotations

import pytest

from argmap.errors import SourceError
from argmap.sources import read_bytes
from argmap.statements import extract
from tests.sources.test_transcript import _turns

SRT = """1
00:00:01,000 --> 00:00:03,000
ADA VALE: The port should
sleep at night,

2
00:00:03,100 --> 00:00:05,000
because <i>crews</i> are tired. [APPLAUSE]

3
00:00:05,100 --> 00:00:06,000
ODO BRAY: No. Remember: it
cannot afford it.
4
00:00:06,100 --> 00:00:07,000
>> It can.

5
00:00:12,000 --> 00:00:13,000
ADA VALE: It can.
"""
ROLLING = """WEBVTT
Kind: captions

NOTE a note that
runs on

00:00.000 --> 00:02.000 align:start
the port should<00:00:01.000><c> sleep</c>

00:02.000 --> 00:02.010
the port should sleep

00:02.010 --> 00:04.000
the port should sleep
because crews<00:00:03.000><c> are</c>

00:04.000 --> 00:04.010
because crews are

00:04.010 --> 00:06.000
because crews are
tired
"""


def test_speakers_of_captions_have_turns_and_an_unknown_voice_has_words() -> None:
    document = read_bytes(SRT.encode("utf-8-sig"), name="a.txt")
    assert document.kind == "transcript"
    assert _turns(document) == [
        ("Ada Vale", "The port should sleep at night, because crews are tired."),
        ("Odo Bray", "No. Remember: it cannot afford it."),
        ("Ada Vale", "It can."),
    ]
    assert document.removed == ("[APPLAUSE]",)
    _, statements = extract([document])
    # Two people say “It can.”; who says it first is not known.
    assert [s.speaker is None for s in statements if s.text == "It can."] == [True, False]


def test_rolling_captions_say_everything_once() -> None:
    document = read_bytes(ROLLING.encode(), name="a.vtt")
    assert document.text == "the port should sleep because crews are tired"
    assert document.kind == "subtitles"


def test_live_captions_that_grow_say_everything_once() -> None:
    lines = ("it must", "it must sleep", "it must sleep at", "it must sleep at night.")
    cues = "".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{line}\n\n" for n, line in enumerate(lines))
    assert read_bytes(f"WEBVTT\n\n{cues}".encode(), name="a").text == lines[-1]


def test_words_said_twice_stay_twice() -> None:
    cues = "".join(f"00:0{n}.000 --> 00:0{n + 1}.000\nNo.\n\n" for n in range(3))
    assert read_bytes(f"WEBVTT\n\n{cues}".encode(), name="a").text == "No. No. No."


def test_voice_tags_name_the_speakers() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Vale>The port &amp; town sleep.</v>\n\n"
        "00:02.000 --> 00:03.000\n<v.loud Odo Bray>No. <v Ada Vale>Yes.\n"
    )
    assert _turns(read_bytes(text.encode(), name="a.vtt")) == [
        ("Ada Vale", "The port & town sleep."),
        ("Odo Bray", "No."),
        ("Ada Vale", "Yes."),
    ]


def test_a_pause_after_a_full_stop_ends_a_paragraph() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nIt must sleep.\n\n"
        "2\n00:00:09,000 --> 00:00:10,000\nIt is late.\n"
    )
    assert read_bytes(text.encode(), name="a.srt").text == "It must sleep.\n\nIt is late."


def test_captions_of_music_alone_are_refused() -> None:
    with pytest.raises(SourceError, match="no words"):
        read_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.000\n[MUSIC]\n", name="a.vtt")
