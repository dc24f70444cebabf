"""What holds for every loan."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from loan_cases import total

from tools.amortization import (
    CENT,
    METHODS,
    accrued_interest,
    build_schedule,
    grant_respite,
    repay_early,
)
from tools.apr import effective_rate, proportional_rate

EPOCH = date(2000, 1, 1)


def make_loan(choose, number):
    """A loan of any kind: ``choose`` one of a list, a ``number`` between two."""
    loan = {
        "amount": number(1, 5_000_000) * CENT,
        "annual_rate": choose([0, 0, number(1, 3_000) * CENT]),
        "periods": number(1, 60),
        "method": choose(METHODS),
        "period_months": choose([1, 1, 1, 2, 3, 6, 12]),
        "first_due_date": EPOCH + timedelta(number(0, 40_000)),
    }
    kind, position = choose(["none", "partial", "total"]), choose(["inside", "added"])
    most = loan["periods"] - 1 if position == "inside" else 24
    if kind != "none":
        loan |= {"grace_type": kind, "grace_position": position}
        loan["grace_periods"] = number(0, most)
    return loan


@st.composite
def loans(draw):
    def choose(options):
        return draw(st.sampled_from(options))

    def number(low, high):
        return draw(st.integers(low, high))

    return make_loan(choose, number)


def lines_of_grace(loan):
    return loan.get("grace_periods", 0)


def period_rate(loan):
    return Fraction(loan["annual_rate"]) * loan["period_months"] / 1200


def assert_sound(loan, schedule):
    """All that must hold of a schedule, in one pass."""
    added = loan.get("grace_position") == "added"
    assert len(schedule) == loan["periods"] + added * lines_of_grace(loan)
    assert schedule[0].due_date == loan["first_due_date"]
    balance, day = loan["amount"], date.min
    for sequence, line in enumerate(schedule, 1):
        balance -= line.principal
        assert line.sequence == sequence
        assert line.due_date > day
        assert line.principal >= 0 <= line.interest
        assert line.amount == line.principal + line.interest
        assert line.balance == balance >= 0
        assert line.amount.as_tuple().exponent == -2
        day = line.due_date
    assert balance == 0


def assert_regular_dates(loan, schedule):
    """One line a period, on the day of the first or on the last of a short month."""
    first = loan["first_due_date"]
    for number, line in enumerate(schedule):
        months = first.year * 12 + first.month + number * loan["period_months"]
        assert line.due_date.year * 12 + line.due_date.month == months
        last = (line.due_date + timedelta(1)).day == 1
        short = last and line.due_date.day < first.day
        assert line.due_date.day == first.day or short


def test_ten_thousand_loans_are_sound():
    chance = Random(2026)
    for _loan in range(10_000):
        loan = make_loan(chance.choice, chance.randint)
        schedule = build_schedule(**loan)
        assert_sound(loan, schedule)
        if not _loan % 10:
            assert_regular_dates(loan, schedule)


@settings(max_examples=200, deadline=None)
@given(loans())
def test_any_loan_is_sound(loan):
    schedule = build_schedule(**loan)
    assert_sound(loan, schedule)
    assert_regular_dates(loan, schedule)


@settings(max_examples=200, deadline=None)
@given(loans())
def test_interest_is_that_of_the_balance_and_simple(loan):
    """Each line bears its period's interest, half-up; that put off is only added."""
    rate, put_off, before = period_rate(loan), Fraction(0), loan["amount"]
    quiet = lines_of_grace(loan) if loan.get("grace_type") == "total" else 0
    for number, line in enumerate(build_schedule(**loan)):
        exact = Fraction(before) * rate * 100
        own = Fraction(int(exact + Fraction(1, 2)), 100)
        if number < quiet:
            assert line.amount == 0
            put_off += own
        else:
            assert line.interest == own + put_off
            put_off = 0
        before = line.balance


@settings(max_examples=200, deadline=None)
@given(loans())
def test_during_a_grace_no_principal_is_repaid(loan):
    grace = lines_of_grace(loan)
    schedule = build_schedule(**loan)
    assert not any(line.principal for line in schedule[:grace])
    if loan["method"] == "in_fine":
        assert schedule[-1].principal == loan["amount"]
        return
    # after it the same on all lines, as long as something is left
    of_principal = loan["method"] == "constant_principal"
    paying = [line for line in schedule[grace + 1 : -1] if line.balance]
    same = {line.principal if of_principal else line.amount for line in paying}
    assert len(same) <= 1


@settings(max_examples=150, deadline=None)
@given(loans())
def test_an_annuity_is_the_exact_one_to_half_a_cent(loan):
    loan = {**loan, "method": "annuity"}
    grace, rate = lines_of_grace(loan), period_rate(loan)
    schedule = build_schedule(**loan)[grace:]
    assume(len(schedule) > 1 and schedule[0].balance)
    if rate:
        worth = sum((1 + rate) ** -k for k in range(1, len(schedule) + 1))
    else:
        worth = len(schedule)
    put_off = (
        schedule[0].interest
        - build_schedule(
            **{
                **loan,
                "periods": len(schedule),
                "grace_periods": 0,
                "grace_type": "none",
            }
        )[0].interest
    )
    off = Fraction(schedule[0].amount - put_off) - Fraction(loan["amount"]) / worth
    assert abs(off) <= Fraction(1, 200)


