"""The README and docs say what there is: commands, pages, files."""

import re
from pathlib import Path

import typer

from argmap.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))


def commands(command: object, prefix: str) -> list[str]:
    below = getattr(command, "commands", None)
    if not below:
        return [prefix]
    return [line for name, sub in below.items() for line in commands(sub, f"{prefix} {name}")]


def test_every_command_is_in_the_readme_or_the_docs() -> None:
    found = commands(typer.main.get_command(app), "argmap")
    assert "argmap map" in found
    assert [line for line in found if line not in README + DOCS] == []


def test_every_page_is_in_the_readme() -> None:
    source = (ROOT / "app.py").read_text(encoding="utf-8")
    titles = re.findall(r'st\.Page\(.*title="([^"]+)"', source)
    assert len(titles) >= 5
    assert [title for title in titles if f"**{title}**" not in README] == []


def test_the_readme_holds_the_two_commands() -> None:
    assert "pip install -r requirements.txt && streamlit run app.py" in README
    assert "pip install -r requirements.txt && python -m pytest" in README


def test_every_file_that_the_readme_links_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert len(links) >= 3
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_requirements_pin_every_direct_dependency_and_the_package_itself() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted.pop() == "-e ."
    assert "torch==2.13.0" in wanted
    assert [line for line in wanted if "==" not in line] == []
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project[project.index("dependencies = [") : project.index("[project.scripts]")]
    named = {re.split("[<>=]", name)[0].lower() for name in re.findall(r'"([^"]+)"', block)}
    assert named <= {line.split("==")[0].lower() for line in wanted}
