"""What an address may say, and a link that reopens a view."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.dashboard import links, models, session
from argmap.records import Debate
from tests.dashboard.conftest import OpenApp, page_text
from tests.dashboard.debates import make_debate

PATHS = ("", "tree", "read", "compare", "take-away")


def opened(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query))


def test_what_is_not_declared_or_cannot_be_meant_is_dropped() -> None:
    query = {
        "debate": "m1",
        "unknown": "x",
        "view": "<script>",
        "semantics": "df-quad",
        "node": "k" * (links.MAX_VALUE + 1),
        "sentence": "u1\x00",
        "source": "",
        "motion": "\udcff",
    }
    assert links.clean(query) == {"debate": "m1", "semantics": "df-quad"}


@given(st.dictionaries(st.sampled_from((*links.PARAMETERS, "more")), st.text()))
def test_any_address_gives_only_values_of_bounded_length(query: dict[str, str]) -> None:
    found = links.clean(query)
    assert set(found) <= set(links.PARAMETERS)
    assert all(0 < len(value) <= links.MAX_VALUE for value in found.values())
    assert links.clean(found) == found


@given(
    st.dictionaries(
        st.sampled_from([n for n, p in links.PARAMETERS.items() if not p.choices]),
        st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=60),
    ),
    st.sampled_from(PATHS),
)
def test_a_link_says_again_what_it_was_made_of(view: dict[str, str], page: str) -> None:
    link = links.address("http://127.0.0.1:8501/read", page, view, pages=PATHS)
    assert urlsplit(link).path == f"/{page}"
    assert opened(link) == links.on_page(page, view)


@pytest.mark.parametrize(
    ("base", "page", "expected"),
    [
        ("http://localhost:8501", "tree", "http://localhost:8501/tree"),
        ("http://localhost:8501/", "", "http://localhost:8501/"),
        ("http://localhost:8501/read?debate=old", "", "http://localhost:8501/"),
        ("https://news.example/maps/tree", "read", "https://news.example/maps/read"),
        ("https://news.example/maps/", "read", "https://news.example/maps/read"),
    ],
)
def test_a_link_stands_on_the_servers_own_address(base: str, page: str, expected: str) -> None:
    assert links.address(base, page, {}, pages=PATHS) == expected


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("http://localhost:8501/tree", True),
        ("http://127.0.0.1:8501", True),
        ("http://[::1]:8501", True),
        ("", True),
        ("https://news.example/maps", False),
        ("http://localhost.example", False),
    ],
)
def test_only_here_is_told_by_the_host(base: str, expected: bool) -> None:
    assert links.only_here(base) is expected


def test_another_debate_forgets_what_was_chosen_in_the_last() -> None:
    names = tuple(links.PARAMETERS)
    in_debate = links.forgotten("debate", names)
    assert {"motion", "node", "sentence", "a"} <= set(in_debate)
    assert not {"debate", "view", "semantics"} & set(in_debate)
    assert set(links.forgotten("motion", names)) == {
        name for name, one in links.PARAMETERS.items() if one.scope == "motion"
    }
    assert "node" in links.forgotten("motion", names)


def test_a_page_writes_only_what_belongs_to_it(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("read", debate=session_id, view="outline", evil="<b>", semantics="nonsense")
    assert set(at.query_params) == {"debate", "motion"}
    assert at.session_state["browser"].wanted["view"] == "outline"
    at.switch_page("argmap/dashboard/pages/tree.py").run()
    assert at.query_params["view"] == "outline"


@pytest.mark.parametrize(
    ("name", "told"),
    [("sentence", "sentence"), ("source", "source"), ("node", "point of the tree")],
)
def test_an_id_that_names_nothing_is_told_once_and_let_go(
    open_app: OpenApp, debate: Debate, name: str, told: str
) -> None:
    session_id = models.store().save(debate)
    at = open_app("", debate=session_id, **{name: "x0"})
    assert f"The {told} that the link names cannot be found" in at.info[0].value
    assert not at.error
    at.run()
    assert not at.info
    assert "x0" not in str(at.query_params)


def test_a_motion_of_another_debate_is_told(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("", debate=session_id, motion="t0")
    assert "motion that was asked for is not in this debate" in at.info[0].value
    assert at.query_params["motion"] == "pay"


def test_choosing_what_is_not_declared_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        session.choose(undeclared="x")


def test_two_readers_open_one_link_and_go_their_own_ways(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(make_debate("Another"))
    session_id = models.store().save(debate)
    statement = debate.statements[1]
    view = {"debate": session_id, "motion": "pay", "sentence": statement.id}
    query = opened(links.address("http://localhost:8501", "read", view, pages=PATHS))
    first, second = open_app("read", **query), open_app("read", **query)
    for at in (first, second):
        assert statement.text in page_text(at)
    other = next(i for i in first.selectbox(key="pick-debate").options if "Another" in i)
    first.selectbox(key="pick-debate").select(other).run()
    second.run()
    assert second.query_params["debate"] == session_id
    assert first.query_params["debate"] != session_id
