"""Rates and intervals with known answers."""

import doctest
import json
import math
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loan_cases import ANY_DAY

from tools import apr
from tools.amortization import build_schedule, due_dates
from tools.apr import dated_flows, effective_rate, proportional_rate, year_fraction

CASES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "apr_cases.json").read_text("utf-8")
)["cases"]
OF_KIND = {
    kind: [case for case in CASES if case["kind"] == kind]
    for kind in ("taeg_cashflows", "teg_proportionnel", "eu_time_interval")
}
TWO_PAYMENTS = "fsharp_eu_2pay"  # shows that conventions differ, and is no more
FRANFINANCE = "franfinance_proportionnel"  # three little loans in words


def named(cases, *without):
    return pytest.mark.parametrize(
        "case",
        [case for case in cases if case["id"] not in without],
        ids=lambda case: case["id"],
    )


def by_id(name):
    return next(case for case in CASES if case["id"] == name)


def flows_of(case, time):
    asked = case["inputs"]
    return [(one[time], one["amount"]) for one in asked["advances"]] + [
        (one[time], -one["amount"]) for one in asked["payments"]
    ]


def monthly(amount, payment, count, fee=0):
    """Flows in months: an amount less a fee, then equal payments."""
    return [(0, amount), (0, -fee)] + [(k, -payment) for k in range(1, count + 1)]


def in_years(flows, units=12):
    return [(Fraction(time, units), amount) for time, amount in flows]


def test_no_known_case_is_forgotten():
    assert sum(map(len, OF_KIND.values())) == len(CASES) == 22


def test_what_the_documentation_shows_is_true():
    assert doctest.testmod(apr).attempted
    assert not doctest.testmod(apr).failed


# ------------------------------------------------------------
# Intervals
# ------------------------------------------------------------


@named(OF_KIND["eu_time_interval"])
def test_known_intervals(case):
    asked, answer = case["inputs"], case["expected"]
    start, end = (date.fromisoformat(asked[key]) for key in ("start", "end"))
    found = year_fraction(start, end, asked["unit"])
    assert found == pytest.approx(answer["years"], abs=case["tolerance"]["abs"])
    exact = sum(Fraction(part) for part in answer["formula"].split("+"))
    assert found == float(exact)


@pytest.mark.parametrize(
    ("start", "end", "unit", "formula"),
    [
        # months: ends of months, short ones, years that hold a 29 February
        ("2026-01-15", "2026-01-15", "month", "0"),
        ("2026-01-31", "2026-02-28", "month", "1/12"),
        ("2026-01-30", "2026-02-28", "month", "1/12"),
        ("2026-01-29", "2026-02-28", "month", "1/12"),
        ("2026-01-28", "2026-02-28", "month", "1/12"),
        ("2026-02-28", "2026-03-28", "month", "1/12"),
        ("2026-02-28", "2026-03-31", "month", "1/12"),
        ("2023-02-28", "2024-02-29", "month", "12/12"),
        ("2024-02-29", "2028-02-29", "month", "48/12"),
        ("2024-02-29", "2024-03-30", "month", "1/12"),
        ("2024-02-28", "2024-03-30", "month", "1/12+1/366"),
        ("2023-12-30", "2024-01-31", "month", "1/12+1/365"),
        ("2026-09-15", "2026-10-31", "month", "1/12+15/365"),
        ("2026-09-15", "2027-02-28", "month", "5/12+15/365"),
        ("2024-02-20", "2024-03-10", "month", "19/366"),
        ("2024-02-28", "2024-03-01", "month", "2/366"),
        ("2024-03-05", "2025-02-28", "month", "11/12+26/366"),
        ("2024-12-20", "2025-01-02", "month", "13/366"),
        ("2025-02-27", "2025-03-01", "month", "2/365"),
        # weeks
        ("2026-01-01", "2026-01-07", "week", "6/365"),
        ("2026-01-01", "2026-01-08", "week", "1/52"),
        ("2024-02-28", "2024-03-08", "week", "1/52+2/366"),
        ("2024-02-26", "2024-03-05", "week", "1/52+1/365"),
        # years
        ("2024-02-29", "2025-02-28", "year", "1"),
        ("2024-02-29", "2026-03-01", "year", "2+1/366"),
        ("2023-02-28", "2024-02-29", "year", "1"),
        ("2020-03-01", "2026-06-15", "year", "6+106/366"),
        ("2026-01-01", "2026-12-31", "year", "364/365"),
    ],
)
def test_more_intervals(start, end, unit, formula):
    exact = sum(Fraction(part) for part in formula.split("+"))
    found = year_fraction(date.fromisoformat(start), date.fromisoformat(end), unit)
    assert found == float(exact)