@settings(max_examples=150, deadline=None)
@given(loans())
def test_at_its_rate_a_loan_is_worth_what_is_paid_for_it(loan):
    amount = float(loan["amount"])
    flows = [(0, loan["amount"])] + [
        (line.sequence * loan["period_months"] / 12, -line.amount)
        for line in build_schedule(**loan)
    ]
    growth = 1 + effective_rate(flows) / 100
    back = sum(-float(paid) * growth**-years for years, paid in flows[1:])
    assert back == pytest.approx(amount, rel=1e-9)


@settings(max_examples=100, deadline=None)
@given(loans(), st.integers(1, 40_000))
def test_both_rates_are_the_rate_of_the_contract_where_nothing_is_rounded_much(
    loan, fee
):
    """No fee: the rate itself and its compound; a fee: more than that."""
    loan = {**loan, "amount": loan["amount"] + 20_000, "grace_type": "none"}
    loan["grace_periods"] = 0
    year = 12 / loan["period_months"]
    flows = [(0, loan["amount"])] + [
        (line.sequence, -line.amount) for line in build_schedule(**loan)
    ]
    rate = float(loan["annual_rate"])
    assert proportional_rate(flows, year) == pytest.approx(rate, abs=0.02)
    dated = [(period / year, amount) for period, amount in flows]
    compound = 100 * ((1 + rate / 100 / year) ** year - 1)
    plain = effective_rate(dated)
    assert plain == pytest.approx(compound, abs=0.05)
    assert effective_rate([*dated, (0, -fee * CENT)]) > plain


@settings(max_examples=200, deadline=None)
@given(loans(), st.data())
def test_an_early_repayment_leaves_a_sound_loan(loan, data):
    schedule = build_schedule(**loan)
    first = loan["first_due_date"]
    paid_out = first - timedelta(30)
    on = paid_out + timedelta(data.draw(st.integers(0, 400)))
    rest = [line for line in schedule if line.due_date > on]
    assume(rest and rest[0].principal + rest[0].balance)
    balance = rest[0].principal + rest[0].balance
    principal = data.draw(st.integers(1, int(balance / CENT))) * CENT
    keep = data.draw(st.sampled_from(["term", "instalment"]))
    terms = {key: loan[key] for key in ("annual_rate", "method", "period_months")}
    found = repay_early(schedule, on, principal, disbursed=paid_out, keep=keep, **terms)
    assert found.amount == found.principal + found.interest
    assert total(found.rest, "principal") == balance - principal
    earned = accrued_interest(schedule, on, disbursed=paid_out)
    assert abs(found.interest - earned * principal / balance) <= CENT
    dates = [line.due_date for line in rest]
    if keep == "term" and found.rest:
        assert [line.due_date for line in found.rest] == dates
    assert [line.due_date for line in found.rest] == dates[: len(found.rest)]
    left = balance - principal
    for line in found.rest:
        left -= line.principal
        assert line.principal >= 0 <= line.interest
        assert line.amount == line.principal + line.interest
        assert line.balance == left >= 0
    assert left == 0
    # whoever repays early never pays more interest in all
    saved = total(rest, "interest") - total(found.rest, "interest") - found.interest
    assert saved >= -len(rest) * CENT


@settings(max_examples=150, deadline=None)
@given(loans(), st.data())
def test_a_respite_keeps_every_line(loan, data):
    schedule = build_schedule(**loan)
    lines = schedule[data.draw(st.integers(0, len(schedule) - 1)) :]
    periods = data.draw(st.integers(1, 12))
    interest = data.draw(st.sampled_from(["waived", "deferred"]))
    found = grant_respite(
        lines,
        periods,
        period_months=loan["period_months"],
        interest=interest,
        annual_rate=loan["annual_rate"],
        due_day=loan["first_due_date"].day,
    )
    assert [line.principal for line in found[-len(lines) :]] == [
        line.principal for line in lines
    ]
    later = build_schedule(
        **{**loan, "periods": 200, "grace_type": "none", "grace_periods": 0}
    )[periods:]
    wanted = [line.due_date for line in later][lines[0].sequence - 1 :][: len(lines)]
    assert [line.due_date for line in found[-len(lines) :]] == wanted
    added = 0 if interest == "waived" else periods
    assert len(found) == len(lines) + added
    more = total(found, "interest") - total(lines, "interest")
    balance = lines[0].principal + lines[0].balance
    exact = Fraction(balance) * period_rate(loan) * added
    assert abs(Fraction(more) - exact) <= Fraction(added, 200)


@settings(max_examples=100, deadline=None)
@given(loans(), st.integers(0, 700))
def test_interest_earned_is_at_most_what_is_paid_next(loan, days):
    schedule = build_schedule(**loan)
    paid_out = loan["first_due_date"] - timedelta(30)
    on = paid_out + timedelta(days)
    earned = accrued_interest(schedule, on, disbursed=paid_out)
    coming = [line for line in schedule if line.due_date > on and line.amount]
    assert 0 <= earned <= (coming[0].interest if coming else Decimal(0))
