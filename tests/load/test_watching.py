"""The watch over what a browser receives finds what it is there for."""

from __future__ import annotations

import pytest
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load.watching import Seen, Watch


def on_page(path: str) -> tuple[Watch, Seen]:
    seen = Seen()
    watch = Watch(7, seen)
    opened = ForwardMsg()
    page = opened.navigation.app_pages.add()
    page.url_pathname, page.page_script_hash = path, "hash"
    opened.navigation.page_script_hash = "hash"
    watch(opened.SerializeToString(), opened)
    return watch, seen


def text(words: str) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = words
    return message


@pytest.mark.parametrize(
    ("path", "words", "mixings"),
    [
        ("read", "Quillon007 and Kestrel007", 0),
        ("read", "Quillon008", 1),
        ("read", "Kestrel008", 1),
        ("", "Kestrel008", 0),
        ("", "Quillon008", 1),
        ("differences", "Quillon008", 0),
    ],
)
def test_watch_finds_the_words_of_others(path: str, words: str, mixings: int) -> None:
    watch, seen = on_page(path)
    message = text(words)
    watch(message.SerializeToString(), message)
    assert sum(seen.mixings.values()) == mixings


def test_watch_lets_the_choice_of_the_debate_list_the_titles_of_others() -> None:
    watch, seen = on_page("read")
    message = ForwardMsg()
    message.delta.new_element.selectbox.options[:] = ["Kestrel007", "Kestrel008"]
    watch(message.SerializeToString(), message)
    assert not seen.mixings


def test_watch_counts_errors_and_exceptions_but_no_notices() -> None:
    watch, seen = on_page("read")
    alert, notice, fault = ForwardMsg(), ForwardMsg(), ForwardMsg()
    alert.delta.new_element.alert.format = Alert.ERROR
    alert.delta.new_element.alert.body = "It failed."
    notice.delta.new_element.alert.format = Alert.INFO
    fault.delta.new_element.exception.type = "KeyError"
    for message in (alert, notice, fault):
        watch(message.SerializeToString(), message)
    assert list(seen.errors) == ["read: It failed.", "read: KeyError: "]
