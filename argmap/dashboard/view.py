"""Trees of elements whose text is only ever text: what the pages draw, before Streamlit.

The browser builds them with ``createElement`` and ``textContent`` from a short list of tags
and attributes (``assets/view.js``), so nothing that a document holds can become markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Tag = Literal[
    "a", "article", "blockquote", "button", "code", "dd", "details", "div", "dl", "dt", "em", "h2",
    "h3", "h4", "li", "mark", "ol", "p", "section", "small", "span", "strong", "summary",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
]  # fmt: skip

Role = Literal["tree", "treeitem", "group"]
Act = Literal["jump", "turn"]


@dataclass(frozen=True, slots=True)
class Element:
    """One element.

    Attributes:
        css: class names.
        pick: what Python is told when the reader clicks it or presses Enter on it.
        key: names the element across redraws, so that focus and scrolling survive.
        label: what a screen reader says in place of the text.
        note: the tooltip.
        share: 0 to 1, the length of a bar.
        current: marks the selected one.
        scroll: a box of its own that scrolls.
        open: for ``details``.
        href: for ``a``; the browser follows ``http`` and ``https`` addresses alone.
        role: its part in a tree that the keyboard walks (``assets/outline.js``); the ``key`` of a
            ``treeitem`` names it to Python.
        level: depth of a ``treeitem``, from 1.
        expanded: whether a ``treeitem`` that has others beneath it shows them.
        place: which of how many siblings a ``treeitem`` is, from 1.
        act: what a click does in a tree, and to the item of which key.
    """

    tag: Tag
    children: tuple[Node, ...] = ()
    css: str = ""
    pick: str | None = None
    key: str | None = None
    label: str | None = None
    note: str | None = None
    share: float | None = None
    current: bool = False
    scroll: bool = False
    open: bool = False
    href: str | None = None
    role: Role | None = None
    level: int | None = None
    expanded: bool | None = None
    place: tuple[int, int] | None = None
    act: tuple[Act, str] | None = None

    def data(self) -> dict[str, object]:
        """The shape that ``view.js`` reads; unset fields are left out."""
        optional: dict[str, object] = {
            "c": self.css,
            "pick": self.pick,
            "key": self.key,
            "label": self.label,
            "note": self.note,
            "share": self.share,
            "current": self.current,
            "scroll": self.scroll,
            "open": self.open,
            "href": self.href,
            "role": self.role,
            "level": self.level,
            "expanded": None if self.expanded is None else str(self.expanded).lower(),
            "place": self.place and list(self.place),
            "act": self.act and list(self.act),
            "k": [c if isinstance(c, str) else c.data() for c in self.children],
        }
        kept = {
            name: value
            for name, value in optional.items()
            # A bar of length 0 is a bar; every other empty value is no value.
            if value or (name == "share" and value is not None)
        }
        return {"t": self.tag, **kept}

    def walk(self) -> Iterator[Element]:
        """This element and every element below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    @property
    def text(self) -> str:
        """All text in it, in reading order."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)


Node = Element | str


def el(
    tag: Tag,
    *children: Node | None,
    css: str = "",
    pick: str | None = None,
    key: str | None = None,
    label: str | None = None,
    note: str | None = None,
    share: float | None = None,
    current: bool = False,
    scroll: bool = False,
    open: bool = False,
    href: str | None = None,
    role: Role | None = None,
    level: int | None = None,
    expanded: bool | None = None,
    place: tuple[int, int] | None = None,
    act: tuple[Act, str] | None = None,
) -> Element:
    """Make an element; children that are ``None`` or empty are left out."""
    return Element(
        tag,
        tuple(child for child in children if child),
        css=css,
        pick=pick,
        key=key,
        label=label,
        note=note,
        share=share,
        current=current,
        scroll=scroll,
        open=open,
        href=href,
        role=role,
        level=level,
        expanded=expanded,
        place=place,
        act=act,
    )
