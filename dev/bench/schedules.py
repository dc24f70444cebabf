"""Building schedules: how many of 60 instalments in a second, by method and grace."""

import statistics
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from harness import check, finish

from tools.amortization import METHODS, build_schedule
from tools.apr import effective_rate

COUNT = 1_000
GOAL = 1_000  # schedules a second
GRACES = {"none": 0, "partial": 6, "total": 6}


def build(method, grace):
    """So many schedules, each of another amount."""
    return [
        build_schedule(
            5_000 + number,
            "3.75",
            60,
            method=method,
            grace_type=grace,
            grace_periods=GRACES[grace],
            first_due_date=date(2026, 1, 31),
        )
        for number in range(COUNT)
    ]


def rates():
    """The rate of each of so many loans of 60 instalments."""
    lines = build_schedule(5_000, "3.75", 60, first_due_date=date(2026, 1, 31))
    paid = [(line.sequence / 12, -line.amount) for line in lines]
    for number in range(COUNT):
        effective_rate([(0, 5_000 - number % 100), *paid])


def per_second(action, *options):
    """The median of five rounds."""
    taken = []
    for _round in range(5):
        start = time.perf_counter()
        action(*options)
        taken.append(time.perf_counter() - start)
    return COUNT / statistics.median(taken)


slowest = None
for method in METHODS:
    for grace in GRACES:
        speed = per_second(build, method, grace)
        print(f"{method}, grace {grace}: {speed:,.0f} schedules of 60 lines a second")
        slowest = min(speed, slowest or speed)
check(f"schedules of 60 lines: at least {GOAL:,} a second", slowest >= GOAL, slowest)
print(f"rate of a loan of 60 lines: {per_second(rates):,.0f} a second")
finish()
