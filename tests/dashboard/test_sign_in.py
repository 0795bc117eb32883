"""Signing in, and what each user then sees: their own, and what is shared with them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from argmap.bundled import BundledDebate
from argmap.dashboard import library, models, safekeeping, who
from argmap.dashboard.attempts import Attempts
from argmap.errors import StoreError
from argmap.store import EVERYONE, Store, back_up
from argmap.store.accounts import Accounts
from tests.dashboard.conftest import OpenApp, page_text, press
from tests.dashboard.debates import make_debate

WORDS = "four words not related"
UNSEEN = "is not on this machine. It may have been deleted."


@pytest.fixture
def users(home: Path, monkeypatch: pytest.MonkeyPatch) -> Accounts:
    """A server where ada and bob sign in by password."""
    monkeypatch.setenv("ARGMAP_SIGN_IN", "password")
    monkeypatch.setenv("ARGMAP_USERS_FILE", str(home / "users.json"))
    accounts = Accounts(home / "users.json")
    for name in ("ada", "bob"):
        accounts.add(name, WORDS)
    return accounts


def of(user: str) -> Store:
    return models.whole_store().seen_by(user)


def sign_in(at: AppTest, name: str, password: str = WORDS) -> AppTest:
    at.text_input(key="sign-in-name").set_value(name)
    at.text_input(key="sign-in-password").set_value(password)
    next(b for b in at.button if b.label == "Sign in").click().run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    told = " ".join(found.value for found in (*at.error, *at.info, *at.warning))
    return told.replace("\\", "")  # it is escaped, so that no text becomes markup


def test_without_sign_in_nothing_is_asked(open_app: OpenApp) -> None:
    models.store().save(make_debate())
    at = open_app()
    assert "Nurse pay" in page_text(at)
    assert "Signed in" not in page_text(at)
    assert not [b for b in at.button if b.label == "Sign out"]
    # Nobody is there to share with.
    assert not [b for b in at.button if b.label == "Share"]


def test_every_page_waits_for_a_user(users: Accounts, open_app: OpenApp) -> None:
    own = of("ada").save(make_debate("Secret talks"))
    for page in ("", "tree", "read", "correct", "take_away", "new"):
        at = open_app(page, debate=own)
        assert "Sign in" in page_text(at)
        assert "Secret talks" not in str(at) and "rise" not in page_text(at)
        assert not at.get("plotly_chart") and not at.selectbox


def test_a_link_opens_after_signing_in(users: Accounts, open_app: OpenApp) -> None:
    of("ada").save(make_debate("Later"))
    own = of("ada").save(make_debate("Asked for"))
    of("ada").save(make_debate("Last"))
    at = sign_in(open_app(debate=own), "Ada ")
    assert "Asked for" in page_text(at)
    assert "Signed in as ada" in page_text(at)
    assert at.selectbox(key="pick-debate").value == own


def test_a_wrong_password_lets_nobody_in_and_says_no_more(
    users: Accounts, open_app: OpenApp
) -> None:
    of("ada").save(make_debate())
    at = open_app()
    told = {said(sign_in(at, "ada", "wrong password")), said(sign_in(at, "nobody", WORDS))}
    assert told == {"No user of this server has that name and password."}
    assert "Type your user name" in said(sign_in(at, "ada", ""))
    assert "Nurse pay" not in page_text(at)


def test_failures_make_the_next_try_wait(
    users: Accounts, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine, no time passes between these.
    attempts = Attempts(lambda: 0.0)
    monkeypatch.setattr(who, "_attempts", lambda: attempts)
    at = open_app()
    for _ in range(4):
        sign_in(at, "ada", "wrong password")
    assert "Too many tries" in said(at)
    # The right one waits too, and another user does not.
    assert "Too many tries" in said(sign_in(at, "ADA"))
    assert "Signed in as bob" in page_text(sign_in(open_app(), "bob"))


def test_signing_out_forgets_everything(users: Accounts, open_app: OpenApp) -> None:
    own = of("ada").save(make_debate("Secret talks"))
    at = sign_in(open_app(debate=own), "ada")
    press(at, "sign-out")
    assert "Secret talks" not in page_text(at) and "Sign in" in page_text(at)
    assert dict(at.query_params) == {}
    sign_in(at, "bob")
    assert "Signed in as bob" in page_text(at)
    assert "Secret talks" not in page_text(at)


@pytest.mark.parametrize(
    "change",
    [lambda a: a.remove("ada"), lambda a: a.change("ada", WORDS + " any more")],
    ids=["removed", "password changed"],
)
def test_whoever_may_no_longer_sign_in_is_out_at_once(
    users: Accounts, open_app: OpenApp, change: Callable[[Accounts], None]
) -> None:
    own = of("ada").save(make_debate("Secret talks"))
    at = sign_in(open_app(debate=own), "ada")
    change(users)
    # Even what is pressed on the page that is still open does nothing.
    press(at, f"delete-do-{own}")
    assert "Secret talks" not in page_text(at) and "Sign in" in page_text(at)
    assert of("ada").sees(own)


def test_a_strangers_link_answers_as_one_to_nothing(users: Accounts, open_app: OpenApp) -> None:
    own = of("ada").save(make_debate("Secret talks"))
    mine = of("bob").save(make_debate("Mine"))
    told = []
    for asked in (own, "mabsent"):
        at = sign_in(open_app(debate=asked), "bob")
        told.append((said(at), page_text(at)))
        assert UNSEEN in said(at)
        assert at.selectbox(key="pick-debate").value == mine
    assert told[0] == told[1]


def test_a_debate_is_shared_read_and_taken_back(users: Accounts, open_app: OpenApp) -> None:
    own = of("ada").save(make_debate("Secret talks"))
    ada = sign_in(open_app(), "ada")
    ada.text_input(key=f"share-name-{own}").set_value("carol").run()
    press(ada, f"share-do-{own}")
    assert "There is no user carol" in said(ada)
    press(ada, f"share-do-{own}")
    ada.text_input(key=f"share-name-{own}").set_value(" Bob").run()
    press(ada, f"share-do-{own}")
    assert "Bob may read “Secret talks” now." in said(ada)

    bob = sign_in(open_app(debate=own), "bob")
    assert "ada shares this debate with you: you may read it" in page_text(bob)
    assert any("shared by ada" in found.value for found in bob.markdown)
    assert not [b for b in bob.button if b.key in (f"delete-do-{own}", f"share-do-{own}")]
    press(bob, f"copy-{own}")
    assert of("bob").sessions()[0].owner == "bob"

    ada.radio(key=f"share-may-{own}").set_value("correct").run()
    ada.text_input(key=f"share-name-{own}").set_value("bob").run()
    press(ada, f"share-do-{own}")
    assert of("bob").seen_by("bob").sees(own)
    press(ada, f"unshare-{own}-0")
    assert not of("bob").sees(own)
    ada.checkbox(key=f"share-all-{own}").check().run()
    press(ada, f"share-do-{own}")
    assert [share.reader for share in of("ada").shares(own)] == [EVERYONE]


def test_a_correction_carries_the_signed_in_name(users: Accounts, open_app: OpenApp) -> None:
    debate = make_debate("Secret talks")
    own = of("ada").save(debate)
    of("ada").share(own, "bob", "read")
    sentence = debate.statements[0].id
    bob = sign_in(open_app("tree", debate=own, sentence=sentence), "bob")
    bob.switch_page("argmap/dashboard/pages/tree.py").run()
    assert not [found for found in bob.text_input if "Your name" in found.label]
    key = f"label-{sentence}-{debate.topics[0].id}"
    bob.segmented_control(key=key).set_value("con").run()
    assert "You may read “Secret talks”, and no more" in said(bob)
    assert of("ada").load(own).edits == ()
    of("ada").share(own, "bob", "correct")
    bob.segmented_control(key=key).set_value("con").run()
    (edit,) = of("ada").load(own).edits
    assert (edit.kind, edit.author, edit.label) == ("label", "bob", "con")


def test_what_is_bundled_is_seen_by_all_and_mapped_for_none(
    users: Accounts, bundle: BundledDebate, open_app: OpenApp
) -> None:
    of("ada").save(make_debate("Secret talks"))
    library.bundled_job().wait(30)
    bob = sign_in(open_app(), "bob")
    assert bundle.title in page_text(bob)
    assert "This debate is bundled: you may read it" in page_text(bob)
    assert models.whole_store().load("bundled-pay").edits == ()


def test_what_the_server_remembers_is_no_way_round(
    users: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    debate = make_debate("Secret talks")
    own = of("ada").save(debate)
    (info,) = of("ada").sessions()
    key, topic, speaker = (own, info.updated), debate.topics[0].id, debate.speakers[0].id
    asked: dict[str, Callable[[], object]] = {
        "mapped": lambda: models.mapped(*key),
        "replayed": lambda: models.replayed(*key),
        "debate": lambda: models.debate(*key),
        "offers": lambda: models.offers(*key),
        "tree": lambda: models.tree(*key, topic),
        "speakers": lambda: models.speakers(*key),
        "exchanges": lambda: models.exchanges(*key, topic),
        "change": lambda: models.change(*key, topic, speaker, paired=False),
        "stands": lambda: models.stands(*key, topic, "df-quad"),
        "comparands": lambda: models.comparands(*key, "outlet"),
        "comparison": lambda: models.comparison(
            *key, topic, "speaker", *(one.id for one in debate.speakers[:2])
        ),
        "agreements": lambda: models.agreements(*key),
    }
    monkeypatch.setattr(who, "user", lambda: "ada")
    for ask in asked.values():
        ask()
    monkeypatch.setattr(who, "user", lambda: "bob")
    for name, ask in asked.items():
        with pytest.raises(StoreError, match="There is no session"):
            pytest.fail(f"{name} gave {ask()}")
    # Whatever takes a session's id is asked here.
    takes = {
        name
        for name, made in inspect.getmembers(models, inspect.isfunction)
        if made.__module__ == models.__name__
        and not name.startswith("_")
        and "session_id" in inspect.signature(made).parameters
    }
    assert takes == set(asked)
    of("ada").share(own, "bob", "read")
    assert models.debate(*key) == asked["debate"]()
    of("ada").unshare(own, "bob")
    with pytest.raises(StoreError, match="There is no session"):
        models.debate(*key)


def test_no_user_can_back_up_or_restore_what_is_everybodys(
    users: Accounts, open_app: OpenApp
) -> None:
    of("ada").save(make_debate("Secret talks"))
    of("bob").save(make_debate("Mine"))
    back_up()
    bob = sign_in(open_app(), "bob")
    assert not [found for found in bob.button if found.key == "backup-now"]
    assert not bob.get("download_button")
    with pytest.raises(StoreError, match="whoever runs the server"):
        safekeeping._now()
    with pytest.raises(StoreError, match="whoever runs the server"):
        safekeeping._rescue(Path("argmap.db"), None)


def test_nobody_is_let_in_from_elsewhere_without_a_way_to_sign_in(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.store().save(make_debate("Secret talks"))
    before = st.get_option
    for address in ("0.0.0.0", "::", "192.168.1.5", "argmap.example", None):
        monkeypatch.setattr(
            st,
            "get_option",
            lambda name, address=address: address if name == "server.address" else before(name),
        )
        at = open_app()
        assert "nobody has to sign in" in said(at)
        assert "Secret talks" not in page_text(at)


@pytest.mark.parametrize("way", ["pasword", "header"])
def test_nobody_is_let_in_where_it_is_not_said_how(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    models.store().save(make_debate("Secret talks"))
    monkeypatch.setenv("ARGMAP_SIGN_IN", way)
    at = open_app()
    assert at.error and "Secret talks" not in page_text(at)


def test_a_proxy_says_who_is_there(
    home: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = of("ada").save(make_debate("Secret talks"))
    monkeypatch.setenv("ARGMAP_SIGN_IN", "header")
    monkeypatch.setenv("ARGMAP_USER_HEADER", "X-Forwarded-User")
    monkeypatch.setenv("ARGMAP_PROXY_SECRET", "0123456789abcdef")
    headers: dict[str, list[str]] = {}
    monkeypatch.setattr(who, "_header", lambda name: headers.get(name, []))
    for given in (
        {},
        {"X-Forwarded-User": ["ada"]},
        {"X-Argmap-Proxy-Secret": ["0123456789abcdef"]},
        {"X-Forwarded-User": ["ada"], "X-Argmap-Proxy-Secret": ["0123456789abcdeg"]},
        {"X-Forwarded-User": ["bob", "ada"], "X-Argmap-Proxy-Secret": ["0123456789abcdef"]},
    ):
        headers.clear()
        headers.update(given)
        at = open_app(debate=own)
        assert "through its proxy alone" in said(at)
        assert "Secret talks" not in page_text(at)
    headers.update({"X-Forwarded-User": ["Ada"], "X-Argmap-Proxy-Secret": ["0123456789abcdef"]})
    at = open_app(debate=own)
    assert "Secret talks" in page_text(at) and "Signed in as ada" in page_text(at)
    assert not [b for b in at.button if b.label == "Sign out"]
    # The same tab, and somebody else at it.
    headers["X-Forwarded-User"] = ["bob"]
    at.run()
    assert "Secret talks" not in page_text(at) and "Signed in as bob" in page_text(at)
