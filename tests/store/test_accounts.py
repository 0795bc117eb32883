"""The file of users: salted hashes, whole at any moment, and its owner's alone."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from argmap.errors import StoreError
from argmap.store import accounts
from argmap.store.accounts import LONGEST, SHORTEST, Accounts
from tests.store.conftest import SQLITE

# Nothing here lies in the database.
pytestmark = SQLITE
WORDS = "four words not related"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "users.json"


def test_users_sign_in_with_their_own_password_alone(path: Path) -> None:
    users = Accounts(path)
    assert users.names() == ()
    assert users.admit("ada", WORDS) is None
    assert users.add(" Ada ", WORDS) == "ada"
    users.add("bob", WORDS + " either")
    assert users.names() == ("ada", "bob")
    assert users.admit("ADA", WORDS) == "ada"
    for name, password in (
        ("ada", WORDS + " either"), ("ada", WORDS[:-1]), ("ada", ""), ("bob", WORDS),
        ("carol", WORDS), ("", ""), ("*", WORDS), ("ada", WORDS + "\udcff"),
    ):  # fmt: skip
        assert users.admit(name, password) is None


def test_no_password_is_in_the_file_and_two_alike_do_not_look_it(path: Path) -> None:
    for name in ("ada", "bob"):
        Accounts(path).add(name, WORDS)
    text = path.read_text(encoding="utf-8")
    assert WORDS not in text
    one, other = json.loads(text)["users"]
    assert one["salt"] != other["salt"] and one["hash"] != other["hash"]
    assert (one["n"], one["r"], one["p"]) == (2**15, 8, 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_changed_password_is_another_and_a_removed_user_is_gone(path: Path) -> None:
    users = Accounts(path)
    users.add("ada", WORDS)
    before = users.stamp("ada")
    users.change("Ada", WORDS + " at all")
    assert users.admit("ada", WORDS) is None
    assert users.admit("ada", WORDS + " at all") == "ada"
    assert users.stamp("ada") not in (None, before)
    users.remove("ada")
    assert users.admit("ada", WORDS + " at all") is None
    assert users.stamp("ada") is None
    for step in (users.remove, lambda name: users.change(name, WORDS)):
        with pytest.raises(StoreError, match="no user ada"):
            step("ada")


def test_a_name_is_taken_once_and_a_password_is_long_enough(path: Path) -> None:
    users = Accounts(path)
    users.add("ada", WORDS)
    with pytest.raises(StoreError, match="a user ada already"):
        users.add("ADA", WORDS)
    for password in ("", "x" * (SHORTEST - 1), "x" * (LONGEST + 1)):
        with pytest.raises(StoreError, match="A password has"):
            users.add("bob", password)
        with pytest.raises(StoreError, match="A password has"):
            users.change("ada", password)
    assert users.admit("ada", WORDS) == "ada"


@pytest.mark.parametrize("content", ["", "[]", '{"version": 2, "users": []}', '{"version": 1}'])
def test_a_file_of_another_kind_is_told_and_left(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    for step in (Accounts(path).names, lambda: Accounts(path).add("ada", WORDS)):
        with pytest.raises(StoreError, match="is not one that argmap users wrote"):
            step()
    assert path.read_text() == content


def test_a_write_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = Accounts(path)
    users.add("ada", WORDS)
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(accounts.json, "dump", full)
    with pytest.raises(StoreError, match=r"cannot be written: No space left on device"):
        users.add("bob", WORDS)
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_name_that_is_nobodys_costs_the_same_work(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = Accounts(path)
    users.add("ada", WORDS)
    done: list[tuple[int, int, int]] = []
    hashed = accounts._hashed

    def counted(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
        done.append((n, r, p))
        return hashed(password, salt, n, r, p)

    monkeypatch.setattr(accounts, "_hashed", counted)
    users.admit("ada", "wrong")
    users.admit("carol", "wrong")
    assert done[0] == done[1] and len(done) == 2
