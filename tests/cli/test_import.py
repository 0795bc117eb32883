from __future__ import annotations

from pathlib import Path

import pytest

from argmap.export import EXPORTERS
from argmap.interchange import FORMATS
from argmap.projectfile import dumps, loads
from tests.cli.running import run
from tests.interchange import foreign
from tests.samples import sample_debate

GRAPHS = list(FORMATS)


@pytest.mark.parametrize("key", GRAPHS)
def test_export_and_import_go_there_and_back(key: str, tmp_path: Path) -> None:
    project, out = tmp_path / "project.json", tmp_path / f"map{EXPORTERS[key].suffix}"
    back = tmp_path / "back.json"
    project.write_text(dumps(sample_debate()), encoding="utf-8")
    assert run("export", project, "--to", key, "-o", out).exit_code == 0
    result = run("import", out, "--json", back)
    assert result.exit_code == 0, result.stderr
    again = loads(back.read_bytes())
    if key == "argdown":
        assert "no full text: 1" in result.stderr
        assert again.statements == sample_debate().statements[:2]
    else:
        assert result.stderr == ""
        assert again == sample_debate()
    third = tmp_path / "third"
    assert run("export", back, "--to", key, "-o", third).exit_code == 0
    assert third.read_bytes() == out.read_bytes()


def test_import_reads_standard_input_and_tells_what_was_left_out() -> None:
    result = run("import", "-", input=foreign.GRAPHML)
    assert result.exit_code == 0
    assert [topic.motion for topic in loads(result.stdout_bytes).topics] == ["It should be built."]
    assert result.stderr == "argmap: Edges that say neither support nor attack, left out: 1.\n"


def test_import_names_what_is_wrong(tmp_path: Path) -> None:
    path, out = tmp_path / "[b]talk.json", tmp_path / "out.json"
    path.write_text('{"nodes": [], "edges": [{"fromID": 1, "toID": 2}], "locutions": []}')
    result = run("import", path, "--json", out)
    assert result.exit_code == 1
    assert result.stderr == (
        f"argmap: {path}: edges[0].fromID: '1' is no node of the file. Write it anew with the "
        "program it comes from, or mend it at that place.\n"
    )
    assert not out.exists()
    missing = run("import", tmp_path / "none.json")
    assert (missing.exit_code, "No such file" in missing.stderr) == (1, True)
    text = run("import", "-", input="A text.")
    assert "neither a project file nor an argument graph" in text.stderr


def test_import_does_not_write_over_what_it_reads(tmp_path: Path) -> None:
    path = tmp_path / "map.graphml"
    path.write_text(foreign.GRAPHML)
    result = run("import", path, "--json", path)
    assert result.exit_code == 1
    assert path.read_text() == foreign.GRAPHML


@pytest.mark.parametrize("key", [*GRAPHS, "json"])
def test_map_takes_a_graph_as_a_document(key: str, tmp_path: Path) -> None:
    path, out = tmp_path / "source", tmp_path / "out.json"
    path.write_bytes(EXPORTERS[key].write(sample_debate()).encode("utf-8"))
    result = run("map", path, "--motion", "pay=Nurses should receive a pay rise.", "--json", out)
    assert result.exit_code == 0, result.stderr
    debate = loads(out.read_bytes())
    assert "Nurses deserve a larger pay rise, Ms Adeyemi said." in debate.documents[0].text
    assert any(stance.label == "pro" for stance in debate.stances)
