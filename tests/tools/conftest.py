import pytest
from cohort_rules import without_scipy


@pytest.fixture(params=["scipy", "no scipy"])
def solver(request):
    """With and without the package that proves the best plan."""
    if request.param == "scipy":
        yield request.param
        return
    with without_scipy():
        yield request.param
