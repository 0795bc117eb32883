"""The bill of materials is valid, current, and says nothing of the machine it was made on."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from argmap.nlp.registry import registered
from tests.materials import TARGET, bill, pinned

#: Free to use and to pass on under terms that ask for no more than their notice.
PERMISSIVE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "MIT",
              "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib"}  # fmt: skip
#: The others that there are, each told of in docs/security.md.
OTHERS = {"certifi": {"MPL-2.0"}, "tqdm": {"MPL-2.0"}, "hypothesis": {"MPL-2.0"},
          "psycopg": {"LGPL-3.0-only"}, "sadface": {"GPL-3.0-only"}}  # fmt: skip


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(TARGET.read_text(encoding="utf-8"))
    return found


def licences(component: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for one in component.get("licenses", []):
        told = one.get("expression") or one["license"].get("id") or one["license"].get("name")
        found |= set(re.split(r" AND | OR ", told))
    return found


def test_it_is_valid_by_the_schema() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(TARGET.read_text()) is None


def test_it_is_what_would_be_made_now(written: dict[str, Any]) -> None:
    again = "Make it anew: python -m tests.materials"
    pins = {(c["name"], c["version"]) for c in written["components"] if c["type"] == "library"}
    assert pins == {(name, version) for name, version, _ in pinned()}, again
    models = {
        c["name"]: c["hashes"][0]["content"]
        for c in written["components"]
        if c["type"] == "machine-learning-model"
    }
    assert models == {e.id: e.revision for e in registered() if e.source != "hub"}, again
    assert bill() == TARGET.read_text(encoding="utf-8"), again


def test_every_part_states_its_licence_and_the_ones_that_ask_for_more_are_known(
    written: dict[str, Any],
) -> None:
    others = {}
    for component in written["components"]:
        found = licences(component)
        assert found, component["name"]
        if found - PERMISSIVE and component["type"] == "library":
            others[component["name"]] = found - PERMISSIVE
    assert others == OTHERS
    docs = (TARGET.parent / "security.md").read_text(encoding="utf-8")
    assert [name for name in others if name not in docs] == []


def test_only_what_tests_need_is_left_out_of_what_a_user_gets(written: dict[str, Any]) -> None:
    scopes = {c["name"]: c["scope"] for c in written["components"] if c["type"] == "library"}
    assert (scopes["streamlit"], scopes["pytest"], scopes["sadface"]) == (
        "required", "excluded", "excluded",
    )  # fmt: skip


def test_it_names_no_folder_no_registry_and_no_moment() -> None:
    text = TARGET.read_text(encoding="utf-8")
    assert len(text) < 300_000
    assert str(Path.home()) not in text
    assert re.findall(r"https?://(?!cyclonedx\.org/)\S+", text) == []
    assert json.loads(text)["metadata"]["timestamp"] == "2026-01-01T00:00:00+00:00"
