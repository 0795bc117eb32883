"""What fuzzing found, made as small as it goes; each broke something once."""

from __future__ import annotations

import io
import json
import os
import warnings
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from argmap.batch.inputs import find_files, units
from argmap.bundled import load_gold
from argmap.errors import ArgmapError, InputError, ModelError, SourceError
from argmap.imports import read_debate
from argmap.nlp import list_models, registry
from argmap.nlp.own_models import own_list
from argmap.nlp.zero_shot import read_settings
from argmap.projectfile import dumps, loads
from argmap.sources import max_bytes, read_all, read_bytes, to_iso
from argmap.sources.address import parse_address
from argmap.sources.decode import decode
from argmap.sources.places import clock
from argmap.structure.comparands import bounds
from tests.fuzz import changes, checks
from tests.interchange import foreign
from tests.samples import sample_debate


@pytest.mark.parametrize(
    "name", ["undefined", "idna", "punycode", "quopri", "unicode_escape", "rot13", "uu"]
)
def test_an_encoding_that_is_none_of_texts_is_unknown(name: str) -> None:
    with pytest.raises(SourceError, match=f"“{name}” that it declares is unknown"):
        decode(f"<meta charset='{name}'>The port must sleep \\d.".encode(), "a.html")


def test_mail_of_an_encoding_that_is_none_of_texts_is_read_all_the_same() -> None:
    mail = (
        b"From: a@x.example\nTo: b@x.example\nDate: Thu, 03 Apr 2031 23:30:00 +0100\n"
        b"Content-Type: text/plain; charset=unicode_escape\n\nThe port must sleep \\d.\n"
    )
    assert read_bytes(mail, name="a.eml").text == "The port must sleep \\d."


def test_control_characters_of_a_mail_are_not_shown() -> None:
    mail = (
        b"From: a@x.example\nTo: b@x.example\nDate: c\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\n"
        b"The port must sleep.\n--B\nContent-Type: te\x08t/odd\n\nAAAA\n--B--\n"
    )
    checks.reading(read_all(mail, name="a.eml"), further=False)


@pytest.mark.parametrize(
    ("text", "day"),
    [("3 \u017fept 2031", "2031-09-03"), ("\u0662\u0660\u0663\u0661", None), ("2031-02-31", None)],
)
def test_dates_in_old_letters_and_in_other_figures(text: str, day: str | None) -> None:
    assert to_iso(text) == day


def test_hours_in_other_figures() -> None:
    assert clock("12:3\u0664") == "12:34"


@pytest.mark.parametrize("key", ["\u0662\u0660\u0663\u0661", "2031..2030"])
def test_a_period_that_is_none_is_refused_with_a_remedy(key: str) -> None:
    with pytest.raises(InputError) as caught:
        bounds(key)
    checks.message(caught.value)


def test_a_redirect_to_broken_brackets_is_refused() -> None:
    with pytest.raises(SourceError):
        parse_address("https://news.example/").join("//]/a")


def test_a_zip_with_a_part_without_a_name() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("QQ.txt", b"The port must sleep.")
        package.writestr("b.txt", b"Its crews are tired.")
    # Python reads a name up to its first NUL.
    data = buffer.getvalue().replace(b"QQ.txt", b"\0Q.txt")
    (document,) = read_all(data, name="a.zip").documents
    assert document.text == "Its crews are tired."


def _parquet(path: Path, *, spoil: bool) -> Path:
    rows = [{"text": "The port must sleep because its crews are tired."}] * 300
    pq.write_table(pa.Table.from_pylist(rows), path, compression="NONE", use_dictionary=False)
    if spoil:
        data = bytearray(path.read_bytes())
        data[4:40] = bytes(36)  # the header of the first page; the table of contents is whole
        path.write_bytes(data)
    return path


def test_a_parquet_file_with_a_damaged_page_is_refused_and_the_batch_goes_on(
    tmp_path: Path,
) -> None:
    spoilt = _parquet(tmp_path / "a.parquet", spoil=True)
    whole = _parquet(tmp_path / "b.parquet", spoil=False)
    found = list(units(find_files([str(spoilt), str(whole)])))
    (refused,) = [unit.piece for unit in found if unit.piece.kind == "refused"]
    assert "breaks off" in refused.problem and refused.remedy
    assert sum(unit.piece.kind == "parquet" for unit in found) == 300


ROW = {
    "id": "mine", "title": "Mine", "task": "stance", "source": "folder", "folder": "/nowhere",
    "sha256": "0" * 64, "licence": "MIT", "size_mb": 1.5, "note": "A note.",
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"labels": True},
        {"size_mb": "null"},
        {"size_mb": float("nan")},
        {"temperature": 0},
        {"temperature": "hot"},
        {"hypotheses": {"nonsense": "a"}},
        {"hypotheses": 1},
        {"task": "poetry"},
        {"title": None, "licence": None, "note": None, "size_mb": None},
        {"folder": "a" * 5000},
    ],
    ids=str,
)
def test_a_list_of_own_models_that_is_broken_is_told(
    change: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path))
    own_list().write_text(json.dumps({"models": [{**ROW, **change}]}), encoding="utf-8")
    with pytest.raises(ModelError, match=r"models\.json is not a list of models") as caught:
        list_models()
    checks.message(caught.value)


@pytest.mark.parametrize("text", [b"[" * 100_000, b"\xff", b"{}", b'{"models": [{}]}'])
def test_a_list_of_own_models_that_is_no_list_is_told(
    text: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path))
    own_list().write_bytes(text)
    with pytest.raises(ModelError, match="is not a list of models"):
        list_models()


