"""What must never be in what a browser receives: another's text, a fault, an error."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load.invent import MARKS, TEXT_MARK

# Everybody's debates lie in one store and are listed by title: in the choice of the debate on
# every page, and on the first page. Differences sets any two of them side by side.
_LISTS, _COMPARES = "", "differences"


@dataclass(slots=True)
class Seen:
    """What was found wrong, and how much came.

    Attributes:
        errors: what was found, and how often.
        mixings: words of others that came where they must not, and how often.
        received: bytes.
    """

    errors: Counter[str] = field(default_factory=Counter)
    mixings: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    received: int = 0


class Watch:
    """Looks at every message that one browser receives.

    Args:
        person: the number whose marks may come.
        seen: where it is counted.
    """

    def __init__(self, person: int, seen: Seen) -> None:
        self._own = f"{person:03d}".encode()
        self._person, self._seen = person, seen
        self._pages: dict[str, str] = {}
        self._page = ""

    def __call__(self, raw: bytes, message: ForwardMsg) -> None:
        self._seen.messages += 1
        self._seen.received += len(raw)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._pages = {
                page.page_script_hash: page.url_pathname for page in message.navigation.app_pages
            }
            self._page = message.navigation.page_script_hash
        elif kind == "new_session" and not message.metadata.run.fragment_ids:
            self._page = message.new_session.page_script_hash
        if kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                self._seen.errors["the script did not compile"] += 1
            return
        self._marks(raw, message)
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._faults(message)

    def _marks(self, raw: bytes, message: ForwardMsg) -> None:
        for word, number in set(MARKS.findall(raw)):
            if number == self._own:
                continue
            page = self._pages.get(self._page, "")
            listed = word.decode() != TEXT_MARK and (
                page == _LISTS or message.delta.new_element.WhichOneof("type") == "selectbox"
            )
            if not listed and page != _COMPARES:
                where = f"{page!r}, {message.WhichOneof('type')}"
                found = f"person {self._person} got {(word + number).decode()} on {where}"
                self._seen.mixings[found] += 1

    def _faults(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        where = self._pages.get(self._page)
        if kind == "exception":
            fault = f"{element.exception.type}: {element.exception.message}"
            self._seen.errors[f"{where}: {fault}"[:300]] += 1
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            self._seen.errors[f"{where}: {element.alert.body}"[:300]] += 1
