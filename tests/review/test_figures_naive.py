from odoo.tests import tagged

from .common import FiguresCommon, RandomHub

SEEDS = range(14)


@tagged("post_install", "-at_install")
class TestFiguresNaive(FiguresCommon):
    """Random small hubs: the figures are those counted one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hub.hub_collective_times = 2

    def test_random_hubs(self):
        for seed in SEEDS:
            with self.cr.savepoint(flush=False) as point, self.subTest(seed=seed):
                RandomHub(self, seed)
                for year in (2023, 2024, 2025):
                    self.assert_naive(year, message=f"seed {seed}, {year}")
                point.rollback()
            self.env.invalidate_all()
