"""No cell of any table that is taken away begins as a formula does."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.corrections import replay
from argmap.dashboard import event_log
from argmap.export import to_csv
from argmap.export.table import write_csv
from argmap.records import Debate, Edit
from tests.export.hostile import hostile_debate

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1",
    "\u200b=cmd|' /C calc'!A0", "＝1+1", "=HYPERLINK(\"http://evil.example\")",
    "\x00=1", "\u2028=1", "\u2062+1", "\u180e=1", "\u061c=1", "\u3164=1", "\ufe0f=1",
    "＋1", "－1", "＠1", "−1",
)  # fmt: skip
# What a spreadsheet may drop before it looks at the first character: all that is not seen.
UNSEEN = re.compile(
    r"^(?:\s|[\x00-\x1f\x7f-\xa0\u00ad\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0])+"
)


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def harmless(cell: str) -> bool:
    first = UNSEEN.sub("", cell)[:1]
    return cell[:1] not in ("\t", "\r", "\n") and first not in (
        "=",
        "+",
        "-",
        "@",
        "＝",
        "＋",
        "－",
        "＠",
    )


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_any_text_is_text_in_the_table(formula: str) -> None:
    (line,) = cells(write_csv(("a",), [(formula,)]))[1:]
    assert harmless(line), repr(line)


@given(text=st.text(alphabet=st.sampled_from("=+-@\t\r\n \u200b\u00a0\ufeff\x00a1－"), max_size=6))
def test_no_text_is_a_formula_in_a_table(text: str) -> None:
    assert all(map(harmless, cells(write_csv(("a",), [(text,)]))))


def _edited(formula: str) -> Debate:
    base = hostile_debate()
    edits = (
        Edit.create(
            "rename", sequence=1, time="2026-01-01T00:00:00+00:00", author=formula,
            speaker="p0", name=formula,
        ),
        Edit.create(
            "label", sequence=2, time="2026-01-01T00:00:00+00:00", author=formula,
            statements=(base.statements[0].id,), topic=base.topics[0].id, label="con",
        ),
    )  # fmt: skip
    speakers = (replace(base.speakers[0], name=formula), *base.speakers[1:])
    documents = (replace(base.documents[0], title=formula, outlet=formula), *base.documents[1:])
    return replace(base, edits=edits, speakers=speakers, documents=documents, title=formula)


@pytest.mark.parametrize("formula", FORMULAS[:12])
def test_the_log_of_corrections_and_the_table_hold_no_formula(formula: str) -> None:
    debate = _edited(formula)
    assert [c for c in cells(to_csv(debate)) if not harmless(c)] == []
    outcomes = replay(debate, debate.edits).outcomes
    turned = {outcome.edit.id: (formula, formula) for outcome in outcomes}
    found = cells(event_log.to_csv(outcomes, outcomes, turned))
    assert any(formula.strip() in cell for cell in found)
    assert [cell for cell in found if not harmless(cell)] == []
