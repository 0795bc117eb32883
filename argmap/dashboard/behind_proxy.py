"""The dashboard for a proxy that says who is there: ``streamlit run`` this file.

Every request but the one for the server's health is refused unless it comes from the proxy:
pages, the websocket, uploads, and the files that charts and downloads are fetched as.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from streamlit.starlette import App

from argmap.dashboard import gatekeeper
from argmap.dashboard.gatekeeper import Gate
from argmap.resources import app_file

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_HEALTH = "/_stcore/health"


class ProxyOnly:
    """ASGI middleware that lets in what comes from the proxy."""

    def __init__(self, app: ASGIApp, *, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind not in ("http", "websocket") or (kind == "http" and scope["path"] == _HEALTH):
            await self._app(scope, receive, send)
            return

        def values(name: str) -> list[str]:
            wanted = name.lower().encode("ascii")
            return [v.decode("latin-1") for k, v in scope["headers"] if k.lower() == wanted]

        client = scope.get("client")
        if self._gate.trusts(values, client[0] if client else None):
            await self._app(scope, receive, send)
        elif kind == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            body = b"This server is reached through its proxy alone."
            await send({"type": "http.response.body", "body": body})


app = App(app_file(), middleware=[Middleware(ProxyOnly, gate=gatekeeper.from_environment())])
