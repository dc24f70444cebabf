"""What happens to a loan while it runs: early repayment, respite, payments, arrears."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from loan_cases import ANY_DAY, CASES, expected, schedule_of, texts, total

from tools.amortization import (
    AgeBucket,
    accrued_interest,
    ageing,
    build_schedule,
    days_overdue,
    grant_respite,
    impute_payment,
    principal_within,
    repay_early,
    reschedule,
)

PAID_OUT = date(2026, 1, 15)


def day(text):
    return date.fromisoformat(text)


def months_of(schedule):
    return [f"{line.due_date:%Y-%m-%d}" for line in schedule]


# ------------------------------------------------------------
# Early repayment
# ------------------------------------------------------------


def test_the_rest_of_a_loan_without_interest_is_repaid_at_once():
    """HUB-09: after ten instalments of 200.00."""
    entry = next(
        entry
        for entry in expected("HUB-09")["entries"]
        if entry["event"].startswith("early repayment")
    )
    found = repay_early(
        schedule_of("HUB-01"),
        day(entry["date"]),
        4_000,
        disbursed=PAID_OUT,
        annual_rate=0,
    )
    assert str(found.amount) == entry["lines"][0][2]
    assert (found.interest, found.rest) == (0, [])


def repay(schedule, on, principal, rate=2, **options):
    return repay_early(
        schedule, day(on), principal, disbursed=PAID_OUT, annual_rate=rate, **options
    )


def test_repaid_on_a_due_date_the_rest_is_a_loan_of_its_own():
    schedule = schedule_of("HUB-03")
    found = repay(schedule, "2027-01-15", 1_000)
    assert (found.principal, found.interest) == (1_000, 0)
    assert found.rest == reschedule(
        "3019.86", 2, 24, first_due_date=day("2027-02-15"), first_sequence=13
    )


def test_an_amount_repays_the_most_principal_that_fits_in_it():
    schedule, on = schedule_of("HUB-03"), day("2026-12-31")
    options = {"disbursed": PAID_OUT, "annual_rate": 2}
    for until in ("day", "period"):
        for paid in ("0.01", "1.00", "999.99", "1000.00", "4183.90", "9000.00"):
            principal = principal_within(
                schedule, on, paid, interest_until=until, **options
            )
            found = repay(schedule, "2026-12-31", principal, interest_until=until)
            assert found.amount <= Decimal(paid)
            if principal < Decimal("4183.90"):
                more = principal + Decimal("0.01")
                more = repay(schedule, "2026-12-31", more, interest_until=until)
                assert more.amount > Decimal(paid)
    assert str(principal_within(schedule, on, "4187.50", **options)) == "4183.90"
    assert str(principal_within(schedule, on, "4187.49", **options)) == "4183.89"
    with pytest.raises(ValueError, match="no principal"):
        principal_within(schedule, on, 0, **options)


def test_the_same_instalment_ends_the_loan_sooner():
    schedule = schedule_of("HUB-03")
    rest = repay(schedule, "2027-01-15", 1_000, keep="instalment").rest
    assert {str(line.amount) for line in rest[:-1]} == {"171.01"}
    assert months_of(rest) == months_of(schedule[12:30])
    assert [line.sequence for line in rest] == list(range(13, 31))
    assert total(rest, "principal") == Decimal("3019.86")
    assert 0 < rest[-1].amount < Decimal("171.01")
    assert rest[-1].balance == 0


def test_the_same_principal_where_it_is_constant():
    schedule = build_schedule(
        1_200, 6, 12, method="constant_principal", first_due_date=day("2026-02-15")
    )
    found = repay(
        schedule,
        "2026-04-15",
        250,
        rate=6,
        method="constant_principal",
        keep="instalment",
    )
    assert texts(line.principal for line in found.rest) == ["100.00"] * 6 + ["50.00"]
    lower = repay(schedule, "2026-04-15", 250, rate=6, method="constant_principal").rest
    assert len(lower) == 9
    assert texts(line.principal for line in lower) == ["72.22"] * 8 + ["72.24"]


@pytest.mark.parametrize("keep", ["term", "instalment"])
def test_in_fine_less_is_left_for_the_last_line(keep):
    schedule = build_schedule(
        1_200, 6, 12, method="in_fine", first_due_date=day("2026-02-15")
    )
    rest = repay(schedule, "2026-04-15", 200, rate=6, method="in_fine", keep=keep).rest
    assert texts(line.amount for line in rest) == ["5.00"] * 8 + ["1005.00"]
    assert months_of(rest) == months_of(schedule[3:])


def test_interest_of_the_part_repaid_to_the_day_or_to_the_end_of_the_period():
    """Sixteen days of a period of 31: 1,000.00 bears 1.67 in it."""
    schedule = schedule_of("HUB-03")
    found = repay(schedule, "2026-12-31", 1_000)
    assert str(found.interest) == "0.86"  # 6.97 * 1000 / 4183.90 * 16 / 31
    assert str(found.amount) == "1000.86"
    whole = repay(schedule, "2026-12-31", 1_000, interest_until="period")
    assert str(whole.interest) == "1.67"
    assert whole.rest == found.rest
    # what stays bears the interest of the whole period, as before
    assert str(found.rest[0].interest) == "5.31"
    assert found.rest[0].due_date == day("2027-01-15")


def test_all_of_it_with_what_was_earned_so_far():
    found = repay(schedule_of("HUB-03"), "2026-12-31", "4183.90")
    assert str(found.interest) == expected("HUB-05")["accrued"]
    assert found.rest == []


def test_on_a_due_date_no_period_has_begun():
    found = repay(schedule_of("HUB-03"), "2026-12-15", 500, interest_until="period")
    assert found.interest == 0


def test_before_the_first_due_date():
    found = repay(schedule_of("HUB-03"), "2026-01-25", 5_000)
    assert str(found.interest) == "2.69"  # 8.33 * 10 / 31
    assert repay(schedule_of("HUB-03"), "2026-01-15", 5_000).interest == 0


def test_during_a_total_grace_all_interest_put_off_is_settled():
    found = repay(schedule_of("HUB-04"), "2026-03-15", 5_000)
    # HUB-04 is due on 15 February first: two periods, from a day one month before.
    assert str(found.interest) == "16.66"


def test_during_a_total_grace_what_stays_keeps_its_interest_put_off():
    found = repay(schedule_of("HUB-04"), "2026-03-15", 2_000)
    assert str(found.interest) == "6.66"  # two periods of 8.33, two fifths
    assert found.rest == reschedule(
        3_000,
        2,
        34,
        grace_periods=4,
        grace_type="total",
        carried_interest="10.00",
        first_due_date=day("2026-04-15"),
        first_sequence=3,
    )
    assert str(found.rest[4].interest) == "35.00"


def test_during_a_grace_of_interest_only_the_grace_goes_on():
    found = repay(schedule_of("HUB-03"), "2026-03-15", 2_000, keep="instalment")
    assert texts(line.amount for line in found.rest[:4]) == ["5.00"] * 4
    assert {str(line.amount) for line in found.rest[4:-1]} == {"171.01"}


def test_two_early_repayments_in_one_period():
    schedule = schedule_of("HUB-03")
    first = repay(schedule, "2026-12-20", 1_000)
    live = schedule[:11] + first.rest
    second = repay(live, "2026-12-31", "3183.90")
    assert str(second.interest) == "2.74"  # 5.31 * 16 / 31
    assert second.rest == []


@pytest.mark.parametrize(
    ("on", "principal", "told"),
    [
        ("2027-01-15", 0, "at most 4019.86, not 0"),
        ("2027-01-15", 5_000, "at most 4019.86, not 5000"),
        ("2027-01-15", -1, "not negative"),
        ("2029-01-15", 1, "nothing is left to repay after 2029-01-15"),
        ("2026-01-14", 1, "not paid out yet"),
    ],
)
def test_what_cannot_be_repaid_is_refused(on, principal, told):
    with pytest.raises(ValueError, match=told):
        repay(schedule_of("HUB-03"), on, principal)


def test_a_word_that_nobody_knows_is_refused():
    for option in ({"keep": "rate"}, {"interest_until": "year"}):
        with pytest.raises(ValueError, match="is one of"):
            repay(schedule_of("HUB-03"), "2027-01-15", 100, **option)


# ------------------------------------------------------------
# New terms
# ------------------------------------------------------------


def test_other_terms_for_what_is_not_due_yet():
    """Twice the time; interest of before is paid in it, and bears none itself."""
    plain = build_schedule("4019.86", 2, 48, first_due_date=day("2027-02-15"))
    found = reschedule(
        "4019.86",
        2,
        48,
        first_due_date=day("2027-02-15"),
        carried_interest="20.10",
        first_sequence=13,
    )
    assert [line.sequence for line in found] == list(range(13, 61))
    assert [line.principal for line in found] == [line.principal for line in plain]
    assert found[0].interest == plain[0].interest + Decimal("20.10")
    assert texts(line.interest for line in found[1:]) == texts(
        line.interest for line in plain[1:]
    )


@pytest.mark.parametrize(("kind", "place"), [("partial", 0), ("total", 2)])
def test_carried_interest_is_paid_by_the_first_line_that_pays(kind, place):
    options = {"grace_periods": 2, "grace_type": kind, "first_due_date": ANY_DAY}
    plain = reschedule(1_000, 3, 6, **options)
    found = reschedule(1_000, 3, 6, carried_interest=7, **options)
    more = [b.interest - a.interest for a, b in zip(plain, found, strict=True)]
    assert more == [7 if line == place else 0 for line in range(6)]


# ------------------------------------------------------------
# Respite
# ------------------------------------------------------------


def test_three_unpaid_months_move_and_no_amount_changes():
    """HUB-15, and the lines after them."""
    asked, answer = CASES["HUB-15"]["inputs"], expected("HUB-15")
    loan = build_schedule(2_000, 0, 10, first_due_date=day(asked["lines"][0][0]))
    moved = grant_respite(loan, asked["respite_months"])
    assert months_of(moved[:3]) == answer["new_maturities"]
    assert months_of(moved[3:]) == months_of(
        build_schedule(2_000, 0, 7, first_due_date=day("2026-09-15"))
    )
    assert [line.amount for line in moved] == [line.amount for line in loan]


def test_a_loan_due_at_the_end_of_the_month_stays_so():
    loan = build_schedule(600, 0, 6, first_due_date=day("2026-12-31"))
    assert months_of(grant_respite(loan[2:], 1)) == [
        "2027-03-31",
        "2027-04-30",
        "2027-05-31",
        "2027-06-30",
    ]
    february = loan[2:3]
    assert months_of(grant_respite(february, 1)) == ["2027-03-28"]
    assert months_of(grant_respite(february, 1, due_day=31)) == ["2027-03-31"]
    assert months_of(grant_respite(loan[1:2], 1, due_day=15)) == ["2027-02-28"]
    found = grant_respite(february, 2, interest="paid", due_day=31)
    assert months_of(found) == ["2027-02-28", "2027-03-31", "2027-04-30"]


def test_a_line_on_a_day_of_its_own_keeps_it():
    loan = build_schedule(300, 0, 3, first_due_date=day("2026-01-31"))
    odd = [build_schedule(5, 0, 1, first_due_date=day("2026-01-10"))[0], *loan[1:]]
    assert months_of(grant_respite(odd, 1))[0] == "2026-02-10"


def test_interest_paid_during_the_respite():
    rest = schedule_of("HUB-03")[12:]
    found = grant_respite(rest, 2, interest="paid", annual_rate=2)
    assert texts(line.amount for line in found[:2]) == ["6.70", "6.70"]
    assert {line.balance for line in found[:2]} == {Decimal("4019.86")}
    assert months_of(found) == months_of(rest) + ["2029-02-15", "2029-03-15"]
    assert [line.sequence for line in found] == list(range(13, 39))
    assert [line.amount for line in found[2:]] == [line.amount for line in rest]


def test_interest_put_off_during_the_respite():
    rest = schedule_of("HUB-03")[12:]
    found = grant_respite(rest, 2, interest="deferred", annual_rate=2)
    assert texts(line.amount for line in found[:2]) == ["0.00", "0.00"]
    assert str(found[2].interest) == "20.10"
    assert found[2].amount == found[2].principal + found[2].interest
    assert [line.amount for line in found[3:]] == [line.amount for line in rest[1:]]


def test_a_respite_within_a_total_grace():
    rest = schedule_of("HUB-04")[2:]
    found = grant_respite(rest, 3, interest="deferred", annual_rate=2)
    assert texts(line.amount for line in found[:7]) == ["0.00"] * 7
    assert str(found[7].interest) == "83.30"  # ten periods of 8.33
    with pytest.raises(ValueError, match="total grace goes on"):
        grant_respite(rest, 3, interest="paid", annual_rate=2)


def test_a_respite_of_quarters():
    loan = build_schedule(400, 0, 4, period_months=3, first_due_date=day("2026-01-31"))
    moved = grant_respite(loan, 1, period_months=3)
    assert months_of(moved) == ["2026-04-30", "2026-07-31", "2026-10-31", "2027-01-31"]


def test_after_a_respite_an_early_repayment_settles_what_was_put_off():
    schedule = schedule_of("HUB-03")
    live = schedule[:12] + grant_respite(
        schedule[12:], 2, interest="deferred", annual_rate=2
    )
    found = repay(live, "2027-03-15", "4019.86")
    assert str(found.interest) == "13.40"  # two periods of 6.70
    found = repay(live, "2027-03-15", "2009.93")
    assert str(found.interest) == "6.70"
    assert str(found.rest[0].interest) == "10.05"  # 6.70 put off, 3.35 of the period


def test_a_respite_that_makes_no_sense_is_refused():
    loan = build_schedule(400, 0, 4, first_due_date=ANY_DAY)
    for lines, periods, options in (
        ([], 1, {}),
        (loan, 0, {}),
        (loan, 1, {"interest": "doubled"}),
    ):
        with pytest.raises(ValueError, match=r"no line|at least 1|is one of"):
            grant_respite(lines, periods, **options)


# ------------------------------------------------------------
# Interest earned at a date
# ------------------------------------------------------------


def accrued(case, on):
    found = accrued_interest(schedule_of(case), day(on), disbursed=PAID_OUT)
    return str(found)


def test_interest_earned_at_the_end_of_the_year():
    asked = CASES["HUB-05"]["inputs"]
    assert accrued(asked["base"], asked["closing"]) == expected("HUB-05")["accrued"]


@pytest.mark.parametrize(
    ("on", "earned"),
    [
        ("2026-01-14", "0.00"),  # not paid out
        ("2026-01-15", "0.00"),
        ("2026-01-31", "4.30"),  # 8.33 * 16 / 31
        ("2026-02-14", "8.06"),
        ("2026-02-15", "0.00"),  # due
        ("2029-01-14", "0.27"),
        ("2029-01-15", "0.00"),
        ("2030-01-01", "0.00"),
    ],
)
def test_interest_earned_over_the_life_of_a_loan(on, earned):
    assert accrued("HUB-03", on) == earned


@pytest.mark.parametrize(
    ("on", "earned"),
    [
        ("2026-01-31", "4.30"),
        ("2026-02-15", "8.33"),  # put off, not due
        ("2026-04-20", "26.38"),  # three periods, 5 days of 30
        ("2026-07-15", "49.98"),
        ("2026-08-14", "58.04"),
        ("2026-08-15", "0.00"),
    ],
)
def test_interest_put_off_by_a_total_grace_is_earned_all_the_same(on, earned):
    assert accrued("HUB-04", on) == earned


def test_without_interest_nothing_is_earned():
    assert accrued("HUB-01", "2026-12-31") == "0.00"


def test_carried_interest_was_earned_before():
    lines = reschedule(
        1_200, 5, 12, first_due_date=day("2026-02-15"), carried_interest=3
    )
    for on, earned in (("2026-01-15", "3.00"), ("2026-01-31", "5.58")):
        assert earned == str(
            accrued_interest(
                lines, day(on), disbursed=PAID_OUT, carried_interest=Decimal(3)
            )
        )
    with pytest.raises(ValueError, match="more than the next line"):
        accrued_interest(lines, PAID_OUT, disbursed=PAID_OUT, carried_interest=9)


def test_interest_earned_never_falls_but_on_a_due_date():
    schedule = schedule_of("HUB-04")
    dues = {line.due_date for line in schedule if line.amount}
    before = Decimal(0)
    for number in range(1_200):
        on = PAID_OUT + timedelta(number)
        now = accrued_interest(schedule, on, disbursed=PAID_OUT)
        assert now == 0 if on in dues else now >= before
        before = now


# ------------------------------------------------------------
# Payments and arrears
# ------------------------------------------------------------


def test_a_payment_goes_to_interest_first():
    asked, answer = CASES["HUB-06"]["inputs"], expected("HUB-06")
    line = schedule_of(asked["base"])[asked["instalment"] - 1]
    paid, left = impute_payment(asked["payment"], [(line.interest, line.principal)])
    interest, principal = paid[0]
    assert str(interest) == answer["interest_paid"]
    assert str(principal) == answer["principal_paid"]
    assert str(line.principal - principal) == answer["residual_principal"]
    assert left == 0


def test_a_payment_goes_to_the_oldest_instalment_first():
    owed = [("2.00", "98.00"), ("1.50", "98.50"), ("1.00", "99.00")]
    paid, left = impute_payment("150.00", owed)
    assert [texts(parts) for parts in paid] == [
        ["2.00", "98.00"],
        ["1.50", "48.50"],
        ["0.00", "0.00"],
    ]
    assert left == 0
    assert impute_payment("310.00", owed)[1] == 10
    with pytest.raises(ValueError, match="not negative"):
        impute_payment(-1, owed)


def test_days_overdue_count_from_the_due_date():
    """HUB-12, whatever the day of the entry."""
    answer = expected("HUB-12")
    due = day(answer["date_maturity"])
    days = days_overdue(due, day("2026-06-10"))
    assert days == answer["days_overdue_on_2026_06_10"]
    assert days_overdue(due, due) == days_overdue(due, day("2026-03-01")) == 0


def test_arrears_by_age():
    on = day("2026-06-30")
    owed = [
        (on - timedelta(days), Decimal(amount))
        for days, amount in ((-5, 1), (0, 2), (1, 4), (30, 8), (31, 16), (180, 32))
    ]
    owed.append((on - timedelta(181), Decimal(64)))
    found = ageing(owed, on)
    assert found == [
        AgeBucket(None, 0, Decimal(3), 2),
        AgeBucket(1, 30, Decimal(12), 2),
        AgeBucket(31, 60, Decimal(16), 1),
        AgeBucket(61, 90, Decimal(0), 0),
        AgeBucket(91, 180, Decimal(32), 1),
        AgeBucket(181, None, Decimal(64), 1),
    ]
    for limits in ((30, 30), (0, 30), (60, 30)):
        with pytest.raises(ValueError, match="rise"):
            ageing(owed, on, limits)
