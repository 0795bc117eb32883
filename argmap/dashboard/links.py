"""What the address of a view may say: the parameters that pages declare, and links made of them.

Whoever follows a link may have it from anybody. So only what is declared here is read, each value
is looked at before it counts, and the rest is dropped; that an id names nothing is for the page to
say, see ``parts.header``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from argmap.structure import BYS, SEMANTICS

#: What a value is about: it is forgotten when another one of these is chosen.
Scope = Literal["reader", "debate", "motion"]

#: Longest value that is read. Keys of comparands are names from the sources, all else is ids.
MAX_VALUE = 300
#: Longest list of ids or names that is read.
_LIST = 4000


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that an address may say.

    Attributes:
        pages: paths of the pages that it belongs to; none for a parameter of every page.
        choices: every value there is; none where it is an id or a text.
        scope: ``"reader"`` for a way of looking that holds in every debate, ``"debate"`` for what
            is chosen in one debate, ``"motion"`` for what is chosen on one motion.
        longest: in characters.
    """

    name: str
    pages: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    scope: Scope = "debate"
    longest: int = MAX_VALUE

    def takes(self, value: str) -> bool:
        """Whether ``value`` can be one of this parameter."""
        if not 0 < len(value) <= self.longest:
            return False
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
            return False
        return not self.choices or value in self.choices


#: Every parameter, in the order in which an address gives them. A page that is to be reached by
#: link in some state of its own adds a line.
PARAMETERS: Mapping[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Parameter("debate", longest=64, scope="reader"),
        Parameter("motion"),
        Parameter("view", pages=("tree",), choices=("tree", "icicle", "outline"), scope="reader"),
        Parameter(
            "task",
            pages=("correct",),
            choices=("table", "judge", "agreement", "log"),
            scope="reader",
        ),
        Parameter("semantics", pages=("stands",), choices=SEMANTICS, scope="reader"),
        Parameter("node", pages=("tree",), scope="motion"),
        Parameter("sentence"),
        Parameter("source", pages=("read",)),
        Parameter("by", pages=("compare",), choices=BYS),
        Parameter("a", pages=("compare",)),
        Parameter("b", pages=("compare",)),
        Parameter("size", pages=("tree",), choices=("count", "strength"), scope="reader"),
        Parameter("fold", pages=("tree",), scope="motion", longest=_LIST),
        Parameter("focus", pages=("tree",), scope="motion"),
        Parameter("speakers", pages=("tree",), longest=_LIST),
        Parameter("outlets", pages=("tree",), longest=_LIST),
        Parameter("since", pages=("tree",), longest=10),
        Parameter("until", pages=("tree",), longest=10),
        Parameter("least", pages=("tree",), longest=3),
        Parameter("unanswered", pages=("tree",), choices=("yes",)),
        Parameter("part", pages=("speakers",), scope="reader", longest=20),
        Parameter("speaker", pages=("speakers",)),
        Parameter("whom", pages=("speakers",)),
        Parameter("labels", pages=("read",), longest=40),
        Parameter("voices", pages=("read",), longest=_LIST),
        Parameter("only", pages=("read",), choices=("corrected",)),
        Parameter("sure", pages=("read",), longest=10),
        Parameter("find", pages=("read",)),
        Parameter("place", pages=("read",), longest=20),
    )
}


def clean(query: Mapping[str, str]) -> dict[str, str]:
    """What of an address's query is declared and can be meant, in the order of the registry."""
    return {
        name: query[name]
        for name, parameter in PARAMETERS.items()
        if name in query and parameter.takes(query[name])
    }


def on_page(page: str, view: Mapping[str, str | None]) -> dict[str, str]:
    """What of a view the address of one page says.

    Args:
        page: the page's path, empty for the first page.
    """
    return {
        name: value
        for name, parameter in PARAMETERS.items()
        if (value := view.get(name)) and (not parameter.pages or page in parameter.pages)
    }


def forgotten(changed: Scope, names: Iterable[str]) -> tuple[str, ...]:
    """The parameters that lose their sense when another debate or another motion is chosen."""
    gone = {"debate": ("debate", "motion"), "motion": ("motion",)}.get(changed, ())
    return tuple(name for name in names if PARAMETERS[name].scope in gone)


def address(base: str, page: str, view: Mapping[str, str], *, pages: Collection[str]) -> str:
    """The link to a view on this server.

    Args:
        base: an address of this server as the browser knows it, of whatever page.
        page: path of the page to open.
        pages: every page's path, to tell the page in ``base`` from a folder before it.
    """
    parts = urlsplit(base)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    root = folder if last in pages else parts.path.rstrip("/")
    query = urlencode(on_page(page, view), quote_via=quote)
    return urlunsplit((parts.scheme, parts.netloc, f"{root}/{page}", query, ""))


def only_here(base: str) -> bool:
    """Whether a server's address is one that only its own machine can open."""
    return (urlsplit(base).hostname or "localhost") in ("localhost", "127.0.0.1", "::1")
