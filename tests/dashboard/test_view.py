import re
from pathlib import Path
from typing import get_args

import argmap.dashboard
from argmap.dashboard.view import Tag, el

_ASSETS = Path(argmap.dashboard.__file__).parent / "assets"


def test_element_data_leaves_out_what_is_not_set() -> None:
    assert el("p", "a", None, el("span", "b", css="x")).data() == {
        "t": "p",
        "k": ["a", {"t": "span", "c": "x", "k": ["b"]}],
    }


def test_element_data_keeps_a_bar_of_length_zero() -> None:
    assert el("span", share=0.0).data() == {"t": "span", "share": 0.0}


def test_element_text_and_walk_are_in_reading_order() -> None:
    tree = el("div", el("p", "one ", el("strong", "two")), " three")
    assert tree.text == "one two three"
    assert [element.tag for element in tree.walk()] == ["div", "p", "strong"]


def test_browser_builds_the_same_tags_as_python_and_never_parses_markup() -> None:
    script = (_ASSETS / "view.js").read_text(encoding="utf-8")
    listed = re.search(r"new Set\(\[(.*?)\]\)", script, re.S)
    assert listed is not None
    assert set(re.findall(r'"(\w+)"', listed[1])) == set(get_args(Tag))
    code = re.sub(r"//.*", "", script)
    for parser in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert parser not in code


def test_nothing_on_the_page_is_loaded_from_elsewhere() -> None:
    for file in _ASSETS.iterdir():
        addresses = re.findall(r"https?://[^\s\"')]+", file.read_text(encoding="utf-8"))
        assert set(addresses) <= {"http://www.w3.org/2000/svg"}, file.name