def test_the_due_dates_of_a_loan_are_whole_months_apart():
    for first in (date(2026, 1, 31), date(2024, 2, 29), date(2025, 12, 30), ANY_DAY):
        dates = due_dates(first, 61)
        for months in range(61):
            assert year_fraction(first, dates[months]) == float(Fraction(months, 12))


@settings(max_examples=300, deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(0, 4_000),
    st.sampled_from(apr.UNITS),
)
def test_an_interval_is_near_the_days_and_adds_whole_years(start, days, unit):
    end = start + timedelta(days)
    found = year_fraction(start, end, unit)
    weeks_are_short = 0.004 * days / 365 if unit == "week" else 0
    assert found == pytest.approx(days / 365.25, abs=0.0125 + weeks_are_short)
    assert (found == 0) == (days == 0)


@pytest.mark.parametrize(
    ("start", "end", "unit"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), "month"),
        (date(2026, 1, 1), date(2026, 1, 2), "day"),
    ],
)
def test_an_interval_that_makes_no_sense_is_refused(start, end, unit):
    with pytest.raises(ValueError, match=r"comes before|unit is one of"):
        year_fraction(start, end, unit)


# ------------------------------------------------------------
# TAEG
# ------------------------------------------------------------


@named(OF_KIND["taeg_cashflows"], TWO_PAYMENTS)
def test_known_effective_rates(case):
    found = effective_rate(flows_of(case, "t_years"))
    tolerance = case["tolerance"]["taeg_percent_abs"]
    assert found == pytest.approx(case["expected"]["taeg_percent"], abs=tolerance)
    for text in case["expected"]["rounded"]:
        number = text.removesuffix(" %")
        digits = len(number.partition(",")[2])
        assert f"{found:.{digits}f}".replace(".", ",") == number


def test_two_ways_of_counting_time_give_two_rates():
    case = by_id(TWO_PAYMENTS)
    flows = flows_of(case, "date")
    flows = [(date.fromisoformat(day), amount) for day, amount in flows]
    start = flows[0][0]
    in_days = [((day - start).days / 365, amount) for day, amount in flows]
    answer = case["expected"]["taeg_percent"]
    assert effective_rate(in_days) == pytest.approx(answer, abs=0.005)
    assert effective_rate(dated_flows(flows)) == pytest.approx(85.59, abs=0.005)


@pytest.mark.parametrize(
    ("flows", "percent"),
    [
        # decree of 10 June 2002, second and fourth examples
        ([(0, 1000), (0, -50), (1.5, -1200)], 16.85),
        ([(0, 1000), (0.25, -272), (0.5, -272), (1, -544)], 13.1855),
        # the same, from the calendar: 546 days
        ([(0, 1000), (546 / 365, -1200)], 12.96),
        # an overdraft, by the day; a revolving credit, by the day and by the month
        ([(0, 100), (Fraction(1, 365), Decimal("-100.0274"))], 10.52),
        ([(0, 100), (Fraction(1, 365), Decimal("-100.04"))], 15.72),
        ([(0, 100), (Fraction(1, 12), Decimal("-101.2"))], 15.39),
        # nothing but a fee: 9,700 of which 100 are kept back, six quiet months
        (
            in_years(
                [(0, 9700), (0, -100), (48, Decimal("-231.05"))]
                + [(month, Decimal("-230.95")) for month in range(7, 48)]
            ),
            0.4537,
        ),
    ],
)
def test_more_effective_rates(flows, percent):
    digits = len(str(percent).partition(".")[2])
    assert effective_rate(flows) == pytest.approx(percent, abs=0.51 * 10**-digits)


def test_a_first_period_of_46_days():
    """The decree, example 5 bis: paid out on 15 September, due on 31 October."""
    start, payment = date(2001, 9, 15), Decimal("-317.73")
    flows = [(day, payment) for day in due_dates(date(2001, 10, 31), 36)]
    found = effective_rate(dated_flows([(start, 10_000), *flows]))
    assert found == pytest.approx(9.0548, abs=0.0001)
    in_days = [(0, 10_000)] + [
        (Fraction(46, 365) + Fraction(k, 12), Decimal("-317.78")) for k in range(36)
    ]
    assert effective_rate(in_days) == pytest.approx(9.0561, abs=0.0001)


