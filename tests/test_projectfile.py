from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import projectfile
from argmap.errors import ProjectFileError
from argmap.projectfile import dumps, loads, to_dict, well_formed
from argmap.records import Debate, Document, KeyPoint, Relation, Run, Stance
from tests.samples import sample_debate
from tests.strategies import debates, texts

CONTRACT = {
    "documents": ["id", "title", "text", "kind", "outlet", "date", "url"],
    "speakers": ["id", "name", "aliases", "role", "party"],
    "topics": ["id", "motion"],
    "statements": ["id", "document", "start", "end", "text", "speaker", "attribution"],
    "stances": ["statement", "topic", "label", "pro", "con", "none"],
    "key_points": ["id", "topic", "side", "text", "statements"],
    "relations": ["source", "target", "topic", "kind", "probability"],
}


def sample() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(dumps(sample_debate()))
    return value


@settings(max_examples=30, deadline=None)
@given(debates())
def test_projectfile_round_trip_gives_an_equal_debate(debate: Debate) -> None:
    written = dumps(debate)
    assert loads(written) == debate
    assert loads(written.encode()) == debate
    assert dumps(loads(written)) == written


def test_projectfile_has_the_keys_of_the_contract() -> None:
    value = sample()
    assert next(iter(value)) == "schema_version"
    assert value["schema_version"] == 1
    assert set(value) == {"schema_version", "title", "run", *CONTRACT}
    for name, keys in CONTRACT.items():
        for item in value[name]:
            assert set(keys) <= set(item), name
    assert value["statements"][0]["speaker"] == "p1"
    assert value["statements"][2]["speaker"] is None
    assert value["statements"][1]["attribution"] == {
        "method": "quote",
        "cue": "said",
        "confidence": 0.95,
        "reported": False,
    }
    for statement in value["statements"]:
        text = value["documents"][0]["text"]
        assert statement["text"] == text[statement["start"] : statement["end"]]


def deeper_debate() -> Debate:
    """The sample with a sub-point and an undercut."""
    debate = sample_debate()
    sub = KeyPoint("k2", "pay", "con", debate.statements[2].text, ("s3",), "k1")
    undercut = Relation("s3", "s2", "pay", "attack", 0.7, undercut=True)
    return replace(
        debate,
        key_points=(*debate.key_points, sub),
        relations=(*debate.relations, undercut),
    )


def test_projectfile_holds_sub_points_and_undercuts_only_where_there_are_any() -> None:
    plain, value = sample(), json.loads(dumps(deeper_debate()))
    assert value["key_points"][0] == plain["key_points"][0]
    assert "parent" not in plain["key_points"][0]
    assert value["key_points"][1]["parent"] == "k1"
    assert value["relations"][0] == plain["relations"][0]
    assert "undercut" not in plain["relations"][0]
    assert value["relations"][1]["undercut"] is True
    assert loads(dumps(deeper_debate())) == deeper_debate()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"parent": "k9"}, r"key_points\[1\].parent: 'k9' is not the id of a key point"),
        ({"parent": "k2"}, r"key_points\[1\].parent: is the key point itself"),
        ({"parent": ""}, r"key_points\[1\].parent: '' is not the id"),
        ({"parent": 1}, r"key_points\[1\].parent: 1 is not text"),
        ({"side": "pro"}, r"key_points\[1\].parent: 'k1' is of another topic or side"),
        ({"statements": ["s3", "s2"]}, r"key_points\[1\].statements: 's2' stands in the key point"),
    ],
)
def test_projectfile_names_what_is_wrong_with_a_sub_point(
    change: dict[str, Any], message: str
) -> None:
    value = json.loads(dumps(deeper_debate()))
    value["key_points"][1] |= change
    with pytest.raises(ProjectFileError, match=message):
        loads(json.dumps(value))


