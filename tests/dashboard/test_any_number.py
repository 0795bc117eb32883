"""Every number that the pages take, in an address, a field or a file: clamped or passed over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.dashboard import filters, links, models, treeview
from argmap.projectfile import dumps, loads
from argmap.records import Debate
from tests.dashboard.conftest import OpenApp

ODD = ("-1", "0", "99", "100", "3", "1e3", "nan", "inf", "٣", "²", "9" * 10, "0x10", "", " 5")


@pytest.mark.parametrize(
    ("page", "name", "values"),
    [
        ("tree", "least", ("99", "100", "3", "٣", "²")),
        ("tree", "since", ("2031-13-45", "٢٠٣١", "9999")),
        ("read", "sure", ("100-0", "٣-٩", "0-999", "nan-inf", "-5-5")),
        ("read", "place", ("٣", "9" * 20, "nan", "-1")),
    ],
)
def test_page_opens_whatever_number_its_address_holds(
    open_app: OpenApp, debate: Debate, page: str, name: str, values: tuple[str, ...]
) -> None:
    models.store().save(debate)
    at = open_app(page)
    for value in values:
        at.query_params[name] = value
        at.run()
        assert not at.exception, (value, at.exception)
        assert not at.error, (value, at.error[0].value)


@given(st.one_of(st.text(max_size=12), st.sampled_from(ODD)), st.text(max_size=4))
def test_any_range_of_sureness_is_one(first: str, last: str) -> None:
    least, most = filters._range(f"{first}-{last}")
    assert 0 <= least <= most <= 100


@given(st.one_of(st.text(), st.sampled_from(ODD)))
def test_any_folds_come_back_as_they_are_written(value: str) -> None:
    found = treeview.Folds.read(value)
    assert treeview.Folds.read(found.written) == found


@given(st.text(max_size=20), st.sampled_from(sorted(links.PARAMETERS)))
def test_whatever_passes_is_a_value_that_can_stand_in_a_link(value: str, name: str) -> None:
    view = links.clean({name: value})
    assert links.clean(view) == view


@pytest.mark.parametrize("threshold", ["abc", "", -1, 2, 10**400, True])
def test_a_debate_with_an_odd_threshold_opens(
    open_app: OpenApp, debate: Debate, threshold: str | float
) -> None:
    run = replace(debate.run, settings={"threshold": threshold, "use": "poetry"})
    models.store().save(loads(dumps(replace(debate, run=run))))
    at = open_app("model")
    at.switch_page("argmap/dashboard/pages/correct.py")
    at.query_params["task"] = "agreement"
    at.run()
    assert not at.exception, at.exception
    assert not at.error