def test_without_fee_and_interest_the_rate_is_exactly_zero():
    assert effective_rate(in_years(monthly(1_200, 100, 12))) == 0.0
    thirds = [(1, "-333.33"), (2, "-333.33"), (3, "-333.34")]
    flows = [(0, Decimal(1_000))] + [(t, Decimal(paid)) for t, paid in thirds]
    assert effective_rate(flows) == 0.0


def test_without_interest_a_fee_alone_makes_a_rate():
    flows = monthly(1_200, 100, 12, fee=12)
    found = effective_rate(in_years(flows))
    assert found == pytest.approx(1.8755, abs=0.00005)
    assert proportional_rate(flows, 12) == pytest.approx(1.8595, abs=0.00005)


def test_several_tranches_have_one_rate():
    """Interest is paid between them, so that money comes and goes in turn."""
    flows = [(0, 1000), (0.25, -10), (0.5, 1000), (1, -10), (1.5, 500), (3, -2700)]
    growth = 1 + effective_rate(flows) / 100
    worth = [amount * growth**-time for time, amount in flows]
    assert sum(worth) == pytest.approx(0, abs=1e-9)
    assert 1 < growth < 1.1


def test_less_paid_back_than_received_is_a_negative_rate():
    assert effective_rate([(0, 1000), (1, -900)]) == pytest.approx(-10)
    assert effective_rate([(0, 1000), (1, Decimal("-0.01"))]) == pytest.approx(-99.999)


def test_very_high_rates_are_found():
    assert effective_rate([(0, 100), (1, -100_000)]) == pytest.approx(99_900)
    assert effective_rate([(0, 100), (Fraction(1, 365), -110)]) == pytest.approx(
        100 * (1.1**365 - 1)
    )


def test_a_fee_before_the_money_has_one_rate_in_reason():
    flows = [(Fraction(-1, 12), -20), *in_years(monthly(1_000, 90, 12))]
    plain = effective_rate(in_years(monthly(1_000, 90, 12)))
    with_fee = effective_rate(in_years(monthly(1_000, 90, 12, fee=20)))
    assert plain < with_fee < effective_rate(flows) < with_fee + 1

    by_month = [(-1, -20), *monthly(1_000, 90, 12)]
    assert 12 * math.log1p(effective_rate(flows) / 100) == pytest.approx(
        144 * math.log1p(proportional_rate(by_month, 12) / 1200)
    )


def test_a_rate_at_which_the_worth_only_touches_zero():
    flows = [(0, 100), (1, -220), (2, 121)]
    assert effective_rate(flows) == pytest.approx(10)
    lender = [(time, -amount) for time, amount in flows]
    assert effective_rate(lender) == pytest.approx(10)


def test_the_order_and_the_first_day_of_flows_change_nothing():
    flows = in_years(monthly(1_000, 90, 12, fee=5))
    moved = [(time + 7, amount) for time, amount in reversed(flows)]
    assert effective_rate(moved) == pytest.approx(effective_rate(flows), abs=1e-9)


@pytest.mark.parametrize(
    ("flows", "told"),
    [
        ([], "one way only"),
        ([(0, 1000)], "one way only"),
        ([(0, 1000), (1, 100)], "one way only"),
        ([(0, 1000), (0, -1000), (1, -5)], "one way only"),
        ([(0, 100), (1, -100), (2, 100)], "no rate makes"),
        ([(0, 100), (1, -230), (2, 132)], "several rates .* equation: 10 %, 20 %"),
        ([(0, 100), (Fraction(1, 100_000), -200)], "too high"),
        ([(0, 100), (1, float("nan"))], "endless"),
        ([(0, 100), (float("inf"), -100)], "endless"),
    ],
)
def test_where_there_is_no_one_rate_it_is_said(flows, told):
    with pytest.raises(ValueError, match=told):
        effective_rate(flows)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 120), st.integers(-50_000, 50_000)),
        min_size=2,
        max_size=12,
    ),
    st.floats(-0.5, 3),
)
def test_a_known_rate_is_found_again_or_it_is_said_why_not(flows, rate):
    """Any flows, with a last payment that makes the rate a solution."""
    due = sum(amount * (1 + rate) ** (-month / 12) for month, amount in flows)
    flows = in_years(flows) + [(11, -due * (1 + rate) ** 11)]
    try:
        found = effective_rate(flows) / 100
    except ValueError as error:
        assert "several rates" in str(error) or "one way" in str(error)
        return
    worth = [float(amount) * (1 + found) ** -float(time) for time, amount in flows]
    assert sum(worth) == pytest.approx(0, abs=1e-7 * sum(map(abs, worth)))


