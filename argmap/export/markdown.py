"""A summary in Markdown, for notes, wikis and repositories: CommonMark with GitHub's tables."""

from __future__ import annotations

import re

from argmap.export.references import one_line, web_link
from argmap.export.report_view import Motion, Quote, ReportView
from argmap.export.trust import CAVEATS, made_by
from argmap.records import Debate
from argmap.wording import count, day

# Every mark that CommonMark, GitHub's extensions or mathematics in either give a meaning.
_MARKS = re.compile(r"([\\`*_{}\[\]<>|~$&@#=^])")
_START = re.compile(r"^(?:([-+])|(\d+)([.)])(?=\s|$))")
_LINKED = re.compile(r"(https?|ftp|mailto|xmpp):|\b(www)\.", re.I)
_ADDRESS = re.compile(r"[\s<>()\[\]\\|`\"]")
_QUOTES = 5


def escaped(text: str) -> str:
    """``text`` on one line so that Markdown shows exactly these characters, and links none."""
    plain = _MARKS.sub(r"\\\1", one_line(text))
    plain = _LINKED.sub(lambda m: rf"{m[1]}\:" if m[1] else rf"{m[2]}\.", plain)
    return _START.sub(lambda m: rf"\{m[1]}" if m[1] else rf"{m[2]}\{m[3]}", plain)


def to_markdown(debate: Debate) -> str:
    """Motions with their balance, key points, speakers; sources; method and caveats."""
    view = ReportView(debate)
    counted = (
        count(len(debate.documents), "source"),
        count(len(debate.statements), "statement"),
        count(len(debate.speakers), "speaker"),
    )
    lines = [f"# {escaped(debate.title) or 'Debate'}", "", f"{', '.join(counted)}.", ""]
    for motion in view.motions:
        lines += _motion(motion)
    lines += ["## Sources", ""]
    for source in view.sources:
        document = source.document
        known = [escaped(part) for part in (source.line, document.attributes.get("author")) if part]
        if accessed := document.attributes.get("accessed"):
            known.append(f"fetched {escaped(day(accessed) or '')}")
        lines.append(f"- {linked(document.title, source.url)}" + _after(known))
    lines += ["", "## Method and caveats", ""]
    lines += [f"- {escaped(caveat)}" for caveat in CAVEATS]
    lines += ["", "| Made by | |", "|---|---|"]
    lines += [f"| {escaped(name)} | {escaped(value)} |" for name, value in made_by(debate)]
    return "\n".join(lines) + "\n"


def _motion(motion: Motion) -> list[str]:
    lines = [f"## {escaped(motion.topic.motion)}", ""]
    lines += ["| " + " | ".join(item.name for item in motion.counts) + " |"]
    lines += ["|" + "---:|" * len(motion.counts)]
    lines += ["| " + " | ".join(f"{item.number:,}" for item in motion.counts) + " |", ""]
    lines += ["### Key points", ""]
    if not motion.points:
        lines += ["None: no sentences say much the same.", ""]
    for point in motion.points:
        over = f", a sub-point of “{escaped(point.over)}”" if point.over else ""
        lines += [f"**{point.name}**, {point.size}{over}: {escaped(point.text)}", ""]
        lines += [_quote(item) for item in point.quotes[:_QUOTES]]
        if len(point.quotes) > _QUOTES:
            lines.append(f"- and {count(len(point.quotes) - _QUOTES, 'more sentence')}")
        lines.append("")
    lines += _stands(motion)
    lines += ["### Speakers", ""]
    if not motion.positions:
        return [*lines, "Nobody who is named takes a side.", ""]
    lines += ["| Speaker | Stance | Mean | 95% interval | For | Against |"]
    lines += ["|---|---|---:|---:|---:|---:|"]
    for item in motion.positions:
        cells = (escaped(item.name), item.leaning, item.mean, item.interval, item.pro, item.con)
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return [*lines, ""]


def _stands(motion: Motion) -> list[str]:
    if motion.stands is None:
        return []
    lines = ["### What stands", ""]
    lines += [f"- {escaped(line)}" for line in motion.stands.about]
    for found in motion.stands.lists:
        lines += ["", f"**{found.title}**", ""]
        if not found.rows:
            lines.append(found.nothing)
        for row in found.rows:
            side = f"**{row.name}**: " if row.name else ""
            note = f" ({escaped(row.note)})" if row.note else ""
            lines.append(f"- {side}{escaped(row.text)}{note}")
        if found.more:
            lines.append(f"- and {found.more:,} more")
    return [*lines, ""]


def _quote(item: Quote) -> str:
    share = f" {item.share}" if item.share else ""
    known = (escaped(item.voice), escaped(item.source), f"{item.name.lower()}{share}")
    said = escaped(item.text)
    # A sentence that is a quotation has marks of its own.
    said = said if said.startswith(("“", '"', "‘")) else f"“{said}”"
    return f"- {said} ({'; '.join(part for part in known if part)})"


def linked(title: str, url: str | None) -> str:
    """``title`` as a link where ``url`` is one that a reader may be sent to."""
    link = web_link(url)
    if link is None:
        return escaped(title) or "Untitled"
    # Encoded, so that nothing in an address can end the link.
    target = _ADDRESS.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), one_line(link))
    return f"[{escaped(title) or 'Untitled'}](<{target}>)"


def _after(known: list[str]) -> str:
    return f" ({', '.join(known)})" if known else ""
