import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_limits():
    """Sign-in limits live in the cache: one test must not use up the tries of the next."""
    cache.clear()
    yield
    cache.clear()