def test_projectfile_has_sub_points_one_level_deep() -> None:
    value = json.loads(dumps(deeper_debate()))
    third = value["key_points"][1] | {"id": "k3", "parent": "k2", "statements": ["s1"]}
    value["key_points"].append(third)
    with pytest.raises(ProjectFileError, match=r"key_points\[2\].parent: 'k2' is a sub-point"):
        loads(json.dumps(value))


def test_projectfile_takes_an_undercut_for_an_attack_alone() -> None:
    value = json.loads(dumps(deeper_debate()))
    value["relations"][1]["kind"] = "support"
    with pytest.raises(ProjectFileError, match=r"relations\[1\].undercut: is true, and support"):
        loads(json.dumps(value))


def test_projectfile_is_readable_text() -> None:
    written = dumps(sample_debate())
    assert "“£1.4bn”" in written
    assert written.startswith('{\n  "schema_version": 1,\n')
    assert written.endswith("}\n")


def test_projectfile_does_not_depend_on_the_order_of_mappings() -> None:
    debate = sample_debate()
    run = debate.run
    turned = replace(
        debate,
        run=Run(
            argmap=run.argmap,
            models=dict(reversed(run.models.items())),
            settings=run.settings,
            inputs=run.inputs,
        ),
    )
    assert dumps(turned) == dumps(debate)


def test_projectfile_rounds_numbers_and_spells_each_one_way() -> None:
    debate = sample_debate()
    first = Stance("s1", "pay", 0.1 + 0.2, 0.7, -0.0, "con")
    value = json.loads(dumps(replace(debate, stances=(first,))))["stances"][0]
    assert (value["pro"], value["con"]) == (0.3, 0.7)
    assert str(value["none"]) == "0.0"
    whole = Stance("s1", "pay", 1, 0, 0, "pro")
    assert dumps(replace(debate, stances=(whole,))) == dumps(
        replace(debate, stances=(Stance("s1", "pay", 1.0, 0.0, 0.0, "pro"),))
    )


def test_projectfile_replaces_lone_surrogates_and_keeps_offsets() -> None:
    text = "One\ud800 two\udc80."
    debate = sample_debate()
    document = Document(id="d9", title="file\udcff.txt", text=text)
    statement = replace(
        debate.statements[0], document="d9", start=3, end=len(text), text=text[3:], context="\udfff"
    )
    made = Debate(
        title="t\udcff",
        run=Run(argmap="0", models={}, settings={"name": "\udcff"}, inputs={}),
        documents=(document,),
        speakers=debate.speakers,
        statements=(statement,),
    )
    again = loads(dumps(made).encode("utf-8"))
    assert again.documents[0].text == "One\ufffd two\ufffd."
    assert again.statements[0].text == again.documents[0].text[3:]
    assert again.title == "t\ufffd"


@settings(max_examples=50)
@given(st.text(st.one_of(st.characters(), st.characters(categories=["Cs"])), max_size=20))
def test_well_formed_keeps_the_length_and_can_be_encoded(text: str) -> None:
    cleaned = well_formed(text)
    assert len(cleaned) == len(text)
    cleaned.encode("utf-8")
    assert well_formed(cleaned) == cleaned


def test_projectfile_opens_a_file_with_the_contract_alone() -> None:
    value = sample()
    bare: dict[str, Any] = {"schema_version": 1, "run": value["run"]}
    for name, keys in CONTRACT.items():
        bare[name] = [{key: item[key] for key in keys} for item in value[name]]
    debate = loads(json.dumps(bare))
    assert debate.topics[0].title == "Nurses should receive a larger pay rise"
    assert debate.topics[0].pro == debate.topics[0].motion
    assert debate.topics[0].con == "It is wrong that nurses should receive a larger pay rise."
    assert debate.statements[0].context == ""
    assert debate.documents[0].turns == ()
    assert debate.title == "Untitled debate"


def test_projectfile_passes_over_keys_it_does_not_know() -> None:
    value = sample() | {"colours": {"pro": "green"}}
    value["statements"][0]["starred"] = True
    assert loads(json.dumps(value)) == sample_debate()


