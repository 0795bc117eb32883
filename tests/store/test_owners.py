"""What one user sees and may do: their own, what is shared with them, what is bundled."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace

import pytest

from argmap.errors import StoreError
from argmap.records import Edit
from argmap.store import EVERYONE, Share, Store, user_name
from tests.samples import sample_debate
from tests.store.conftest import Raw

TIME = "2026-05-01T10:00:00+00:00"
Call = Callable[[Store, str], object]


def edit(**fields: object) -> Edit:
    return Edit.create("merge", sequence=1, time=TIME, speaker="p1", into="p2", **fields)


#: What needs an id, and what a user must be given to do it.
CALLS: dict[str, tuple[str, Call]] = {
    "load": ("read", lambda s, i: s.load(i)),
    "duplicate": ("read", lambda s, i: s.duplicate(i, title="Copy")),
    "add_edit": ("correct", lambda s, i: s.add_edit(i, edit())),
    "rename": ("own", lambda s, i: s.rename(i, "Mine now")),
    "change": ("own", lambda s, i: s.change(i, lambda debate: replace(debate, title="Mine now"))),
    "set_aside": ("own", lambda s, i: s.set_aside(i)),
    "restore": ("own", lambda s, i: s.restore(i)),
    "delete": ("own", lambda s, i: s.delete(i)),
    "share": ("own", lambda s, i: s.share(i, "carol", "read")),
    "unshare": ("own", lambda s, i: s.unshare(i, "carol")),
    "shares": ("own", lambda s, i: s.shares(i)),
}
#: What needs none, or answers of its own; each has a test below.
OTHERS = {
    "close", "damage", "deleted", "give", "same_sentence", "save", "seen_by", "sees", "sessions",
    "user",
}  # fmt: skip


def test_every_method_of_the_store_is_looked_at_here() -> None:
    public = {name for name, _ in inspect.getmembers(Store) if not name.startswith("_")}
    assert public == set(CALLS) | OTHERS


def refusal(step: Call, store: Store, session_id: str) -> str:
    with pytest.raises(StoreError) as caught:
        step(store, session_id)
    return str(caught.value)


@pytest.mark.parametrize("name", CALLS)
def test_what_one_may_not_see_answers_as_what_does_not_exist(store: Store, name: str) -> None:
    _, step = CALLS[name]
    ada, bob = store.seen_by("ada"), store.seen_by("bob")
    own = ada.save(sample_debate())
    nobodys = store.save(sample_debate(title="Before there were users"))
    before = (ada.load(own), store.load(nobodys), ada.shares(own))
    for session_id in (own, nobodys):
        assert refusal(step, bob, session_id).replace(session_id, "absent") == refusal(
            step, bob, "absent"
        )
    assert (ada.load(own), store.load(nobodys), ada.shares(own)) == before
    assert bob.sessions() == bob.deleted() == ()


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(("may", "reader"), [("read", "Bob "), ("correct", EVERYONE)])
def test_what_is_shared_can_be_used_so_far_and_no_further(
    store: Store, name: str, may: str, reader: str
) -> None:
    needed, step = CALLS[name]
    ada, bob = store.seen_by("ada"), store.seen_by("bob")
    own = ada.save(sample_debate())
    ada.share(own, reader, may)  # type: ignore[arg-type]
    (info,) = bob.sessions()
    assert (info.id, info.owner, info.may) == (own, "ada", may)
    if needed == "read" or needed == may:
        step(bob, own)
    else:
        told = refusal(step, bob, own)
        assert "“Nurse pay”" in told and "ask ada" in told
        assert ("correct" in told) == (may == "correct")
        assert ada.load(own).title == "Nurse pay"
    ada.unshare(own, reader)
    assert refusal(step, bob, own) == refusal(step, bob, own)
    assert "There is no session" in refusal(step, bob, own)
    assert own not in {info.id for info in bob.sessions()}


@pytest.mark.parametrize("name", CALLS)
def test_what_is_bundled_is_read_by_all_and_changed_by_none(store: Store, name: str) -> None:
    needed, step = CALLS[name]
    bundled = store.save(sample_debate(), session_id="bundled-pay", origin="bundled")
    bob = store.seen_by("bob")
    (info,) = bob.sessions()
    assert (info.owner, info.may) == (None, "read")
    if needed == "read":
        step(bob, bundled)
    else:
        assert "duplicate it" in refusal(step, bob, bundled)
    assert store.load(bundled) == sample_debate()


def test_an_owner_may_do_everything(store: Store) -> None:
    ada = store.seen_by("Ada")
    own = ada.save(sample_debate())
    (info,) = ada.sessions()
    assert (info.owner, info.may) == ("ada", "own")
    assert ada.sees(own) and not store.seen_by("bob").sees(own) and not ada.sees("absent")
    assert ada.add_edit(own, edit(author="somebody else")).author == "ada"
    ada.rename(own, "Renamed")
    ada.share(own, "bob", "read")
    ada.share(own, "bob", "correct")
    ada.share(own, EVERYONE, "read")
    assert ada.shares(own) == (Share(EVERYONE, "read"), Share("bob", "correct"))
    # The most of what one was given counts.
    assert store.seen_by("bob").sessions()[0].may == "correct"
    ada.unshare(own, EVERYONE)
    ada.unshare(own, EVERYONE)
    assert ada.shares(own) == (Share("bob", "correct"),)
    ada.set_aside(own)
    assert [info.id for info in ada.deleted()] == [own]
    bob = store.seen_by("bob")
    assert bob.deleted() == bob.sessions() == ()
    for step in (Store.restore, Store.delete, Store.load):
        with pytest.raises(StoreError, match="There is no session"):
            step(bob, own)
    ada.restore(own)
    assert [info.id for info in bob.sessions()] == [own]
    ada.delete(own)
    assert store.sessions() == ()


def test_shares_go_with_their_session(store: Store, raw: Raw) -> None:
    ada = store.seen_by("ada")
    own = ada.save(sample_debate())
    ada.share(own, "bob", "read")
    store.delete(own)
    assert raw("SELECT count(*) FROM shares") == [(0,)]


def test_saving_over_what_is_not_ones_own_keeps_both(store: Store) -> None:
    ada, bob = store.seen_by("ada"), store.seen_by("bob")
    own = ada.save(sample_debate())
    ada.set_aside(gone := ada.save(sample_debate(title="Gone")))
    for hidden in (own, gone, "absent"):
        made = bob.save(sample_debate(title="Bob's"), session_id=hidden)
        assert made != hidden
    assert {info.owner for info in bob.sessions()} == {"bob"}
    assert [info.title for info in ada.sessions()] == ["Nurse pay"]
    ada.share(own, "bob", "correct")
    with pytest.raises(StoreError, match="You may read and correct “Nurse pay”"):
        bob.save(sample_debate(title="Bob's"), session_id=own)
    assert ada.load(own) == sample_debate()
    assert ada.save(sample_debate(title="Again"), session_id=own) == own
    assert ada.sessions()[0].owner == "ada"
    # Nothing that a user saves is taken for what comes with the program.
    bob.save(sample_debate(title="Forged"), origin="bundled")
    assert "Forged" not in {info.title for info in ada.sessions()}


def test_a_users_ids_do_not_tell_what_others_keep(store: Store) -> None:
    alone = store.seen_by("bob").save(sample_debate())
    store.delete(alone)
    store.seen_by("ada").save(sample_debate())
    store.save(sample_debate())
    assert store.seen_by("bob").save(sample_debate()) == alone


def test_the_same_sentence_is_looked_for_in_what_one_sees(store: Store) -> None:
    debate = sample_debate()
    ada, bob = store.seen_by("ada"), store.seen_by("bob")
    own = ada.save(debate)
    motion, text = debate.topics[0].motion, debate.statements[0].text
    assert [found.session for found in ada.same_sentence(motion, text)] == [own]
    assert bob.same_sentence(motion, text) == ()
    ada.share(own, "bob", "read")
    assert [found.session for found in bob.same_sentence(motion, text)] == [own]


def test_whoever_runs_it_without_users_sees_and_does_everything(store: Store) -> None:
    own = store.seen_by("ada").save(sample_debate())
    assert [(info.id, info.may) for info in store.sessions()] == [(own, "own")]
    assert store.add_edit(own, edit(author="Someone")).author == "Someone"
    store.rename(own, "Theirs")
    store.share(own, "bob", "read")
    assert store.shares(own) == (Share("bob", "read"),)
    assert store.seen_by("ada").sessions()[0].title == "Theirs"


def test_what_is_nobodys_can_be_given_to_a_user(store: Store) -> None:
    old = store.save(sample_debate())
    store.save(sample_debate(), session_id="bundled-pay", origin="bundled")
    kept = store.seen_by("bob").save(sample_debate())
    ada = store.seen_by("ada")
    with pytest.raises(StoreError, match="whoever runs the server"):
        ada.give("ada")
    assert not ada.sees(old)
    assert store.give("Ada") == 1
    assert store.give("ada") == 0
    assert [(i.id, i.owner) for i in ada.sessions() if i.origin == "user"] == [(old, "ada")]
    assert store.seen_by("bob").sees(kept)


def test_a_view_stays_one_users(store: Store) -> None:
    ada = store.seen_by("ada")
    assert (ada.user, store.user) == ("ada", None)
    assert ada.seen_by("ADA").user == "ada"
    with pytest.raises(StoreError, match="cannot be another's"):
        ada.seen_by("bob")


@pytest.mark.parametrize("name", ["", " ", "*", "a b", "a\nb", "a\x00b", "\u202eada", "x" * 256])
def test_a_name_that_cannot_be_a_users_is_refused(store: Store, name: str) -> None:
    own = store.seen_by("ada").save(sample_debate())
    with pytest.raises(StoreError, match="A user's name"):
        store.seen_by(name)
    if name.strip() != EVERYONE:
        with pytest.raises(StoreError, match="A user's name"):
            store.share(own, name, "read")


def test_a_share_is_of_two_kinds_and_with_somebody_else(store: Store) -> None:
    ada = store.seen_by("ada")
    own = ada.save(sample_debate())
    with pytest.raises(StoreError, match="read a session or correct it"):
        ada.share(own, "bob", "own")
    with pytest.raises(StoreError, match="your own already"):
        ada.share(own, "ADA", "read")
    assert user_name(" Å@Example.org ") == user_name("A\u030a@example.ORG")
