import pytest

from anonymise.jigsaw.rules import jigsaw_from
from tests.anonymise.conftest import read


@pytest.fixture(scope="session")
def jigsaw():
    return jigsaw_from(read("quasi"))