def test_projectfile_reads_past_a_byte_order_mark() -> None:
    written = dumps(sample_debate())
    assert loads("\ufeff" + written) == sample_debate()
    assert loads(b"\xef\xbb\xbf" + written.encode()) == sample_debate()


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(value: Any) -> None:
        for key in path[:-1]:
            value = value[key]
        value[path[-1]] = to

    return change


def _drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(value: Any) -> None:
        for key in path[:-1]:
            value = value[key]
        del value[path[-1]]

    return change


def _repeat(name: str) -> Callable[[dict[str, Any]], None]:
    def change(value: Any) -> None:
        value[name].append(value[name][0])

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_drop("schema_version"), "schema_version: is missing"),
        (_set("schema_version", to=0), "schema_version: 0 is not a version"),
        (_set("schema_version", to=True), "schema_version: true is not a whole number"),
        (_set("schema_version", to=2), "schema_version: is 2, and .* Update Argument Mapper"),
        (_drop("run"), "run: is missing"),
        (_set("run", to=[]), "run: a list is not an object"),
        (_set("run", "models", "stance", to=3), "run.models.stance: 3 is not text"),
        (_set("run", "settings", "threshold", to=None), "run.settings.threshold: null is not"),
        (_set("run", "settings", "threshold", to=float("1e999")), "Infinity is not a number"),
        (_set("documents", to={}), "documents: an object is not a list"),
        (_set("documents", 0, to="text"), r"documents\[0\]: 'text' is not an object"),
        (_set("documents", 0, "id", to=""), r"documents\[0\].id: is empty"),
        (_set("documents", 0, "text", to="short"), r"documents\[0\].turns\[0\].end: 50 is past"),
        (_set("documents", 0, "text", to="a\ud800"), r"documents\[0\].text: holds half a char"),
        (_set("documents", 0, "turns", 0, "start", to=-1), r"turns\[0\].start: -1 to 50 is not"),
        (_set("documents", 0, "turns", 1, "start", to=49), r"turns\[1\].start: 49 is inside"),
        (_set("documents", 0, "outlet", to=5), r"documents\[0\].outlet: 5 is not text"),
        (_repeat("documents"), r"documents\[1\].id: 'd1' is already the id of documents\[0\]"),
        (_repeat("speakers"), r"speakers\[2\].id: 'p1' is already"),
        (_set("speakers", 0, "aliases", to=[1]), r"speakers\[0\].aliases\[0\]: 1 is not text"),
        (_repeat("topics"), r"topics\[1\].id: 'pay' is already"),
        (_repeat("statements"), r"statements\[3\].id: 's1' is already"),
        (_set("statements", 1, "document", to="d2"), r"statements\[1\].document: 'd2' is not the"),
        (_set("statements", 1, "start", to=-3), r"statements\[1\].start: -3 is below 0"),
        (_set("statements", 1, "start", to=1.0), r"statements\[1\].start: 1.0 is not a whole"),
        (_set("statements", 1, "end", to=0), r"statements\[1\].end: 0 is before the start, 52"),
        (_set("statements", 1, "end", to=9999), r"statements\[1\].end: 9999 is past the end"),
        (_set("statements", 1, "end", to=99), r"statements\[1\].text: .* is not what the document"),
        (_set("statements", 0, "speaker", to="p9"), r"statements\[0\].speaker: 'p9' is not the id"),
        (_drop("statements", 0, "attribution"), r"statements\[0\].attribution: is missing"),
        (
            _set("statements", 0, "attribution", "confidence", to=1.5),
            r"statements\[0\].attribution.confidence: 1.5 is not between 0 and 1",
        ),
        (
            _set("statements", 0, "attribution", "reported", to=1),
            r"statements\[0\].attribution.reported: 1 is not true or false",
        ),
        (_repeat("stances"), r"stances\[3\]: is a second stance"),
        (_set("stances", 0, "statement", to="s9"), r"stances\[0\].statement: 's9' is not the id"),
        (_set("stances", 0, "topic", to="t9"), r"stances\[0\].topic: 't9' is not the id"),
        (_set("stances", 0, "label", to="for"), r"stances\[0\].label: 'for' is not one of pro, c"),
        (_set("stances", 0, "label", to=["pro"]), r"stances\[0\].label: a list is not one of"),
        (_set("stances", 0, "pro", to="0.84"), r"stances\[0\].pro: '0.84' is not a number"),
        (_set("stances", 0, "pro", to=10**400), r"stances\[0\].pro: .* is too large"),
        (_set("stances", 0, "con", to=-0.07), r"stances\[0\].con: -0.07 is not between"),
        (_set("stances", 0, "pro", to=0.86), r"stances\[0\]: pro, con and none add up to 1.0200"),
        (_repeat("key_points"), r"key_points\[1\].id: 'k1' is already"),
        (_set("key_points", 0, "topic", to="t9"), r"key_points\[0\].topic: 't9' is not the id"),
        (_set("key_points", 0, "side", to="none"), r"key_points\[0\].side: 'none' is not one of"),
        (_set("key_points", 0, "statements", to=[]), r"key_points\[0\].statements: is empty"),
        (_set("key_points", 0, "statements", to=["s1", "s1"]), "names a statement twice"),
        (_set("key_points", 0, "statements", to=["s9"]), r"statements\[0\]: 's9' is not the id"),
        (_repeat("relations"), r"relations\[1\]: links the same two statements"),
        (_set("relations", 0, "target", to="s2"), r"relations\[0\]: links a statement to itself"),
        (_set("relations", 0, "source", to="s9"), r"relations\[0\].source: 's9' is not the id"),
        (_set("relations", 0, "kind", to="undercut"), r"relations\[0\].kind: 'undercut' is not"),
        (_set("relations", 0, "probability", to=2), r"relations\[0\].probability: 2.0 is not betw"),
    ],
)
def test_projectfile_names_the_place_that_is_wrong(
    change: Callable[[dict[str, Any]], None], message: str
) -> None:
    value = sample()
    change(value)
    with pytest.raises(ProjectFileError, match=message):
        loads(json.dumps(value))


