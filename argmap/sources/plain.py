"""Plain text and Markdown, with or without front matter."""

from __future__ import annotations

from argmap.sources.assemble import apply_fields
from argmap.sources.characters import normalise
from argmap.sources.draft import Draft
from argmap.sources.frontmatter import split_front_matter
from argmap.sources.markdown import looks_like_markdown, strip_markdown
from argmap.sources.paragraphs import split_paragraphs


def read_plain(text: str, *, markdown: bool = False) -> Draft:
    """The paragraphs of a text and the fields of its front matter.

    Markdown marks come off where the file's name says so, or the text itself shows them.
    """
    fields, body = split_front_matter(normalise(text))
    removed: tuple[str, ...] = ()
    if markdown or looks_like_markdown(body):
        body, removed = strip_markdown(body)
        body = normalise(body)
    return apply_fields(Draft(split_paragraphs(body), removed=removed), fields)
