import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tools.amortization import build_schedule
from tools.amortization_tranches import schedule_in_tranches

JANUARY = date(2026, 1, 15)
FEBRUARY = date(2026, 2, 15)


def test_one_tranche_is_the_ordinary_schedule():
    chance = random.Random(4)
    for _number in range(300):
        terms = {
            "method": chance.choice(["annuity", "constant_principal", "in_fine"]),
            "period_months": chance.choice([1, 1, 3]),
            "grace_periods": chance.choice([0, 2, 5]),
            "grace_type": chance.choice(["partial", "total"]),
            "grace_position": chance.choice(["inside", "added"]),
            "first_due_date": FEBRUARY,
        }
        amount = Decimal(chance.randrange(1, 2_000_000)) / 100
        rate, periods = chance.choice([0, "1.5", 2, "7.48"]), chance.randrange(6, 60)
        assert schedule_in_tranches(
            [(JANUARY, amount)], rate, periods, **terms
        ) == build_schedule(amount, rate, periods, **terms)


def test_two_tranches_on_one_day_are_one_loan():
    parts = [(JANUARY, 4000), (JANUARY, 1000)]
    lines = schedule_in_tranches(parts, 2, 36, first_due_date=FEBRUARY)
    assert lines == build_schedule(5000, 2, 36, first_due_date=FEBRUARY)


def test_a_tranche_before_the_first_due_date_counts_from_the_first_line():
    parts = [(JANUARY, 6000), (date(2026, 1, 31), 4000)]
    lines = schedule_in_tranches(parts, 0, 36, first_due_date=FEBRUARY)
    assert {line.principal for line in lines[:-1]} == {Decimal("277.78")}


def test_a_tranche_after_due_dates_changes_the_lines_after_it_only():
    parts = [(JANUARY, 6000), (date(2026, 4, 20), 4000)]
    lines = schedule_in_tranches(parts, 0, 10, first_due_date=FEBRUARY)
    assert [line.principal for line in lines[:3]] == [Decimal(600)] * 3
    # 4,200 are left of the first part; 8,200 over the seven lines that remain
    assert [str(line.principal) for line in lines[3:]] == ["1171.43"] * 6 + ["1171.42"]
    assert lines[2].balance == 4200
    assert lines[-1].balance == 0


def test_a_tranche_bears_interest_for_its_days():
    parts = [(JANUARY, 6000), (date(2026, 4, 25), 4000)]
    terms = {"grace_periods": 6, "grace_type": "partial", "first_due_date": FEBRUARY}
    interest = [
        str(line.interest) for line in schedule_in_tranches(parts, 6, 36, **terms)[:6]
    ]
    # 30 a month; 20 for a whole month of 4,000, of which 20 days of 30 in April and May
    assert interest == ["30.00", "30.00", "30.00", "43.33", "50.00", "50.00"]


def test_interest_of_a_total_grace_counts_the_days_of_each_tranche():
    parts = [(JANUARY, 6000), (date(2026, 4, 25), 4000)]
    terms = {"grace_periods": 6, "grace_type": "total", "first_due_date": FEBRUARY}
    lines = schedule_in_tranches(parts, 6, 36, **terms)
    assert not any(line.amount for line in lines[:6])
    # 233.33 of the grace, and 50 of the seventh month
    assert lines[6].interest == Decimal("283.33")


def test_lines_that_are_due_stay_as_they_are():
    first = build_schedule(6000, 2, 24, first_due_date=FEBRUARY)
    kept = [(line.principal, line.interest) for line in first[:5]]
    parts = [(JANUARY, 6000), (date(2026, 7, 1), 3000)]
    lines = schedule_in_tranches(parts, 2, 24, first_due_date=FEBRUARY, kept=kept)
    assert [(line.principal, line.interest) for line in lines[:5]] == kept
    assert sum(line.principal for line in lines) == 9000
    assert lines[5].principal > kept[4][0]


def test_a_tranche_that_came_late_was_not_paid_back_before():
    """Planned for February, it comes in June: the lines until then are kept."""
    planned = [(JANUARY, 6000), (date(2026, 2, 20), 3000)]
    terms = {"first_due_date": FEBRUARY}
    plan = schedule_in_tranches(planned, 0, 12, **terms)
    kept = [(plan[0].principal, plan[0].interest)]
    late = [(JANUARY, 6000), (date(2026, 6, 20), 3000)]
    lines = schedule_in_tranches(late, 0, 12, kept=kept, **terms)
    assert {line.principal for line in lines[1:5]} == {Decimal(500)}
    assert sum(line.principal for line in lines) == 9000


@pytest.mark.parametrize(
    ("tranches", "kept", "words"),
    [
        ([(JANUARY, 500), (date(2026, 5, 15), 1)], (), "no line is left"),
        ([(JANUARY, 0)], (), "above zero"),
        ([(JANUARY, -1)], (), "not negative"),
        ([(JANUARY, 500)], [(501, 0)], "more than was paid out"),
    ],
)
def test_what_makes_no_sense_is_refused(tranches, kept, words):
    with pytest.raises(ValueError, match=words):
        schedule_in_tranches(tranches, 0, 4, first_due_date=FEBRUARY, kept=kept)


def test_a_thousand_loans_in_tranches_are_sound():
    chance = random.Random(11)
    for _number in range(1000):
        periods = chance.randrange(3, 40)
        days = [
            JANUARY + timedelta(days=chance.randrange(0, 28 * (periods - 1)))
            for _part in range(chance.randrange(1, 4))
        ]
        parts = [(day, Decimal(chance.randrange(1, 900_000)) / 100) for day in days]
        lines = schedule_in_tranches(
            parts,
            chance.choice([0, "0.5", 2, 9]),
            periods,
            method=chance.choice(["annuity", "constant_principal", "in_fine"]),
            grace_periods=(grace := chance.randrange(0, periods)),
            grace_type=chance.choice(["partial", "total"]),
            first_due_date=FEBRUARY,
        )
        assert sum(line.principal for line in lines) == sum(a for _d, a in parts)
        assert all(
            line.principal >= 0 and line.interest >= 0 and line.balance >= 0
            for line in lines
        )
        assert lines[-1].balance == 0
        assert not any(line.principal for line in lines[:grace])
