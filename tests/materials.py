"""What Argument Mapper is made of, as a CycloneDX bill of materials.

``python -m tests.materials`` writes ``docs/sbom.cdx.json`` anew; do it whenever a pin in
``requirements.txt`` or a row of ``models/registry.toml`` changes. The packages are those that
``requirements.txt`` pins, with the licences that their own metadata state; the models are the
registry's, with its hashes; the fonts and the script are files of other people's that the pages
and the reports carry. What the pinned packages stand on in turn is not pinned and not in it:
``cyclonedx-py environment`` lists that of one machine.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
import tomllib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_expression, is_supported_id
from packageurl import PackageURL

from argmap import __version__
from argmap.nlp.registry import registered

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "sbom.cdx.json"
# The same materials give the same bytes, so the day is none of making it.
_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_TESTS = "# Tests and checks"
#: What older metadata call a licence, and its SPDX name.
_SPDX = {
    "Apache License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
#: Packages whose metadata name no licence that SPDX knows, or another in each build; what their
#: licence file says.
_READ = {
    "axe-playwright-python": "MIT",
    "jinja2": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "reportlab": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "tokenizers": "Apache-2.0",
    "sadface": "GPL-3.0-only",
    "torch": "BSD-3-Clause AND Apache-2.0 AND BSD-2-Clause AND BSL-1.0 AND MIT",
}
#: Files of others in a package that end up in front of a reader: where, which, and whose.
_CARRIED = (
    ("streamlit", "static/static/media/Source*.woff2", "OFL-1.1"),
    ("streamlit", "static/static/media/Material*.woff2", "Apache-2.0"),
    ("streamlit", "static/static/media/KaTeX*.woff2", "OFL-1.1"),
    ("plotly", "package_data/plotly.min.js", "MIT"),
)


def pinned() -> Iterator[tuple[str, str, bool]]:
    """Name and version of every pin, and whether only tests and checks need it."""
    checks = False
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        checks = checks or line == _TESTS
        if "==" in line:
            name, _, version = line.partition("==")
            yield re.sub(r"\[.*\]", "", name), version, checks


def licence_of(name: str) -> LicenseExpression | DisjunctiveLicense | None:
    """The licence that a package's metadata state."""
    if known := _READ.get(name.lower()):
        return _licence(known)
    told = importlib.metadata.metadata(name)
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in told.get_all("Classifier") or []
        if line.startswith("License :: OSI Approved ::")
    ]
    stated = told.get("License-Expression") or told.get("License") or ""
    for text in (stated, *classifiers):
        spdx = _SPDX.get(text.strip(), text.strip())
        if spdx and (is_supported_id(spdx) or is_expression(spdx)):
            return _licence(spdx)
    return DisjunctiveLicense(name=classifiers[0]) if classifiers else None


def _licence(spdx: str) -> LicenseExpression | DisjunctiveLicense:
    return DisjunctiveLicense(id=spdx) if is_supported_id(spdx) else LicenseExpression(spdx)


def _packages() -> Iterator[Component]:
    for name, version, checks in pinned():
        licence = licence_of(name)
        yield Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=f"package:{name.lower()}",
            scope=ComponentScope.EXCLUDED if checks else ComponentScope.REQUIRED,
            purl=PackageURL("pypi", None, name.lower().replace("_", "-"), version),
            licenses=[licence] if licence else [],
        )


def _models() -> Iterator[Component]:
    for entry in registered():
        if entry.source == "hub":
            continue  # not shipped: a user fetches it, and it is pinned in their own list then
        yield Component(
            name=entry.id,
            version=entry.revision[:12],
            type=ComponentType.MACHINE_LEARNING_MODEL,
            bom_ref=f"model:{entry.id}",
            description=entry.title,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=entry.revision)],
            licenses=[_licence(entry.licence)],
        )


def _carried() -> Iterator[Component]:
    for package, pattern, licence in _CARRIED:
        folder = Path(importlib.metadata.distribution(package).locate_file(package))
        for path in sorted(folder.glob(pattern)):
            yield Component(
                name=path.name,
                type=ComponentType.FILE,
                bom_ref=f"file:{package}/{path.name}",
                description=f"carried by {package}",
                hashes=[
                    HashType(
                        alg=HashAlgorithm.SHA_256,
                        content=hashlib.sha256(path.read_bytes()).hexdigest(),
                    )
                ],
                licenses=[_licence(licence)],
            )


def bill() -> str:
    """The bill as JSON of CycloneDX 1.6; the same materials give the same bytes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = Component(
        name=project["name"],
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref="argmap",
        description=project["description"],
        licenses=[_licence(project["license"])],
    )
    corpus = Component(
        name="corpus",
        type=ComponentType.DATA,
        bom_ref="data:corpus",
        description="bundled debates and their gold labels",
        licenses=[_licence("CC0-1.0")],
    )
    components = [*_packages(), *_models(), *_carried(), corpus]
    named = "\n".join(sorted(f"{c.bom_ref} {c.version}" for c in components))
    bom = Bom(
        components=components,
        metadata=BomMetaData(component=own, timestamp=_DAY),
        serial_number=uuid.uuid5(uuid.NAMESPACE_OID, f"argmap {__version__}\n{named}"),
    )
    bom.register_dependency(own, components)
    made = json.loads(JsonV1Dot6(bom).output_as_string())
    return json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(bill(), encoding="utf-8")
    print(f"Written: {TARGET.relative_to(ROOT)}")
