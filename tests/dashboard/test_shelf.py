"""The list of debates: open, rename, copy, delete, have back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.dashboard import models
from argmap.dashboard.shelf import arranged, copy_title
from argmap.records import Debate, Relation
from argmap.store import SessionInfo
from tests.dashboard.conftest import OpenApp, page_text
from tests.dashboard.debates import make_debate


def titles(infos: tuple[SessionInfo, ...]) -> list[str]:
    return [info.title for info in infos]


def test_debate_can_be_renamed_deleted_and_had_back(open_app: OpenApp, debate: Debate) -> None:
    other = models.store().save(make_debate("Another"))
    session_id = models.store().save(debate)
    at = open_app("", debate=session_id)
    field = next(f for f in at.text_input if str(f.key).startswith(f"rename-{session_id}"))
    field.set_value("Pay of nurses").run()
    at.button(key=f"rename-do-{session_id}").click().run()
    assert "Pay of nurses" in page_text(at)
    at.button(key=f"delete-do-{session_id}").click().run()
    assert not at.exception
    assert [info.id for info in models.store().sessions()] == [other]
    assert at.query_params["debate"] == other
    assert "“Pay of nurses” is deleted." in page_text(at)
    at.button(key="undo-delete-do").click().run()
    assert at.query_params["debate"] == session_id
    assert models.store().deleted() == ()
    assert models.store().load(session_id) == replace(debate, title="Pay of nurses")


def test_deleted_debates_stay_in_their_list_until_they_are_deleted_for_good(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("", debate=session_id)
    at.button(key=f"delete-do-{session_id}").click().run()
    at.button(key="undo-delete-dismiss").click().run()
    assert "is deleted." not in page_text(at)
    assert "Recently deleted (1)" in [found.label for found in at.expander]
    at.button(key=f"restore-{session_id}").click().run()
    assert titles(models.store().sessions()) == ["Nurse pay"]
    at.button(key=f"delete-do-{session_id}").click().run()
    at.button(key=f"forget-do-{session_id}").click().run()
    assert not at.exception
    assert (models.store().sessions(), models.store().deleted()) == ((), ())
    assert not at.expander


def test_a_bundled_debate_is_worked_on_in_a_copy(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate, session_id="bundled-pay", origin="bundled")
    at = open_app("", debate="bundled-pay")
    keys = {str(button.key) for button in at.button}
    assert "delete-do-bundled-pay" not in keys
    at.button(key="copy-bundled-pay").click().run()
    copy = next(i for i in models.store().sessions() if i.origin == "user")
    assert copy.title == "Nurse pay, copy"
    assert at.query_params["debate"] == copy.id
    assert "your own copy of" in at.info[0].value
    at.button(key="copy-open").click().run()
    assert "Nurse pay, copy, copy" in titles(models.store().sessions())


def test_a_list_of_many_is_searched_and_sorted_without_reading_a_debate(
    open_app: OpenApp, debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [models.store().save(make_debate(f"Debate {n} of buses")) for n in range(9)]
    at = open_app("", debate=kept[0])
    loaded: list[str] = []
    load = type(models.store()).load
    monkeypatch.setattr(
        type(models.store()), "load", lambda store, name: loaded.append(name) or load(store, name)
    )
    at.text_input(key="shelf-search").set_value("BUSES 3").run()
    assert loaded == []
    shown = {str(b.key) for b in at.button if str(b.key).startswith("open-")}
    assert shown == {f"open-{kept[3]}"}
    assert "1 debate found." in [c.value for c in at.caption]


def test_order_and_search_are_as_asked_for() -> None:
    with models.store() as store:
        names = ["beta pay", "Alpha", "gamma pay"]
        for name in names:
            store.save(make_debate(name))
        infos = store.sessions()
    assert titles(arranged(infos)) == ["gamma pay", "Alpha", "beta pay"]
    assert titles(arranged(infos, order="Title")) == ["Alpha", "beta pay", "gamma pay"]
    assert titles(arranged(infos, order="Oldest")) == names
    assert titles(arranged(infos, search=" PAY ")) == ["gamma pay", "beta pay"]
    more = replace(infos[1], statements=99)
    assert arranged((infos[0], more), order="Most statements")[0] == more


def test_a_copy_gets_a_name_that_is_free() -> None:
    assert copy_title("Pay", set()) == "Pay, copy"
    assert copy_title("Pay", {"Pay, copy", "Pay, copy 2"}) == "Pay, copy 3"


def test_each_number_of_the_overview_is_a_link_to_its_page(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("", debate=session_id)
    links = {found.proto.label: found.proto.page for found in at.get("page_link")}
    assert links["**2** sources"] == "read"
    assert links["**6** statements"] == "read"
    assert links["**4** speakers"] == "speakers"
    # No attack was found here, and that is no finding that nobody answers.
    assert not any(label.endswith("unanswered arguments") for label in links)
    first, second, *_ = (x.statement for x in debate.stances if x.label in ("pro", "con"))
    linked = replace(debate, relations=(Relation(second, first, "pay", "attack", 0.9),))
    at = open_app("", debate=models.store().save(linked))
    links = {found.proto.label: found.proto.page for found in at.get("page_link")}
    assert any(label.endswith("unanswered arguments") for label in links)
