"""A browser without a screen: it speaks Streamlit's own protocol with a running dashboard.

What the page would show is what counts as shown. It is quick enough to press many buttons a
second from several threads, which a real browser is not.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect


class GoneError(Exception):
    """The server is gone."""


class StuckError(Exception):
    """The page did not do what was waited for."""


@dataclass
class Screen:
    """One page of one reader.

    Attributes:
        address: the parameters in the address.
        alerts: what the boxes on the page say, in order, since the last time anything was done.
        texts: the views' elements as JSON.
        widgets: what can be used, by id.
        values: what was typed, by id.
    """

    socket: ClientConnection
    page: str = ""
    query: str = ""
    alerts: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    widgets: dict[str, Any] = field(default_factory=dict)
    values: dict[str, WidgetState] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def address(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(self.query).items()}

    def open(self, page: str, query: str = "") -> None:
        """Go to a page as whoever types its address."""
        self.page, self.query = page, query
        self.values.clear()
        self.run()

    def run(self, *triggers: WidgetState, changed: str | None = None) -> None:
        """Let the page run, with what was typed and what is pressed now, and take it in."""
        self.widgets.clear()
        self.alerts.clear()
        self.texts.clear()
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self.query, self.page
        state.widget_states.widgets.extend([*self.values.values(), *triggers])
        try:
            self.socket.send(message.SerializeToString())
            # A script that asks for another run says so with a status of its own.
            while not self._take(self.socket.recv(60)):
                pass
        except (ConnectionClosed, OSError) as error:
            raise GoneError from error
        except TimeoutError as error:
            raise StuckError(f"page {self.page!r} never ended its run") from error
        if self.faults:
            raise StuckError(f"the page shows a fault: {self.faults}")

    def _take(self, data: str | bytes) -> bool:
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        match message.WhichOneof("type"):
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._element(message.delta.new_element)
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "navigation":
                pages = {p.page_script_hash: p for p in message.navigation.app_pages}
                now = pages.get(message.navigation.page_script_hash)
                if now is not None:
                    self.page = now.url_pathname if not now.is_default else ""
            case "session_event" if message.session_event.HasField("script_compilation_exception"):
                self.faults.append(str(message.session_event))
            case "script_finished":
                # 0 is the end of a whole run; one that begins again sends another.
                return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        inner = getattr(element, kind)
        if kind == "alert":
            self.alerts.append(inner.body)
        elif kind == "exception":
            self.faults.append(f"{inner.type}: {inner.message}")
        elif kind == "bidi_component":
            self.texts.append(inner.json)
        if found := getattr(inner, "id", ""):
            self.widgets[found] = inner

    def widget(self, *, key: str = "", label: str = "") -> Any:
        """The widget with this key, or this label.

        Raises:
            StuckError: it is not on the page.
        """
        for identifier, inner in self.widgets.items():
            if (key and identifier.endswith(f"-{key}")) or (
                label and getattr(inner, "label", None) == label
            ):
                return inner
        raise StuckError(
            f"there is no {key or label!r} on page {self.page!r}, which says {self.alerts} "
            f"{self.texts[-1:]}"
        )

    def press(self, *, key: str = "", label: str = "") -> None:
        """Press a button."""
        found = self.widget(key=key, label=label)
        if found.disabled:
            raise StuckError(f"{key or label!r} cannot be pressed")
        self.run(WidgetState(id=found.id, trigger_value=True))

    def pick(self, *, key: str, option: str) -> None:
        """Choose an option of a segmented control, by its words."""
        found = self.widget(key=key)
        state = WidgetState(id=found.id)
        state.string_array_value.data.append(option)
        self.run(state)

    def fill(self, text: str, *, key: str) -> None:
        """Type into a field; the page takes it in with the next run."""
        found = self.widget(key=key)
        self.values[found.id] = WidgetState(id=found.id, string_value=text)

    def says(self, start: str) -> bool:
        """Whether a box on the page begins with these words."""
        return any(alert.startswith(start) for alert in self.alerts)

    def wait(self, there: Callable[[], bool], *, seconds: float = 60.0) -> None:
        """Let the page run again and again, as it does by itself, until ``there``."""
        end = time.monotonic() + seconds
        while not there():
            if time.monotonic() > end:
                raise StuckError(f"page {self.page!r} says {self.alerts} {self.texts[-1:]}")
            time.sleep(0.05)
            self.run()


def screen(port: int) -> Screen:
    """Open a window of one's own.

    Raises:
        GoneError: there is no server.
    """
    try:
        socket = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
        )
    except (OSError, ConnectionClosed, TimeoutError) as error:
        raise GoneError from error
    return Screen(socket)