def test_projectfile_accepts_sums_within_a_hundredth() -> None:
    value = sample()
    value["stances"][0] |= {"pro": 0.33, "con": 0.33, "none": 0.33}
    assert loads(json.dumps(value)).stances[0].pro == 0.33


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not JSON: Expecting value at line 1, column 1"),
        ("[]", "a list is not an object"),
        ("null", "null is not an object"),
        ("{}", "schema_version: is missing"),
        ('{"schema_version": NaN}', "NaN is not a number"),
        ('{"schema_version": 1, "schema_version": 1}', "'schema_version' stands twice"),
        ('{"schema_version": ' + "9" * 5000 + "}", "cannot be read"),
        ("[" * 100_000, "nested too deeply"),
        (b"\xff\xfe{\x00", "not UTF-8 text .byte 0"),
        ("<html></html>", "is not JSON"),
    ],
)
def test_projectfile_refuses_what_is_no_project_file(text: str | bytes, message: str) -> None:
    with pytest.raises(ProjectFileError, match=message):
        loads(text)


def test_projectfile_refuses_a_file_past_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projectfile.read, "MAX_BYTES", 2 * 1024**2)
    with pytest.raises(ProjectFileError, match="larger than 2 MB"):
        loads(" " * (2 * 1024**2 + 1))


def test_projectfile_messages_stay_short() -> None:
    value = sample()
    value["documents"][0]["id"] = "x" * 100_000
    value["documents"][0]["text"] = ["x" * 1000] * 1000
    with pytest.raises(ProjectFileError) as caught:
        loads(json.dumps(value))
    assert len(str(caught.value)) < 200


