"""What every test may ask for: the app, running."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tools.server import running_server

# The same examples in every run, and no time limit on one: a test fails because of the code alone. `make explore` looks
# at fresh ones instead, and at more where a test doesn't say how many.
settings.register_profile("unrolled", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("unrolled")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of one app that all tests share."""
    with running_server() as running:
        yield running.url


@pytest.fixture(scope="session")
def fresh_server() -> Iterator[str]:
    """The address of an app that knows of nothing but the links that tests open on it."""
    with running_server() as running:
        yield running.url
