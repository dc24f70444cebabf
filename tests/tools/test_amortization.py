"""Schedules with known answers."""

import doctest
from datetime import date, datetime, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from loan_cases import (
    ANY_DAY,
    CASES,
    american,
    expected,
    schedule_of,
    texts,
    total,
)

from tools import (
    amortization,
    amortization_change,
    amortization_follow,
    amortization_shares,
    months,
)
from tools.amortization import CENT, Instalment, build_schedule, due_dates

HERE = {  # the kinds of case whose mathematics needs no database
    *("CAP-02", "AX-02", "AX-03", "AX-04", "FIN-01", "OCA-03"),
    *("HUB-01", "HUB-02", "HUB-03", "HUB-04", "HUB-05", "HUB-06", "HUB-08", "HUB-11"),
}
ENTRIES = {"HUB-09", "HUB-10", "HUB-12", "HUB-15"}  # also asked of Odoo's entries


def test_no_known_case_is_forgotten():
    assert set(CASES) == HERE | ENTRIES


@pytest.mark.parametrize(
    "module",
    [
        amortization,
        amortization_change,
        amortization_follow,
        amortization_shares,
        months,
    ],
)
def test_what_the_documentation_shows_is_true(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


def test_constant_principal_after_months_of_interest_only():
    """The source carries on what rounding leaves; here each line is rounded."""
    schedule, answer = schedule_of("CAP-02"), expected("CAP-02")
    assert len(schedule) == len(answer["lines"])
    for line, known in zip(schedule, answer["lines"], strict=True):
        assert line.sequence == known["n"]
        assert line.due_date == american(known["due_raw"])
        assert str(line.principal) == known["principal"]
        assert str(line.balance) == known["balance_after"]
        assert abs(line.interest - Decimal(known["interest"])) <= CENT
        assert abs(line.amount - Decimal(known["total"])) <= CENT
    lent = CASES["CAP-02"]["inputs"]["principal"]
    assert total(schedule, "principal") == Decimal(lent)
    assert abs(total(schedule, "interest") - Decimal(answer["total_interest"])) <= CENT


@pytest.mark.parametrize("case", ["AX-02", "AX-03"])
def test_constant_principal_and_in_fine_without_insurance(case):
    schedule, answer = schedule_of(case), expected(case)
    insurance = Decimal(CASES[case]["inputs"]["insurance"])
    for line, known in (schedule[0], answer["first"]), (schedule[-1], answer["last"]):
        found = {
            "principal": line.principal,
            "interest": line.interest,
            "total": line.amount + insurance,
            "balance_after": line.balance,
        }
        assert {name: str(found[name]) for name in known} == known
    assert str(total(schedule, "interest")) == answer["total_interest"]


def test_without_interest_the_last_line_takes_the_rest():
    schedule, answer = schedule_of("AX-04"), expected("AX-04")
    first = {name: str(getattr(schedule[0], name)) for name in answer["first"]}
    assert first == answer["first"]
    assert str(schedule[-1].balance) == answer["last_balance"]
    assert str(schedule[-1].principal) == answer["last_principal_implied"]
    assert {line.amount for line in schedule[:-1]} == {schedule[0].amount}


def test_one_hundred_over_six_months():
    schedule, answer = schedule_of("FIN-01"), expected("FIN-01")
    assert texts(line.principal for line in schedule) == answer["principal"]
    assert texts(line.interest for line in schedule) == answer["interest"]
    assert texts(line.amount for line in schedule) == answer["total"]
    assert str(total(schedule, "interest")) == answer["total_interest"]


def test_the_end_of_a_month_does_not_drift():
    asked, answer = CASES["OCA-03"]["inputs"], expected("OCA-03")
    first = date.fromisoformat(asked["first_due"])
    count = len(answer["correct"])
    schedule = build_schedule(900, 0, count, first_due_date=first)
    found = [line.due_date for line in schedule]
    assert texts(found) == answer["correct"] != answer["drifting"]
    assert due_dates(first, count) == found


def test_a_solidarity_loan_that_begins_with_six_months_of_nothing():
    schedule, answer = schedule_of("HUB-01"), expected("HUB-01")
    quiet, paying = schedule[: answer["zero_lines"]], schedule[answer["zero_lines"] :]
    assert {str(line.amount) for line in quiet} == {"0.00"}
    assert {str(line.balance) for line in quiet} == {"6000.00"}
    assert str(quiet[0].due_date) == "2026-02-15"
    assert len(paying) == answer["instalments"]
    assert {str(line.amount) for line in paying} == {answer["each"]}
    assert str(paying[0].due_date) == answer["first_due"]
    assert str(paying[-1].due_date) == answer["last_due"]


def test_one_thousand_over_three_months():
    schedule = schedule_of("HUB-02")
    assert texts(line.principal for line in schedule) == expected("HUB-02")["principal"]


def test_every_line_of_an_annuity_after_months_of_interest_only():
    schedule, answer = schedule_of("HUB-03"), expected("HUB-03")
    assert len(schedule) == CASES["HUB-03"]["inputs"]["periods"]
    for line, known in zip(schedule, answer["lines"], strict=True):
        assert line == Instalment(
            known["n"],
            date.fromisoformat(known["due"]),
            Decimal(known["principal"]),
            Decimal(known["interest"]),
            Decimal(known["total"]),
            Decimal(known["balance_after"]),
        )
    assert {str(line.amount) for line in schedule[6:-1]} == {answer["annuity"]}
    found = {
        "principal": str(total(schedule, "principal")),
        "interest": str(total(schedule, "interest")),
        "total": str(total(schedule, "amount")),
    }
    assert found == answer["totals"]


def test_interest_put_off_is_simple_and_paid_with_the_first_instalment():
    schedule, answer = schedule_of("HUB-04"), expected("HUB-04")["deferred_simple"]
    assert {str(line.amount) for line in schedule[:6]} == {"0.00"}
    line = schedule[6]
    assert texts([line.principal, line.interest, line.amount]) == list(
        answer["line7"].values()
    )
    assert {str(line.amount) for line in schedule[7:-1]} == {answer["annuity_after"]}
    assert str(total(schedule, "interest")) == answer["total_interest"]


# ------------------------------------------------------------
# Figures that are often quoted
# ------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "rate", "periods", "months", "instalment"),
    [
        (10_000, 8, 10, 1, "1037.03"),
        (20_000, 5, 4, 12, "5640.24"),
        (9_700, 0, 36, 1, "269.44"),
        (100_000, "3.6", 12, 1, "8496.73"),
    ],
)
def test_annuities(amount, rate, periods, months, instalment):
    schedule = build_schedule(
        amount, rate, periods, period_months=months, first_due_date=ANY_DAY
    )
    assert {str(line.amount) for line in schedule[:-1]} == {instalment}