@pytest.mark.parametrize(
    "text",
    [
        b"\xff",
        b"models = 1",
        b"models = [1]",
        b"a = " + b"[" * 5000,
        b'[[models]]\nid = "a"\ntitle = "a"\ntask = "stance"\nsource = "shipped"\nfolder = "'
        + b"9" * 5000
        + b'"\nsha256 = ""\nlicence = ""\nsize_mb = 1\nnote = ""',
        b'[[models]]\nid = "a"\nsource = "hub"\ntask = "stance"\ntitle = ""\nlicence = ""\n'
        b'note = ""\nsize_mb = [[]]',
    ],
    ids=["bytes", "number", "numbers", "deep", "long name", "no number"],
)
def test_a_registry_that_is_broken_is_told(
    text: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "models_dir", lambda: tmp_path)
    (tmp_path / "registry.toml").write_bytes(text)
    with pytest.raises(ModelError, match="is not a model registry") as caught:
        registry.registered()
    checks.message(caught.value)


def test_settings_of_a_model_that_are_nested_too_deeply(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes(b"[" * 100_000)
    (tmp_path / "a.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match="is not JSON"):
        read_settings(tmp_path)


@pytest.mark.parametrize("line", ["9" * 5000, "[" * 100_000])
def test_gold_labels_that_python_cannot_read(line: str, tmp_path: Path) -> None:
    home = tmp_path / "a"
    home.mkdir()
    (home / "debate.toml").write_text(
        'id = "a"\ntitle = "A"\ndocuments = ["a.txt"]\n[[topics]]\nid = "t"\ntitle = "T"\n'
        'motion = "The port must sleep."\npro = "Yes."\ncon = "No."\n',
        encoding="utf-8",
    )
    (home / "gold.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(ArgmapError, match="is not well-formed JSON"):
        load_gold("a", folder=tmp_path)


def test_argdown_in_which_something_else_than_an_undercut_acts_on_an_inference() -> None:
    text = (
        "[A]: It must sleep.\n    - [C]: No.\n\n<B>\n\n(1) Crews tire.\n----\n    +> [A]\n(2) So.\n"
    )
    found = read_debate(text.encode(), name="a.argdown")
    assert any("can only be undercut" in note for note in found.notes)


def test_a_page_whose_metadata_hold_what_is_no_text() -> None:
    ld = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": {"id": "Nights"}}
    page = (
        f'<html><head><script type="application/ld+json">{json.dumps(ld)}</script></head><body>'
        "<article><p>The port must sleep at night, its crews say, and they have said so for years."
        "</p><p>The owners of the ships disagree, and so do the buyers of their freight.</p>"
        "</article></body></html>"
    )
    found = read_bytes(page.encode(), name="a.html")
    assert found.title.startswith("The port must sleep")


def test_sadface_with_an_empty_id_of_ours_is_refused() -> None:
    value = json.loads(foreign.SADFACE)
    atom = next(node for node in value["nodes"] if node.get("text") == "it costs too much")
    atom["metadata"] = {"argmap": {"id": ""}}
    with pytest.raises(InputError) as caught:
        read_debate(json.dumps(value).encode(), name="a.json")
    checks.message(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"schema_version": NaN}',
        b'{"schema_version": ' + b"9" * 5000 + b"}",
        b'{"schema_version": 1, "schema_version": 1}',
        b'{"schema_version": "1"}',
        b'{"schema_version": 99}',
        b'{"nodes": [{"nodeID": 1, "type": 5}], "edges": []}',
        b'{"nodes": [1], "edges": [], "metadata": {}}',
        b'{"AIF": {"nodes": [], "edges": [1]}}',
        b"<graphml><graph/></graphml>",
        b"<graphml",
        b"===\na: &b [*b]\n===\n[A]: b",
        b"===\na: [\n===\n[A]: b",
        b"===\nnever closed",
        b"nothing of the kind",
    ],
)
def test_every_refusal_of_a_finished_analysis_says_what_to_do(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_debate(data, name="a.json")
    assert str(caught.value).startswith("a.json: ")
    checks.message(caught.value)


def test_a_long_setting_is_told_in_a_short_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "ARGMAP_MAX_FILE_MB", "9" * 5000)
    with pytest.raises(SourceError) as caught:
        max_bytes()
    assert len(str(caught.value)) < 300


def test_a_threshold_of_another_hand_is_passed_over() -> None:
    from argmap.stance import THRESHOLD, threshold_in

    odd = ("abc", "0.7", True, -1, 2, 10**400, "")
    assert {threshold_in({"threshold": value}) for value in odd} == {THRESHOLD}
    assert threshold_in({"threshold": 0}) == 0.0
    assert threshold_in({"threshold": 0.7}) == 0.7
    # Such a file opens, for the settings are free.
    debate = sample_debate()
    debate.run.settings["threshold"] = "abc"  # type: ignore[index]
    assert loads(dumps(debate)).run.settings["threshold"] == "abc"


def test_keys_twice_and_half_characters_are_in_what_is_tried() -> None:
    assert changes.written(changes.as_pairs('{"a": 1, "a": [2]}')) == '{"a": 1, "a": [2]}'
    assert "\\ud800" in "".join(map(str, changes.VALUES))


def test_graphml_without_types_of_columns_is_read_without_a_warning() -> None:
    text = (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="k" for="edge" '
        'attr.name="kind"/><graph edgedefault="directed"><node id="The port must sleep"/>'
        '<node id="Its crews are tired"/><edge source="Its crews are tired" '
        'target="The port must sleep"><data key="k">support</data></edge></graph></graphml>'
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = read_debate(text.encode(), name="a.graphml")
    assert len(found.debate.topics) == 1
