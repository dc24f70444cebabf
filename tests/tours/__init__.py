from . import test_fixtures_tour, test_tours