def test_projectfile_refuses_to_write_what_it_could_not_read() -> None:
    debate = sample_debate()
    wrong = replace(debate, statements=(replace(debate.statements[0], text="Another."),))
    with pytest.raises(ProjectFileError, match=r"statements\[0\].text"):
        dumps(wrong)
    unsure = replace(debate, stances=(replace(debate.stances[0], pro=float("nan")),))
    with pytest.raises(ProjectFileError, match=r"stances\[0\].pro"):
        dumps(unsure)
    endless = replace(debate, run=replace(debate.run, settings={"threshold": float("inf")}))
    with pytest.raises(ProjectFileError, match=r"run\.settings\.threshold"):
        dumps(endless)
    later = replace(debate, schema_version=2)
    with pytest.raises(ProjectFileError, match="schema_version"):
        dumps(later)


_JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(["s1", "pay", "d1", "p1", "pro", "attack"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.one_of(_JSON.map(json.dumps), st.text(), st.binary(), texts()))
def test_projectfile_junk_is_a_project_file_error(text: str | bytes) -> None:
    with pytest.raises(ProjectFileError):
        loads(text)


def _places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        found += _places(inner, (*path, key))
    return found


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_projectfile_with_one_place_spoilt_is_read_or_refused(data: st.DataObject) -> None:
    value = sample()
    place = data.draw(st.sampled_from(_places(value)))
    _set(*place, to=data.draw(_JSON))(value)
    try:
        debate = loads(json.dumps(value))
    except ProjectFileError as error:
        assert str(error)
    else:
        assert loads(dumps(debate)) == debate


def _spoil(data: st.DataObject, raw: bytearray) -> None:
    at = data.draw(st.integers(0, max(0, len(raw) - 1)))
    end = min(len(raw), at + data.draw(st.integers(1, 60)))
    how = data.draw(st.sampled_from(["cut", "flip", "double", "put", "swap"]))
    if how == "cut":
        del raw[at:end]
    elif how == "flip" and raw:
        raw[at] ^= 1 << data.draw(st.integers(0, 7))
    elif how == "double":
        raw[at:at] = raw[at:end]
    elif how == "put":
        raw[at:at] = data.draw(
            st.one_of(
                st.binary(min_size=1, max_size=8),
                st.sampled_from([b"null", b"-1", b"1e999", b"{", b"]", b'"', b"\\ud800"]),
            )
        )
    else:
        raw[at:end] = raw[at:end][::-1]


@settings(max_examples=150)
@given(st.data())
def test_projectfile_with_its_bytes_spoilt_is_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(dumps(sample_debate()).encode("utf-8"))
    for _ in range(data.draw(st.integers(1, 5))):
        _spoil(data, raw)
    try:
        debate = loads(bytes(raw))
    except ProjectFileError as error:
        assert 0 < len(str(error)) < 400
        assert "Traceback" not in str(error)
    else:
        assert loads(dumps(debate)) == debate


@settings(max_examples=60)
@given(debates(), st.data())
def test_projectfile_with_references_mixed_up_is_read_or_refused(
    debate: Debate, data: st.DataObject
) -> None:
    """Whole parts exchanged, dropped and doubled: types stay right, what they mean does not."""
    value = json.loads(dumps(debate))
    lists = [place for place in _places(value) if isinstance(_at(value, place), list)]
    for _ in range(data.draw(st.integers(1, 3))):
        found = _at(value, data.draw(st.sampled_from(lists)))
        other = _at(value, data.draw(st.sampled_from(lists)))
        if not isinstance(found, list) or not isinstance(other, list):
            continue
        how = data.draw(st.sampled_from(["drop", "double", "mix"]))
        if how == "drop" and found:
            found.pop(data.draw(st.integers(0, len(found) - 1)))
        elif how == "double" and found:
            found.append(found[0])
        elif how == "mix":
            found[:], other[:] = list(other), list(found)
    try:
        read = loads(json.dumps(value))
    except ProjectFileError as error:
        assert str(error)
    else:
        assert loads(dumps(read)) == read


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        try:
            value = value[key]
        except (LookupError, TypeError):
            return None
    return value


def test_to_dict_is_what_is_written() -> None:
    assert json.loads(dumps(sample_debate())) == to_dict(sample_debate())
