"""Pictures of every page, wide and narrow, light and dark: ``python -m tests.browser.screenshots``.

Run by hand, to be looked at. They go to ``screenshots/``, which git ignores.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from argmap.records import SIDES
from argmap.store import Store
from tests.browser.conftest import ROOT, launched, serve
from tests.browser.test_accessibility import PAGES, address, mapped
from tests.browser.waiting import drawn, opened, turned

_SCRIPT = Path(__file__).with_name("serve_empty.py")
_WITH_PANEL = ("tree", "stands", "speakers", "compare", "read")
#: A page is pictured whole up to this height, in pixels.
_HIGHEST = 2400


def take(folder: Path, only: str = "") -> list[Path]:
    """Picture each page whose name holds ``only``, and some with a sentence open."""
    folder.mkdir(parents=True, exist_ok=True)
    debate = mapped()
    topic = debate.topics[0].id
    sided = next(s.statement for s in debate.stances if s.topic == topic and s.label in SIDES)
    wanted = [(name, path, "") for name, path in PAGES.items()]
    wanted += [(f"{name} with its panel", PAGES[name], sided) for name in _WITH_PANEL]
    taken = []
    with tempfile.TemporaryDirectory() as own, launched() as browser:
        home = Path(own) / "home"
        home.mkdir()
        with Store(f"sqlite:///{home / 'argmap.db'}") as store:
            kept = store.save(debate)
        with serve(_SCRIPT, home) as server:
            context = browser.new_context(reduced_motion="reduce")
            page = context.new_page()
            for name, path, sentence in wanted:
                if only not in name:
                    continue
                page.set_viewport_size({"width": 1280, "height": 900})
                opened(page, f"{server.url}/{address(path, debate=kept, sentence=sentence)}")
                for width in (1280, 390):
                    for scheme in ("light", "dark"):
                        page.set_viewport_size({"width": width, "height": 900})
                        turned(page, scheme)
                        high = page.evaluate(
                            "document.querySelector('[data-testid=stMain]').scrollHeight"
                        )
                        page.set_viewport_size(
                            {"width": width, "height": max(900, min(_HIGHEST, int(high)))}
                        )
                        page.wait_for_timeout(300)
                        drawn(page)
                        file = folder / f"{name.replace(' ', '-')}-{width}-{scheme}.png"
                        page.screenshot(path=file)
                        taken.append(file)
            context.close()
    return taken


def main() -> None:
    """Parse the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots")
    parser.add_argument("--only", default="", help="a part of the names of the pages to picture")
    asked = parser.parse_args()
    for file in take(asked.out, asked.only):
        print(file)


if __name__ == "__main__":
    main()
