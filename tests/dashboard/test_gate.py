"""Who is let in, without a page: how a proxy is told, and how long a wrong guess waits."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from argmap.dashboard import gatekeeper
from argmap.dashboard.attempts import FREE, LONGEST, Attempts
from argmap.dashboard.gatekeeper import SECRET_HEADER, Gate, behind_proxy, from_environment
from argmap.errors import InputError

SECRET = "0123456789abcdef"


def values(**headers: str | list[str]) -> Any:
    held = {name.replace("_", "-").lower(): value for name, value in headers.items()}

    def of(name: str) -> list[str]:
        found = held.get(name.lower(), [])
        return [found] if isinstance(found, str) else found

    return of


@pytest.mark.parametrize(
    ("peer", "trusted"),
    [
        ("10.0.0.5", True), ("10.0.1.77", True), ("10.0.2.1", False), ("::ffff:10.0.0.5", True),
        ("fd00::1", True), ("fd01::1", False), ("127.0.0.1", False), ("", False), (None, False),
        ("10.0.0.5, 1.1.1.1", False), ("argmap.example", False),
    ],
)  # fmt: skip
def test_a_proxy_is_told_by_its_address(peer: str | None, trusted: bool) -> None:
    gate = behind_proxy("X-Forwarded-User", proxies=("10.0.0.5", "10.0.1.0/24", "fd00::/16"))
    assert gate.trusts(values(X_Argmap_Proxy_Secret=SECRET), peer) == trusted


@pytest.mark.parametrize(
    ("given_secret", "trusted"),
    [(SECRET, True), (SECRET[:-1], False), (SECRET + "0", False), ("", False), ([], False),
     ([SECRET, SECRET], False), ([SECRET, "x"], False), ("é" * 16, False), ("\udcff", False)],
)  # fmt: skip
def test_a_proxy_is_told_by_its_secret(given_secret: Any, trusted: bool) -> None:
    # With a secret the address is not enough.
    gate = behind_proxy("X-Forwarded-User", secret=SECRET, proxies=("127.0.0.1",))
    assert gate.trusts(values(X_Argmap_Proxy_Secret=given_secret), "127.0.0.1") == trusted


@pytest.mark.parametrize(
    ("header", "name"),
    [("Ada", "ada"), ("ada@example.org", "ada@example.org"), ([], None), ("", None), ("*", None),
     (["ada", "bob"], None), ("a b", None), ("ada, bob", None),
     ("zo\u00c3\u00ab", "zo\u00eb"), ("zo\u00eb", "zo\u00eb"), ("\u0142ada", "\u0142ada")],
)  # fmt: skip
def test_a_proxy_names_one_user(header: Any, name: str | None) -> None:
    gate = behind_proxy("X-Forwarded-User", secret=SECRET)
    assert gate.named(values(X_Forwarded_User=header)) == name


@pytest.mark.parametrize(
    ("header", "options", "told"),
    [
        ("X-User", {}, "anybody could name themselves"),
        ("X-User", {"proxies": ("", " ")}, "anybody could name themselves"),
        ("X-User", {"secret": "short"}, "fewer than 16"),
        ("X-User", {"proxies": ("here",)}, "no address of a proxy"),
        ("X-User", {"proxies": ("10.0.0.1/8",)}, "no address of a proxy"),
        ("", {"secret": SECRET}, "cannot be the name of a header"),
        ("X User", {"secret": SECRET}, "cannot be the name of a header"),
        (SECRET_HEADER.lower(), {"secret": SECRET}, "Name another header"),
    ],
)
def test_a_proxy_that_anybody_could_be_is_refused(
    header: str, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        behind_proxy(header, **options)


@pytest.mark.parametrize(
    "gate",
    [
        Gate(),
        Gate("password", users=Path("/some where/users.json")),
        behind_proxy("X-Forwarded-User", secret=SECRET),
        behind_proxy("X-User", proxies=("10.0.0.0/24", "fd00::1")),
    ],
)
def test_the_dashboard_reads_what_serve_says(gate: Gate) -> None:
    assert from_environment(gate.environment()) == gate


def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(InputError, match="no way to sign in"):
        from_environment({"ARGMAP_SIGN_IN": "no"})
    assert from_environment({}) == Gate()


def test_a_secret_is_one_line_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    with pytest.raises(InputError, match="cannot be read"):
        gatekeeper.secret_of(file)
    file.write_text("\n")
    with pytest.raises(InputError, match="no secret in this file"):
        gatekeeper.secret_of(file)
    file.write_text(f"{SECRET}\n")
    assert gatekeeper.secret_of(file) == SECRET


@pytest.mark.parametrize(
    ("address", "here"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True),
     ("localhost", True), ("0.0.0.0", False), ("::", False), ("10.0.0.1", False),
     ("localhost.example", False), ("", False), (None, False)],
)  # fmt: skip
def test_what_listens_on_this_machine_alone(address: str | None, here: bool) -> None:
    assert gatekeeper.only_here(address) == here


# --- every request, before any page ------------------------------------------------------------


def asked(kind: str, path: str, headers: dict[str, str], client: str) -> list[dict[str, Any]]:
    """What the proxy's door answers; ``app`` where the dashboard itself is asked."""
    from argmap.dashboard.behind_proxy import ProxyOnly

    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "app"})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("nothing is read of a request that is refused")

    door = ProxyOnly(app, gate=behind_proxy("X-User", secret=SECRET))
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "path": path, "headers": raw, "client": (client, 5)}
    asyncio.run(door(scope, receive, send))
    return sent


