"""Everything in one archive, and the charts on one page."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from argmap.export import EXPORTERS
from argmap.export.bundle import to_zip
from argmap.export.charts_page import charts_to_html
from argmap.export.names import file_name
from argmap.records import Debate
from tests.dashboard.debates import HOSTILE, make_debate


@pytest.fixture(scope="module")
def debate() -> Debate:
    return make_debate()


def test_archive_holds_every_format_as_it_is_by_itself_and_the_charts(debate: Debate) -> None:
    told: list[tuple[int, int]] = []
    data = to_zip(debate, progress=lambda _, done, total: told.append((done, total)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = [file_name(debate.title, exporter.suffix) for exporter in EXPORTERS.values()]
        assert archive.namelist() == [*names, "nurse-pay.charts.html"]
        for name, exporter in zip(names, EXPORTERS.values(), strict=True):
            assert archive.read(name) == exporter.text(debate).encode("utf-8")
    assert told == [(number, len(names) + 1) for number in range(len(names) + 1)]
    assert to_zip(debate) == data


def test_charts_page_has_each_chart_with_two_buttons_and_no_markup_of_a_name(
    debate: Debate,
) -> None:
    page = charts_to_html(debate)
    found = re.search(r'<script type="application/json" id="charts">(.*?)</script>', page, re.S)
    assert found is not None
    charts = json.loads(found[1])
    assert len(charts) == 4
    assert page.count('data-format="svg"') == page.count('data-format="png"') == 4
    assert HOSTILE[0] not in page
    assert "default-src &#39;none&#39;; script-src" in page
    assert charts_to_html(debate) == page


def test_charts_page_of_a_debate_without_a_judged_sentence_says_so() -> None:
    made = make_debate()
    bare = Debate(made.title, made.run, made.documents, (), made.topics)
    assert "nothing to draw yet" in charts_to_html(bare)
