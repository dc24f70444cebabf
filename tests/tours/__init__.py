from . import (
    test_fixtures_tour,
    test_overview_tour,
    test_tours,
    test_year_tours,
)