@settings(max_examples=200, deadline=None)
@given(st.floats(-0.9, 20), st.integers(1, 400), st.integers(1, 3_650))
def test_one_payment_has_the_rate_of_the_formula(rate, amount, days):
    years = days / 365
    flows = [(0, amount), (years, -amount * (1 + rate) ** years)]
    assert effective_rate(flows) == pytest.approx(100 * rate, rel=1e-6, abs=1e-6)


# ------------------------------------------------------------
# TEG
# ------------------------------------------------------------


@named(OF_KIND["teg_proportionnel"], FRANFINANCE)
def test_known_proportional_rates(case):
    asked, answer = case["inputs"], case["expected"]
    flows = [(0, asked["amount"])] + [
        (payment["period"], -payment["amount"]) for payment in asked["payments"]
    ]
    tolerance = case["tolerance"]["percent_abs"]
    assert proportional_rate(flows, 12) == pytest.approx(
        answer["nominal_annual_percent"], abs=tolerance
    )
    assert effective_rate(in_years(flows)) == pytest.approx(
        answer["effective_annual_percent_derived"], abs=0.0001
    )


def test_three_little_loans():
    """3 % a half-year; 1 a month of 100, in arrears; the same, kept back at once."""
    case = by_id(FRANFINANCE)
    first = case["inputs"]["cases"][0]
    paid = -100 * (1 + first["period_rate"]) ** first["periods"]
    found = [
        proportional_rate([(0, 100), (first["periods"], paid)], first["periods"]),
        proportional_rate([(0, 100), (1, -101)], 12),
        proportional_rate([(0, 100), (0, -1), (1, -100)], 12),
    ]
    tolerance = case["tolerance"]["percent_abs"]
    assert found == pytest.approx(case["expected"]["annual_percent"], abs=tolerance)


@pytest.mark.parametrize(
    ("months", "rate"), [(1, "3.6"), (3, "2"), (6, "5"), (12, "4.25")]
)
def test_without_fee_the_proportional_rate_is_that_of_the_contract(months, rate):
    schedule = build_schedule(
        1_000_000, rate, 8, period_months=months, first_due_date=ANY_DAY
    )
    flows = [(0, 1_000_000)] + [(line.sequence, -line.amount) for line in schedule]
    assert proportional_rate(flows, 12 / months) == pytest.approx(float(rate), abs=1e-5)


def test_nine_thousand_seven_hundred_with_a_fee():
    flows = [(0, 9700), (0, -100), (48, Decimal("-231.05"))]
    flows += [(month, Decimal("-230.95")) for month in range(7, 48)]
    assert proportional_rate(flows, 12) == pytest.approx(0.4527, abs=0.00005)


def test_a_first_period_longer_than_the_others():
    long = [(0, 1_000)] + [(Fraction(k) + Fraction(1, 2), -90) for k in range(1, 13)]
    plain = monthly(1_000, 90, 12)
    assert proportional_rate(long, 12) < proportional_rate(plain, 12)


@pytest.mark.parametrize("count", [0, -12, float("inf")])
def test_a_year_without_periods_is_refused(count):
    with pytest.raises(ValueError, match="a year has periods"):
        proportional_rate(monthly(1_000, 90, 12), count)


# ------------------------------------------------------------
# Dated flows
# ------------------------------------------------------------


def test_time_counts_from_the_first_money():
    flows = [
        (date(2026, 1, 10), -15),
        (date(2026, 1, 31), 1_000),
        (date(2026, 2, 28), -500),
        (date(2027, 1, 31), -520),
    ]
    found = dated_flows(flows)
    assert found == [(-21 / 365, -15), (0, 1_000), (1 / 12, -500), (1, -520)]
    with pytest.raises(ValueError, match="nothing to count from"):
        dated_flows(flows[2:])