def test_nine_thousand_seven_hundred_without_interest():
    schedule = build_schedule(9_700, 0, 36, first_due_date=ANY_DAY)
    assert str(schedule[-1].amount) == "269.60"


def test_amounts_in_whole_units():
    """5,000 at 12 %, 18 months of which three bear interest only."""
    schedule = build_schedule(
        5_000,
        12,
        18,
        grace_periods=3,
        grace_type="partial",
        first_due_date=ANY_DAY,
        rounding=Decimal(1),
    )
    assert [int(line.amount) for line in schedule[:5]] == [50, 50, 50, 361, 361]
    assert total(schedule, "principal") == 5_000


# ------------------------------------------------------------
# Grace
# ------------------------------------------------------------


@pytest.mark.parametrize("method", ["annuity", "constant_principal", "in_fine"])
@pytest.mark.parametrize("kind", ["partial", "total"])
def test_a_grace_added_moves_the_same_loan(method, kind):
    first = date(2026, 5, 31)
    plain = build_schedule(7_000, 3, 24, method=method, first_due_date=first)
    added = build_schedule(
        7_000,
        3,
        24,
        method=method,
        grace_periods=4,
        grace_type=kind,
        grace_position="added",
        first_due_date=date(2026, 1, 31),
    )
    assert len(added) == 28
    assert [line.principal for line in added[4:]] == [line.principal for line in plain]
    assert [line.due_date for line in added[4:]] == [line.due_date for line in plain]
    assert total(added, "interest") == total(plain, "interest") + 4 * Decimal("17.50")
    assert str(added[0].interest) == {"partial": "17.50", "total": "0.00"}[kind]
    late = 4 * Decimal("17.50") if kind == "total" else 0
    assert added[4].interest == plain[0].interest + late
    assert [line.sequence for line in added] == list(range(1, 29))
    assert texts(line.interest for line in added[5:]) == texts(
        line.interest for line in plain[1:]
    )


