"""The users of a shared server: a file of names and salted hashes of their passwords.

Hashed with scrypt (Percival & Josefsson 2016, RFC 7914) from the standard library at n = 2^15,
r = 8, p = 1: about 32 MB and a tenth of a second for each guess. No password is ever written.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from argmap.errors import StoreError
from argmap.store.access import user_name

#: Characters that a password has at least and at most.
SHORTEST, LONGEST = 12, 1024

_VERSION = 1
_N, _R, _P = 2**15, 8, 1
_BYTES = 32
_MOST_MEMORY = 128 * 1024 * 1024
# One guess at a time, so that guessing from many browsers costs the others neither memory nor
# the second core.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Kept:
    salt: bytes
    hash: bytes
    n: int
    r: int
    p: int

    @classmethod
    def of(cls, password: str) -> _Kept:
        salt = secrets.token_bytes(_BYTES)
        return cls(salt, _hashed(password, salt, _N, _R, _P), _N, _R, _P)

    def fits(self, password: str) -> bool:
        found = _hashed(password, self.salt, self.n, self.r, self.p)
        return hmac.compare_digest(found, self.hash)


class Accounts:
    """The users in a file, which is read anew at each question and written whole.

    Args:
        path: the file; an empty list of users where there is none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # What a name without a user is held against, so that it takes as long as one with.
        self._nobody = _Kept.of(secrets.token_hex())

    def names(self) -> tuple[str, ...]:
        """The users, by name.

        Raises:
            StoreError: the file cannot be read.
        """
        return tuple(sorted(self._read()))

    def add(self, name: str, password: str) -> str:
        """Add a user, and give their name as it is compared.

        Raises:
            StoreError: the name is taken or cannot be one, the password is too short or long, or
                the file cannot be read or written.
        """
        name, users = user_name(name), self._read()
        if name in users:
            raise StoreError(
                f"There is a user {name} already. Give them another password with "
                "argmap users passwd."
            )
        users[name] = _Kept.of(_checked(password))
        self._write(users)
        return name

    def change(self, name: str, password: str) -> None:
        """Give a user another password.

        Raises:
            StoreError: there is no such user, the password is too short or long, or the file
                cannot be read or written.
        """
        name, users = user_name(name), self._read()
        self._must_have(users, name)
        users[name] = _Kept.of(_checked(password))
        self._write(users)

    def remove(self, name: str) -> None:
        """Take a user out; what is theirs stays in the database.

        Raises:
            StoreError: there is no such user, or the file cannot be read or written.
        """
        name, users = user_name(name), self._read()
        self._must_have(users, name)
        del users[name]
        self._write(users)

    def admit(self, name: str, password: str) -> str | None:
        """The user's name where the password is theirs, else ``None``.

        It takes as long for a name that is nobody's, and compares in constant time.

        Raises:
            StoreError: the file cannot be read.
        """
        try:
            folded = user_name(name)
        except StoreError:
            folded = ""
        kept = self._read().get(folded)
        with _one_at_a_time:
            fits = (kept or self._nobody).fits(password[: LONGEST + 1])
        return folded if fits and kept is not None else None

    def stamp(self, name: str) -> str | None:
        """Changes whenever a user's password does; ``None`` where there is no such user.

        Whoever signed in before is signed out by it.

        Raises:
            StoreError: the file cannot be read.
        """
        kept = self._read().get(name)
        return None if kept is None else hashlib.sha256(kept.salt + kept.hash).hexdigest()

    def _must_have(self, users: dict[str, _Kept], name: str) -> None:
        if name not in users:
            raise StoreError(f"There is no user {name} in {self._path}. Look at argmap users list.")

    def _read(self) -> dict[str, _Kept]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            if found["version"] != _VERSION:
                raise ValueError("of another version")
            return {
                user["name"]: _Kept(
                    bytes.fromhex(user["salt"]),
                    bytes.fromhex(user["hash"]),
                    int(user["n"]),
                    int(user["r"]),
                    int(user["p"]),
                )
                for user in found["users"]
            }
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StoreError(
                f"The file of users {self._path} cannot be read: {error.strerror or error}. Let "
                "whoever runs the server read it."
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"The file of users {self._path} is not one that argmap users wrote. Restore it, "
                "or move it away and add the users again."
            ) from error

    def _write(self, users: dict[str, _Kept]) -> None:
        content = {
            "version": _VERSION,
            "users": [
                {
                    "name": name,
                    "salt": kept.salt.hex(),
                    "hash": kept.hash.hex(),
                    "n": kept.n,
                    "r": kept.r,
                    "p": kept.p,
                }
                for name, kept in sorted(users.items())
            ],
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # mkstemp's file is its owner's alone from the first moment.
            number, made = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
            try:
                with os.fdopen(number, "w", encoding="utf-8") as file:
                    json.dump(content, file, indent=2, ensure_ascii=False)
                    file.flush()
                    os.fsync(file.fileno())
                Path(made).replace(self._path)
            finally:
                with contextlib.suppress(FileNotFoundError):
                    Path(made).unlink()
        except OSError as error:
            raise StoreError(
                f"The file of users {self._path} cannot be written: {error.strerror or error}. "
                "Make its folder writable, or name another file."
            ) from error


def _checked(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise StoreError(
            f"A password has {SHORTEST} to {LONGEST:,} characters. Choose another: four or five "
            "words that have nothing to do with each other are easy to keep."
        )
    return password


def _hashed(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=_BYTES,
    )  # fmt: skip
