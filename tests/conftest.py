"""Fixtures that every room's tests share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A property is judged by what holds, not by how busy the machine is.
settings.register_profile("argmap", deadline=None)
settings.load_profile("argmap")

# A test that would reach for a hub must fail, not wait.
os.environ["HF_HUB_OFFLINE"] = "1"
# Nor does a test write to the logs of whoever runs it; those that look at logs turn them on.
os.environ["ARGMAP_LOG"] = "off"

from argmap import nlp  # noqa: E402
from tests import postgres as postgres_server  # noqa: E402


@pytest.fixture(scope="session")
def classifier() -> nlp.PairClassifier:
    """The shipped stance model; tests that use it are marked ``model``."""
    return nlp.load_classifier()


@pytest.fixture(scope="session")
def encoder() -> nlp.Encoder:
    """The embedded encoder; tests that use it are marked ``model``."""
    return nlp.load_encoder()


@pytest.fixture(scope="session")
def point_encoder() -> nlp.PointEncoder:
    """The shipped key-point model; tests that use it are marked ``model``."""
    return nlp.load_point_encoder()


@pytest.fixture(scope="session")
def attributor() -> nlp.Attributor:
    """The shipped attribution model; tests that use it are marked ``model``."""
    return nlp.load_attributor()


@pytest.fixture(scope="session")
def relation_classifier() -> nlp.PairClassifier:
    """The shipped relation model; tests that use it are marked ``model``."""
    return nlp.load_relation_classifier()


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Server]:
    """A PostgreSQL server; the test is skipped where Debian's is not installed."""
    if reason := postgres_server.missing():
        pytest.skip(reason)
    with postgres_server.started() as server:
        yield server