@pytest.fixture
def in_header_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in behind_proxy("X-User", secret=SECRET).environment().items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("path", ["/", "/media/abc.png", "/_stcore/upload_file/a/b", "/tree"])
def test_every_request_must_come_through_the_proxy(in_header_mode: None, path: str) -> None:
    assert asked("http", path, {SECRET_HEADER: SECRET}, "1.2.3.4") == [{"type": "app"}]
    for headers in ({}, {SECRET_HEADER: "x" * 16}, {"X-User": "ada"}):
        start, body = asked("http", path, headers, "127.0.0.1")
        assert start["status"] == 403
        assert b"proxy" in body["body"]


def test_the_websocket_must_come_through_the_proxy(in_header_mode: None) -> None:
    assert asked("websocket", "/_stcore/stream", {SECRET_HEADER: SECRET}, "") == [{"type": "app"}]
    (answer,) = asked("websocket", "/_stcore/stream", {"X-User": "ada"}, "127.0.0.1")
    assert answer["type"] == "websocket.close"


def test_the_servers_health_is_for_all(in_header_mode: None) -> None:
    assert asked("http", "/_stcore/health", {}, "") == [{"type": "app"}]
    assert asked("lifespan", "", {}, "") == [{"type": "app"}]


# --- wrong guesses -----------------------------------------------------------------------------


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_each_failure_makes_the_next_try_wait_longer() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for _ in range(FREE + 9):
        assert attempts.take("ada") == 0.0
        waits.append(attempts.take("ada") if len(waits) >= FREE - 1 else 0.0)
        clock.now += waits[-1]
    assert waits == [0.0] * (FREE - 1) + [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert attempts.take("bob") == 0.0
    attempts.passed("ada")
    assert [attempts.take("ada") for _ in range(FREE)] == [0.0] * FREE


@given(some.lists(some.tuples(some.sampled_from("ab"), some.floats(0, 100)), max_size=60))
def test_no_name_gets_more_tries_than_the_waiting_allows(steps: list[tuple[str, float]]) -> None:
    clock = Clock()
    attempts = Attempts(clock)
    allowed: dict[str, list[float]] = {"a": [], "b": []}
    for name, passes in steps:
        clock.now += passes
        wait = attempts.take(name)
        assert 0.0 <= wait <= LONGEST
        if wait == 0.0:
            allowed[name].append(clock.now)
    for times in allowed.values():
        for index in range(FREE, len(times)):
            least = min(LONGEST, 2.0 ** (index - FREE))
            assert times[index] - times[index - 1] >= least - 1e-9
