"""The table of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from tests.load.people import Record
from tests.load.running import Outcome

_WHY = "ask why"


def table(outcome: Outcome) -> str:
    """Actions, faults, memory, latencies and waits, as Markdown."""
    everyone = (*outcome.mapping, *outcome.clicking)
    loads = [sample.load for sample in outcome.samples]
    plan = outcome.plan
    waits = [s for record in outcome.mapping for s in record.waits]
    mapped = [s for record in outcome.mapping for s in record.mapped]
    places: Counter[int] = sum((r.places for r in outcome.mapping), Counter())
    lines = [
        f"{plan.browsers} browsers, {len(outcome.mapping)} of them mapping; pace {plan.pace:g} s; "
        f"{outcome.seconds / 60:.1f} min; seed {plan.seed}; "
        f"{'stand-in' if plan.fakes else 'shipped'} models; load average of the machine "
        f"{min(loads):.1f} to {max(loads):.1f}, median {np.median(loads):.1f}",
        "",
        "| | |",
        "|---|---|",
        f"| actions | {sum(len(r.clicks) for r in everyone):,} |",
        f"| articles mapped / given up | {len(mapped)} / {sum(r.left for r in outcome.mapping)} |",
        f"| errors on pages | {sum(sum(r.seen.errors.values()) for r in everyone)} |",
        f"| visits that broke off | {len(outcome.failures)} |",
        f"| faults in the server's log | {len(outcome.log)} |",
        f"| words of another's debate received | "
        f"{sum(sum(r.seen.mixings.values()) for r in everyone)} |",
        f"| messages / MB received | {sum(r.seen.messages for r in everyone):,} / "
        f"{sum(r.seen.received for r in everyone) / 1e6:,.0f} |",
        f"| server's memory, MB: start, quarters, end | {_quarters(outcome)} |",
        f"| processor seconds: server / the people themselves | {outcome.server_busy:,.0f} / "
        f"{outcome.clients_busy:,.0f} |",
        f"| seconds in the queue | {_spread(waits)} |",
        f"| seconds from the press to the map | {_spread(mapped)} |",
        f"| places read | {', '.join(f'{n}: {places[n]}' for n in sorted(places)) or 'none'} |",
        "",
        "| seconds to answer a click | n | median | p95 | worst | over 2 s |",
        "|---|---:|---:|---:|---:|---:|",
        _row("those who do not map", _seconds(outcome.clicking, but=_WHY)),
        _row("those who map", _seconds(outcome.mapping, but=_WHY)),
    ]
    if outcome.beside is not None:
        lines.append(_row("idle server, same minutes", _seconds([outcome.beside], but=_WHY)))
    kinds = sorted({what for r in outcome.clicking for _, what, _ in r.clicks})
    lines += [_row(f"- {kind}", _seconds(outcome.clicking, only=kind)) for kind in kinds]
    return "\n".join(lines)


def faults(outcome: Outcome) -> list[str]:
    """Everything that must not happen and did, in words."""
    found = list(outcome.failures) + [f"log: {line}" for line in outcome.log]
    for record in (*outcome.mapping, *outcome.clicking):
        for counter in (record.seen.errors, record.seen.mixings):
            found += [f"{text} ({count} times)" for text, count in counter.items()]
    return found


def _quarters(outcome: Outcome) -> str:
    marks = [outcome.seconds * part / 4 for part in range(5)]
    nearest = [min(outcome.samples, key=lambda s: abs(s.at - mark)).megabytes for mark in marks]
    top = max(sample.megabytes for sample in outcome.samples)
    return f"{', '.join(f'{m:,.0f}' for m in nearest)} (most {top:,.0f})"


def _seconds(records: Sequence[Record], *, but: str = "", only: str = "") -> list[float]:
    return [
        seconds
        for record in records
        for _, what, seconds in record.clicks
        if what != but and only in ("", what)
    ]


def _row(name: str, seconds: Sequence[float]) -> str:
    if not seconds:
        return f"| {name} | 0 | | | | |"
    median, late = np.percentile(seconds, (50, 95))
    over = sum(s > 2 for s in seconds)
    return (
        f"| {name} | {len(seconds):,} | {median:.2f} | {late:.2f} | {max(seconds):.2f} | "
        f"{over} ({over / len(seconds):.1%}) |"
    )


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "none"
    median, late = np.percentile(seconds, (50, 95))
    return f"median {median:.1f}, p95 {late:.1f}, worst {max(seconds):.1f} (n {len(seconds)})"
