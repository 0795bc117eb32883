"""The load harness in small: three browsers, one server, the models' stand-ins."""

from __future__ import annotations

import pytest

from tests.load.report import faults, table
from tests.load.running import Outcome, Plan, run


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
