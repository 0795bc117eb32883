"""The load harness in small: three browsers, one server, the models' stand-ins."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.browser.conftest import serve
from tests.load.client import Page, Part
from tests.load.report import faults, table
from tests.load.running import FAKES as SLOW
from tests.load.running import Outcome, Plan, run
from tests.load.watching import Seen, Watch


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    plan = Plan(
        browsers=3,
        actions=14,
        pace=0.0,
        sentences=12,
        between=4,
        fakes=True,
        beside=False,
        seed=3,
    )
    return run(plan, tmp_path_factory.mktemp("load"))


def test_three_browsers_map_and_click_without_a_fault_or_a_word_of_each_other(
    outcome: Outcome,
) -> None:
    assert faults(outcome) == []
    for record in (*outcome.mapping, *outcome.clicking):
        assert len(record.clicks) >= outcome.plan.actions
        assert record.seen.messages > 0
    assert all(len(r.mapped) + r.left >= 1 for r in outcome.mapping)


def test_report_counts_what_was_done(outcome: Outcome) -> None:
    everyone = (*outcome.mapping, *outcome.clicking)
    told = table(outcome)
    assert f"| actions | {sum(len(r.clicks) for r in everyone):,} |" in told
    assert "| words of another's debate received | 0 |" in told


def test_place_in_the_queue_is_kept_when_the_connection_breaks(tmp_path: Path) -> None:
    with serve(SLOW, tmp_path / "home") as server:
        asyncio.run(break_off(server.url.removeprefix("http://")))


async def break_off(host: str) -> None:
    seen = Seen()
    first, second = (Page(host, cookie=str(n), heard=Watch(n, seen)) for n in range(2))
    for page in (first, second):
        await page.open()
        await page.go("new")
        for label, kind, value in (
            ("Paste a text", "text_area", "Nurses need more pay. It costs too much."),
            ("Motion 1", "text_input", "Pay should rise slowly."),
        ):
            await page.set(labelled(page, kind, label), value)
        await page.press(labelled(page, "button", "Map the debate"))
    assert told(second)
    await second.reconnect()
    assert told(second)
    await second.press(labelled(second, "button", "Leave the queue"))
    await second.go("new")
    assert not told(second)
    assert not seen.errors
    for page in (first, second):
        await page.close()


def labelled(page: Page, kind: str, label: str) -> Part:
    part = page.labelled(kind, label)
    assert part is not None, (kind, label)
    return part


def told(page: Page) -> bool:
    texts = [part.proto.text for part in page.find("progress")]
    return any("second in the queue" in text for text in texts)
