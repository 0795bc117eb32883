"""Readers who press buttons until the server is gone, and remember what the screen told them.

What a reader was told is a promise. What was pressed without an answer may have happened or not.
"""

from __future__ import annotations

import random
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from tests.store.driving import GoneError, Screen, screen

LABELS = {"pro": "\\+ For", "con": "− Against", "none": "· Takes no side", "unclear": "\\? Unclear"}
#: What was done to a debate, and to which.
Act = tuple[str, str]


@dataclass
class Reader(ABC):
    """One window in a thread of its own.

    Attributes:
        told: what the screen said was done, in order.
        pending: what was asked for and not answered.
        fault: what went wrong that should not have.
        ready: set once the window stands open.
    """

    port: int
    chosen: random.Random
    told: list[Act] = field(default_factory=list)
    pending: Act | None = None
    fault: BaseException | None = None
    ready: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        try:
            window = screen(self.port)
            with window.socket:
                self.begin(window)
                self.ready.set()
                while True:
                    self.step(window)
        except GoneError:
            pass
        except BaseException as error:
            self.fault = error
        finally:
            self.ready.set()

    def ask(self, kind: str, about: str) -> None:
        self.pending = (kind, about)

    def answered(self) -> None:
        """The screen has said that what was asked for is done."""
        assert self.pending is not None
        self.told.append(self.pending)
        self.pending = None

    @abstractmethod
    def begin(self, window: Screen) -> None:
        """Open the page."""

    @abstractmethod
    def step(self, window: Screen) -> None:
        """Do one thing, or a few."""


@dataclass
class Corrector(Reader):
    """Labels its own sentences of a debate that others correct too, and undoes some of it."""

    debate: str = ""
    statements: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)

    def begin(self, window: Screen) -> None:
        window.open("read", f"debate={self.debate}&sentence={self.statements[0]}")

    def step(self, window: Screen) -> None:
        statement = self.chosen.choice(self.statements)
        window.open("read", f"debate={self.debate}&sentence={statement}")
        key = f"label-{statement}-pay"
        for _ in range(self.chosen.randrange(1, 4)):
            # The label that stands is shown chosen; choosing it again is no correction.
            standing = list(window.widget(key=key).raw_values)
            free = [own for own, words in LABELS.items() if words not in standing]
            label = self.chosen.choice(free)
            self.ask(label, statement)
            window.pick(key=key, option=LABELS[label])
            assert window.says("Corrected"), window.alerts
            self.answered()
        if self.chosen.random() < 0.4:
            self.ask("undo", statement)
            window.press(key="undo-notice")
            assert window.says("Undone"), window.alerts
            self.answered()


@dataclass
class Keeper(Reader):
    """Copies a debate, renames the copy, deletes it and has it back."""

    debate: str = ""

    def begin(self, window: Screen) -> None:
        window.open("", f"debate={self.debate}")

    def step(self, window: Screen) -> None:
        window.open("", f"debate={self.debate}")
        self.ask("copy", self.debate)
        window.press(key="copy-open")
        assert window.says("This is your own copy"), window.alerts
        copy = window.address["debate"]
        self.pending = ("copy", copy)
        self.answered()
        for _ in range(self.chosen.randrange(3)):
            self.ask("delete", copy)
            window.press(key=f"delete-do-{copy}")
            assert any("is deleted." in text for text in window.texts), window.texts
            self.answered()
            if self.chosen.random() < 0.2:
                return
            self.ask("restore", copy)
            window.press(key="undo-delete-do")
            assert window.address["debate"] == copy, window.alerts
            self.answered()


@dataclass
class Mapper(Reader):
    """Maps debates of its own, each under a title that no other has."""

    name: str = ""
    made: int = 0

    def begin(self, window: Screen) -> None:
        window.open("new")

    def step(self, window: Screen) -> None:
        title, drafted = f"{self.name}-{self.made}", self.made
        self.made += 1
        window.open("new")
        window.fill(text_of(title), key=f"draft{drafted}-paste-text")
        window.fill("Nurses should receive a larger pay rise.", key=f"draft{drafted}-motion-m0")
        window.fill(title, key=f"draft{drafted}-title")
        self.ask("map", title)
        window.press(label="Map the debate")
        window.wait(lambda: window.says(f"“{title.replace('-', chr(92) + '-')}” is mapped"))
        self.answered()


def text_of(title: str) -> str:
    """The text that is mapped under a title."""
    lines = (f"Nurses need more pay, says letter {n} of {title}." for n in range(1, 25))
    return " ".join((*lines, "Pay is not the point."))
