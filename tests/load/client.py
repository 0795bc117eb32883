"""A browser's side of Streamlit's protocol, without a browser: one web socket and its messages.

It keeps what is on the page, sends what a click would send, and asks again for the parts of the
page that ask to be renewed. Twenty of these cost less than one Chromium.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, Self

import websockets
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

_EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN
_TRIGGER = "$$STREAMLIT_INTERNAL_KEY_{id}__events"
# Longest wait for an answer; past this the page is held to be dead.
PATIENCE = 120.0
# Large messages that are kept, and how many of them the server is told of, so that it need not
# send them again. More are kept than told of: what it refers to may be some messages old.
_KNOWN, _TOLD = 400, 100


class PageError(Exception):
    """The page did not answer, or does not hold what should be pressed."""


@dataclass(frozen=True, slots=True)
class Part:
    """An element or block on the page.

    Attributes:
        kind: the name of its field in the protocol, such as ``button`` or ``expandable``.
        proto: its own message.
        run: in which run of the page it was drawn.
        fragment: the part of the page that can run by itself and holds it, or ``""``.
    """

    kind: str
    proto: Any
    run: int
    fragment: str


class Heard(Protocol):
    """Who is told of every message as it comes."""

    def __call__(self, raw: bytes, message: ForwardMsg) -> None: ...


class Page:
    """One open tab.

    Args:
        host: ``127.0.0.1:8501``.
        cookie: which browser it is; tabs of one browser have the same.
        heard: told of every message.
    """

    def __init__(self, host: str, *, cookie: str, heard: Heard) -> None:
        self._host, self._cookie, self._heard = host, cookie, heard
        self.parts: dict[tuple[int, ...], Part] = {}
        self.pages: dict[str, str] = {}
        self.page = ""
        self.query = ""
        self._values: dict[str, WidgetState] = {}
        self._known: dict[str, ForwardMsg] = {}
        self._run, self._whole = 0, True
        self._fragments: tuple[str, ...] = ()
        self._finished = asyncio.Event()
        self._asked, self._part = 0, False
        self._renewals: dict[str, asyncio.Task[None]] = {}
        self._reader: asyncio.Task[None] | None = None
        self._session = ""

    async def open(self, query: str = "") -> Self:
        """Connect and let the page draw for the first time."""
        self.query = query
        await self._connect()
        await self._answered(ClientState(query_string=query))
        return self

    async def reconnect(self) -> None:
        """Lose the connection and find the same session again, as a browser does."""
        await self.close()
        await self._connect()
        await self._send("")

    async def _connect(self) -> None:
        # The third is the session that is asked for; the second a token that only uploads need.
        asked = ["streamlit", *(("none", self._session) if self._session else ())]
        self._socket = await websockets.connect(
            f"ws://{self._host}/_stcore/stream",
            subprotocols=[websockets.Subprotocol(one) for one in asked],
            additional_headers={"Cookie": f"_streamlit_xsrf={self._cookie}"},
            max_size=None,
            ping_interval=None,
        )
        self._reader = asyncio.create_task(self._read())

    async def close(self) -> None:
        self._stop_renewing()
        if self._reader is not None:
            self._reader.cancel()
        await self._socket.close()

    # --- what is on the page -----------------------------------------------------------------

    def find(self, kind: str, wanted: Callable[[Any], bool] = lambda proto: True) -> Iterator[Part]:
        """Parts of a kind, from top to bottom."""
        for _, part in sorted(self.parts.items()):
            if part.kind == kind and wanted(part.proto):
                yield part

    def labelled(self, kind: str, label: str) -> Part | None:
        """The first part of a kind whose label begins so and that can be used."""
        return next(
            self.find(
                kind,
                lambda p: p.label.startswith(label) and not getattr(p, "disabled", False),
            ),
            None,
        )

    def views(self) -> Iterator[tuple[str, Any]]:
        """The views of ``argmap.dashboard.component``: id and data."""
        for part in self.find("bidi_component"):
            data = part.proto.json or part.proto.mixed.json
            with suppress(ValueError):
                yield part.proto.id, json.loads(data)

    def picks(self) -> list[tuple[str, str]]:
        """What can be picked in the views: the view's id and what it tells."""
        found: list[tuple[str, str]] = []

        def walk(view: str, node: Any) -> None:
            if isinstance(node, dict):
                if isinstance(node.get("pick"), str):
                    found.append((view, node["pick"]))
                for child in (*node.get("nodes", ()), *node.get("k", ())):
                    walk(view, child)

        for view, data in self.views():
            walk(view, data)
        return found

    def points(self) -> list[tuple[Part, str]]:
        """The markers that can be clicked in the charts, each with its ``customdata``."""
        found = []
        for chart in self.find("plotly_chart", lambda proto: bool(proto.id)):
            for trace in json.loads(chart.proto.spec).get("data", ()):
                data = trace.get("customdata")
                for own in data if isinstance(data, list) else ():
                    first = own[0] if isinstance(own, list) and own else own
                    if isinstance(first, str):
                        found.append((chart, first))
        return found

    # --- what a person does ------------------------------------------------------------------

    async def press(self, part: Part) -> float:
        """Press a button; seconds until the page had answered."""
        return await self._send(part.fragment, WidgetState(id=part.proto.id, trigger_value=True))

    async def pick(self, view: str, value: str) -> float:
        """Click on what can be picked in a view."""
        told = json.dumps([{"event": "picked", "value": value}])
        trigger = WidgetState(id=_TRIGGER.format(id=view), json_trigger_value=told)
        return await self._send("", trigger)

    async def set(self, part: Part, value: str | bool | list[str]) -> float:
        """Type a text, choose an option, or turn a switch."""
        state = WidgetState(id=part.proto.id)
        if isinstance(value, bool):
            state.bool_value = value
        elif isinstance(value, list):
            state.string_array_value.data[:] = value
        else:
            state.string_value = value
        self._values[state.id] = state
        return await self._send(part.fragment)

    async def choose_point(self, chart: Part, node: str) -> float:
        """Click on the marker of a chart whose ``customdata`` is ``node``."""
        point = {"customdata": [node], "point_index": 0, "curve_number": 0, "point_number": 0}
        chosen = {"points": [point], "point_indices": [0], "box": [], "lasso": []}
        return await self.set(chart, json.dumps({"selection": chosen}))

    async def go(self, name: str, query: str | None = None) -> float:
        """Follow the link to a page, by the last part of its address."""
        if name not in self.pages:
            raise PageError(f"no page {name!r} among {sorted(self.pages)}")
        self.page = self.pages[name]
        if query is not None:
            self.query = query
        self._values.clear()
        return await self._send("", page_name=name)

    # --- the protocol ------------------------------------------------------------------------

    async def _send(self, fragment: str, *triggers: WidgetState, page_name: str = "") -> float:
        state = ClientState(
            query_string=self.query,
            page_script_hash=self.page,
            page_name=page_name,
            fragment_id=fragment,
            cached_message_hashes=list(self._known)[-_TOLD:],
        )
        state.widget_states.widgets.extend([*self._values.values(), *triggers])
        return await self._answered(state)

    async def _answered(self, state: ClientState) -> float:
        began = time.monotonic()
        self._asked, self._part = self._run, bool(state.fragment_id)
        self._finished.clear()
        message = BackMsg()
        message.rerun_script.CopyFrom(state)
        await self._socket.send(message.SerializeToString())
        try:
            async with asyncio.timeout(PATIENCE):
                waiting = asyncio.create_task(self._finished.wait())
                assert self._reader is not None
                done, _ = await asyncio.wait(
                    {waiting, self._reader}, return_when=asyncio.FIRST_COMPLETED
                )
            if waiting not in done:
                waiting.cancel()
                self._reader.result()
                raise PageError("the server closed the connection")
        except TimeoutError:
            raise PageError(f"no answer within {PATIENCE:.0f} s") from None
        return time.monotonic() - began

    async def _read(self) -> None:
        async for raw in self._socket:
            assert isinstance(raw, bytes)
            message = ForwardMsg.FromString(raw)
            if message.WhichOneof("type") == "ref_hash":
                known = ForwardMsg()
                known.CopyFrom(self._known[message.ref_hash])
                known.metadata.CopyFrom(message.metadata)
                message = known
            elif message.metadata.cacheable:
                self._known.pop(message.hash, None)
                self._known[message.hash] = message
                while len(self._known) > _KNOWN:
                    del self._known[next(iter(self._known))]
            self._heard(raw, message)
            self._take(message)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._run += 1
            self._session = message.new_session.initialize.session_id
            self._fragments = tuple(message.metadata.run.fragment_ids)
            self._whole = not self._fragments
            if self._whole:
                self.page = message.new_session.page_script_hash
                self._stop_renewing()
        elif kind == "navigation":
            self.pages = {p.url_pathname: p.page_script_hash for p in message.navigation.app_pages}
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._renew(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "delta":
            self._draw(message)
        elif kind == "script_finished":
            self._end(message.script_finished)

    def _draw(self, message: ForwardMsg) -> None:
        path, delta = tuple(message.metadata.delta_path), message.delta
        kind = delta.WhichOneof("type")
        if kind not in ("new_element", "add_block"):
            return
        holder: Message = getattr(delta, kind)
        name = holder.WhichOneof("type") or "block"
        proto = getattr(holder, name, holder)
        self.parts[path] = Part(name, proto, self._run, delta.fragment_id)
        # What the server sets by itself counts as if it had been typed.
        if getattr(proto, "set_value", False):
            own = WidgetState(id=proto.id)
            if name in ("text_input", "text_area"):
                own.string_value = proto.value
            elif name == "selectbox":
                own.string_value = proto.raw_value
            elif name in ("button_group", "multiselect"):
                own.string_array_value.data[:] = proto.raw_values
            elif name == "checkbox":
                own.bool_value = proto.value
            else:
                return
            self._values[own.id] = own

    def _end(self, status: int) -> None:
        if status != _EARLY:
            gone = [
                path
                for path, part in self.parts.items()
                if part.run < self._run and (self._whole or part.fragment in self._fragments)
            ]
            for path in gone:
                del self.parts[path]
            if self._whole:
                shown = {getattr(p.proto, "id", "") for p in self.parts.values()}
                self._values = {i: value for i, value in self._values.items() if i in shown}
        # A run that began before the click answers nothing of it, nor does a renewal.
        if self._run > self._asked and status != _EARLY and (self._whole or self._part):
            self._finished.set()

    def _renew(self, fragment: str, interval: float) -> None:
        async def again() -> None:
            while True:
                await asyncio.sleep(interval)
                state = ClientState(
                    query_string=self.query,
                    page_script_hash=self.page,
                    fragment_id=fragment,
                    is_auto_rerun=True,
                    cached_message_hashes=list(self._known)[-_TOLD:],
                )
                state.widget_states.widgets.extend(self._values.values())
                message = BackMsg()
                message.rerun_script.CopyFrom(state)
                await self._socket.send(message.SerializeToString())

        if fragment not in self._renewals:
            self._renewals[fragment] = asyncio.create_task(again())

    def _stop_renewing(self) -> None:
        for task in self._renewals.values():
            task.cancel()
        self._renewals.clear()
