"""The programs, the processor and the port."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import socket
from collections.abc import Iterator
from pathlib import Path

from argmap import __version__
from argmap.doctor.findings import Finding, size

_VERSIONS = "Versions"
_MACHINE = "Machine"
_REINSTALL = "Run: pip install -r requirements.txt"
#: Whose version most often explains a fault.
_TOLD = ("torch", "transformers", "tokenizers", "safetensors", "streamlit", "plotly", "SQLAlchemy",
         "pandas", "numpy", "lxml", "pydantic", "huggingface-hub")  # fmt: skip
#: What some use and nobody needs, by package: what it is for.
_EXTRAS = (
    ("ray", "argmap batch --engine ray"),
    ("sentence-transformers", "argmap bench stance"),
    ("psycopg", "sessions in PostgreSQL"),
)
_LEAST_MEMORY = 2_000_000_000


def versions() -> Iterator[Finding]:
    """Of argmap, Python, the system, and the packages it stands on."""
    yield Finding(_VERSIONS, "argmap", __version__)
    yield Finding(_VERSIONS, "Python", f"{platform.python_version()}, {platform.system()} "
                  f"{platform.release()}, {platform.machine()}")  # fmt: skip
    for name in _TOLD:
        version = _version(name)
        if version is not None:
            yield Finding(_VERSIONS, name, version)
    missing = [name for name in _needed() if _version(name) is None]
    if missing:
        told = ", ".join(missing)
        yield Finding(_VERSIONS, "not installed", told, "wrong", _REINSTALL)


def extras() -> Iterator[Finding]:
    """The optional packages, and what is not needed at all."""
    for name, purpose in _EXTRAS:
        version = _version(name)
        told = f"{version}, for {purpose}" if version else f"not installed; only for {purpose}"
        yield Finding("Optional", name, told)
    yield Finding("Optional", "Chromium", "not needed; only the browser tests use it")


def processor() -> Iterator[Finding]:
    """Cores, memory, and which numbers the models compute with."""
    cores = os.cpu_count() or 1
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else cores
    yield Finding(_MACHINE, "cores", f"{ours} of {cores} for this program")
    total, free = _memory()
    if total is not None:
        little = free is not None and free < _LEAST_MEMORY
        told = f"{size(total)}" + (f", {size(free)} free" if free is not None else "")
        remedy = "Mapping takes up to 1 GB beside the browser; close other programs."
        yield Finding(_MACHINE, "memory", told, "look" if little else "ok",
                      remedy if little else "")  # fmt: skip
    from argmap.nlp.precision import capability, choose_device, choose_precision, has_bf16

    device = choose_device()
    kind, threads = capability()
    bf16 = "with bf16" if has_bf16() else "without bf16"
    yield Finding(_MACHINE, "processor", f"{kind}, {bf16}, {threads} threads")
    precision = choose_precision("auto", device=device)
    yield Finding(_MACHINE, "precision", f"auto takes {precision} on {device}")


def port(number: int) -> Iterator[Finding]:
    """Whether the dashboard's port is free."""
    with socket.socket() as probe:
        # As a server would: a port that was closed a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            yield Finding(
                _MACHINE,
                f"port {number}",
                "in use, perhaps by a dashboard that runs",
                "look",
                "argmap serve takes the next free one, or that of --port.",
            )
            return
    yield Finding(_MACHINE, f"port {number}", "free")


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _needed() -> list[str]:
    try:
        lines = importlib.metadata.requires("argmap") or []
    except importlib.metadata.PackageNotFoundError:
        return list(_TOLD)  # run from its folder, without being installed
    return [re.split(r"[\s<>=!~;\[]", line)[0] for line in lines if "extra ==" not in line]


def _memory() -> tuple[int | None, int | None]:
    """Bytes there are and bytes free, where the system says so."""
    told = Path("/proc/meminfo")
    if told.is_file():
        found = dict(re.findall(r"^(\w+):\s+(\d+) kB", told.read_text(), re.M))
        numbers = (found.get("MemTotal"), found.get("MemAvailable"))
        return tuple(int(n) * 1024 if n else None for n in numbers)  # type: ignore[return-value]
    if "SC_PHYS_PAGES" in getattr(os, "sysconf_names", {}):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"), None
    return None, None
