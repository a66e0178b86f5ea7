"""What tests of spreading share: one PostgreSQL."""

import pytest

from tests.pipelines.spread.postgres import running


@pytest.fixture(scope="session")
def postgres():
    with running() as cluster:
        yield cluster