@pytest.mark.parametrize("method", ["annuity", "constant_principal", "in_fine"])
@pytest.mark.parametrize("kind", ["partial", "total"])
def test_a_grace_inside_leaves_fewer_lines_for_the_principal(method, kind):
    options = {"method": method, "grace_periods": 6, "grace_type": kind}
    inside = build_schedule(6_000, 4, 36, first_due_date=ANY_DAY, **options)
    added = build_schedule(
        6_000, 4, 30, first_due_date=ANY_DAY, grace_position="added", **options
    )
    assert inside == added


def test_in_fine_with_a_total_grace_pays_all_its_interest_in_time():
    schedule = build_schedule(
        1_200,
        5,
        4,
        method="in_fine",
        grace_periods=2,
        grace_type="total",
        first_due_date=ANY_DAY,
    )
    found = texts(line.amount for line in schedule)
    assert found == ["0.00", "0.00", "15.00", "1205.00"]


def test_a_grace_of_all_lines_but_one():
    for method in amortization.METHODS:
        schedule = build_schedule(
            1_000,
            6,
            3,
            method=method,
            grace_periods=2,
            grace_type="total",
            first_due_date=ANY_DAY,
        )
        assert texts(line.amount for line in schedule) == ["0.00", "0.00", "1015.00"]


def test_no_grace_is_the_same_whatever_its_kind():
    plain = build_schedule(1_000, 6, 3, first_due_date=ANY_DAY)
    for kind in ("none", "partial", "total"):
        for position in ("inside", "added"):
            assert plain == build_schedule(
                1_000,
                6,
                3,
                grace_type=kind,
                grace_position=position,
                first_due_date=ANY_DAY,
            )


# ------------------------------------------------------------
# Dates, periods, small loans
# ------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "months", "dates"),
    [
        ("2027-11-30", 3, "2027-11-30 2028-02-29 2028-05-30 2028-08-30"),
        ("2024-02-29", 12, "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
        ("2026-08-31", 6, "2026-08-31 2027-02-28 2027-08-31 2028-02-29"),
        ("2026-02-28", 1, "2026-02-28 2026-03-28"),
        ("2026-12-31", 1, "2026-12-31 2027-01-31 2027-02-28 2027-03-31"),
        ("2026-10-30", 4, "2026-10-30 2027-02-28 2027-06-30"),
    ],
)
def test_the_day_of_the_first_date_comes_back(first, months, dates):
    dates = dates.split()
    schedule = build_schedule(
        100,
        1,
        len(dates),
        period_months=months,
        first_due_date=date.fromisoformat(first),
    )
    assert texts(line.due_date for line in schedule) == dates


@pytest.mark.parametrize(
    ("months", "interest"), [(1, "10.00"), (3, "30.00"), (6, "60.00"), (12, "120.00")]
)
def test_a_period_bears_its_part_of_the_year(months, interest):
    schedule = build_schedule(
        2_000, 6, 2, period_months=months, method="in_fine", first_due_date=ANY_DAY
    )
    assert texts(line.interest for line in schedule) == [interest, interest]


