"""``argmap users``, and the ways in which ``argmap serve`` may listen beyond this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.cli import serving
from argmap.store import Store
from argmap.store.accounts import Accounts
from tests.cli.running import run
from tests.samples import sample_debate

WORDS = "four words not related"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path))
    for name in ("ARGMAP_USERS_FILE", "ARGMAP_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_users_are_added_listed_changed_and_removed(home: Path) -> None:
    assert run("users", "list").stdout == ""
    added = run("users", "add", "Ada", input=f"{WORDS}\n")
    assert (added.exit_code, added.stdout) == (0, "ada may sign in.\n")
    run("users", "add", "bob", input=f"{WORDS}\r\n")
    assert run("users", "list").stdout == "ada\nbob\n"
    accounts = Accounts(home / "users.json")
    assert accounts.admit("bob", WORDS) == "bob"
    assert run("users", "passwd", "ada", input=f"{WORDS} at all\n").exit_code == 0
    assert accounts.admit("ada", WORDS) is None
    assert accounts.admit("ada", f"{WORDS} at all") == "ada"
    assert run("users", "remove", "ADA").exit_code == 0
    assert run("users", "list").stdout == "bob\n"
    assert WORDS not in (home / "users.json").read_text()


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "ada"), "short\n", "A password has 12"),
        (("add", "a b"), f"{WORDS}\n", "A user's name has"),
        (("add", "ada"), "", "no password on standard input"),
        (("passwd", "ada"), f"{WORDS}\n", "no user ada"),
        (("remove", "ada"), "", "no user ada"),
    ],
)
def test_what_cannot_be_done_is_one_plain_line(
    home: Path, arguments: tuple[str, ...], typed: str, told: str
) -> None:
    result = run("users", *arguments, input=typed)
    assert result.exit_code == 1
    assert told in " ".join(result.stderr.split())
    assert not (home / "users.json").exists()


def test_what_is_nobodys_is_adopted() -> None:
    with Store() as store:
        own = store.save(sample_debate())
    assert run("users", "adopt", "ada").stdout == "1 debate is ada's now.\n"
    assert run("users", "adopt", "bob").stdout == "0 debates are bob's now.\n"
    with Store() as store:
        assert store.seen_by("ada").sees(own)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What would be run, with its environment."""
    found: list[tuple[list[str], dict[str, str]]] = []

    class Child:
        def __init__(self, command: list[str], env: dict[str, str]) -> None:
            found.append((command, env))

        def wait(self, timeout: float | None = None) -> int:
            return 0

        def poll(self) -> int:
            return 0

    monkeypatch.setattr("argmap.cli.serving.subprocess.Popen", Child)
    return found


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--address", "0.0.0.0"), "other machines can reach"),
        (("--address", "::"), "other machines can reach"),
        (("--address", "argmap.example"), "other machines can reach"),
        (("--password",), "no user in this file"),
        (("--user-header", "X-User"), "anybody could name themselves"),
        (("--trusted-proxy", "10.0.0.1"), "go with --user-header"),
        (("--users", "u.json"), "goes with --password"),
        (("--password", "--user-header", "X-User"), "not both"),
        (("--user-header", "X-User", "--proxy-secret-file", "absent"), "cannot be read"),
        (("--origin", "argmap.example"), "This is no address"),
    ],
)
def test_serve_refuses_what_would_let_everybody_in(
    started: list[object], arguments: tuple[str, ...], told: str
) -> None:
    result = run("serve", *arguments)
    assert result.exit_code == 1
    assert told in " ".join(result.stderr.split())
    assert started == []


def test_serve_hands_on_how_users_sign_in(
    home: Path, started: list[tuple[list[str], dict[str, str]]]
) -> None:
    secret = home / "secret"
    secret.write_text("0123456789abcdef\n")
    run("users", "add", "ada", input=f"{WORDS}\n")
    assert run("serve", "--address", "0.0.0.0", "--password").exit_code == 0
    proxy = ("--user-header", "X-User", "--proxy-secret-file", str(secret))
    assert run("serve", *proxy, "--origin", "https://argmap.example").exit_code == 0
    (by_password, first), (by_proxy, second) = started
    assert by_password[4] == str(serving.app_file())
    assert by_password[by_password.index("--server.address") + 1] == "0.0.0.0"
    assert by_password[by_password.index("--server.headless") + 1] == "true"
    assert first["ARGMAP_SIGN_IN"] == "password"
    assert first["ARGMAP_USERS_FILE"] == str(home / "users.json")
    assert by_proxy[4].endswith("behind_proxy.py") and Path(by_proxy[4]).is_file()
    assert by_proxy[by_proxy.index("--server.corsAllowedOrigins") + 1] == "https://argmap.example"
    assert by_proxy[by_proxy.index("--server.allowedHosts") + 1] == "argmap.example"
    assert by_password[by_password.index("--server.allowedHosts") + 1] == "*"
    assert second["ARGMAP_SIGN_IN"] == "header"
    # A secret is not in the command line, which every user of the machine can read.
    assert "0123456789abcdef" not in " ".join(by_proxy)
    assert second["ARGMAP_PROXY_SECRET"] == "0123456789abcdef"
    # Nor may a request say where it comes from.
    assert first["FORWARDED_ALLOW_IPS"] == second["FORWARDED_ALLOW_IPS"] == ""