@pytest.mark.parametrize("method", ["annuity", "constant_principal", "in_fine"])
def test_a_loan_of_one_line(method):
    (line,) = build_schedule(1_500, 4, 1, method=method, first_due_date=ANY_DAY)
    assert line == Instalment(
        1, ANY_DAY, Decimal(1500), Decimal(5), Decimal(1505), Decimal(0)
    )


def test_halves_of_a_cent_go_up():
    schedule = build_schedule("0.30", 20, 2, method="in_fine", first_due_date=ANY_DAY)
    assert str(schedule[0].interest) == "0.01"  # of 0.005
    schedule = build_schedule("1.01", 0, 2, first_due_date=ANY_DAY)
    assert texts(line.amount for line in schedule) == ["0.51", "0.50"]


def test_a_few_cents_over_many_months_never_become_negative():
    schedule = build_schedule("0.30", 0, 40, first_due_date=ANY_DAY)
    assert texts(line.amount for line in schedule) == ["0.01"] * 30 + ["0.00"] * 10


@pytest.mark.parametrize(
    "amount", [5000, 5000.0, "5000", "5000.00", Decimal("5000.0"), Fraction(5000)]
)
def test_numbers_of_any_type_are_taken_as_they_are_written(amount):
    plain = build_schedule(5000, "0.10", 24, first_due_date=ANY_DAY)
    for rate in (0.1, "0.1", Decimal("0.1"), Fraction(1, 10)):
        assert build_schedule(amount, rate, 24, first_due_date=ANY_DAY) == plain


def test_a_moment_is_taken_as_its_day():
    moment = datetime(2026, 2, 15, 9, 30, tzinfo=timezone.utc)
    (line,) = build_schedule(1, 0, 1, first_due_date=moment)
    assert type(line.due_date) is date


# ------------------------------------------------------------
# Loans that make no sense
# ------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"amount": 0}, "amount is above zero"),
        ({"amount": -1}, "amount is not negative: -1"),
        ({"amount": "10.001"}, "amount is a multiple of 0.01"),
        ({"amount": "ten"}, "amount is not a number: 'ten'"),
        ({"amount": float("nan")}, "amount is not a number"),
        ({"amount": Decimal("Infinity")}, "amount is not a number"),
        ({"annual_rate": "-0.01"}, "annual_rate is not negative"),
        ({"annual_rate": None}, "annual_rate is not a number"),
        ({"periods": 0}, "periods is at least 1, not 0"),
        ({"periods": 2.5}, "periods is not a whole number"),
        ({"period_months": 0}, "period_months is at least 1"),
        ({"method": "balloon"}, "method is one of annuity"),
        ({"grace_type": "some", "grace_periods": 1}, "grace_type is one of none"),
        ({"grace_position": "before"}, "grace_position is one of inside"),
        ({"grace_periods": -1, "grace_type": "total"}, "grace_periods is at least 0"),
        ({"grace_periods": 2}, "2 grace_periods need a grace_type"),
        ({"grace_periods": 12, "grace_type": "total"}, "fewer than the 12 periods"),
        ({"grace_periods": 13, "grace_type": "partial"}, "fewer than the 12 periods"),
        ({"first_due_date": "2026-01-31"}, "first_due_date is not a date"),
        ({"first_due_date": date(9999, 6, 1)}, "year 10000 is out of range"),
        ({"rounding": 0}, "rounding is above zero"),
    ],
)
def test_a_loan_that_makes_no_sense_is_refused(wrong, told):
    loan = {"amount": 1_000, "annual_rate": 2, "periods": 12, "first_due_date": ANY_DAY}
    with pytest.raises(ValueError, match=told):
        build_schedule(**{**loan, **wrong})
