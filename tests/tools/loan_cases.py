"""The known answers about loans, and how to ask the question of each."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tools.amortization import build_schedule

CASES = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "fixtures" / "loan_cases.json").read_text("utf-8")
    )["cases"]
}
METHODS = {"constant_annuity": "annuity"}  # other words for the same
ANY_DAY = date(2026, 2, 15)


def expected(case):
    return CASES[case]["expected"]


def month_after(text):
    day = date.fromisoformat(text)
    return date(day.year + day.month // 12, day.month % 12 + 1, day.day)


def schedule_of(case):
    """The schedule of a case, first due one month after the money is paid out."""
    asked = CASES[case]["inputs"]
    method = asked.get("method", "annuity")
    paid_out = asked.get("disbursed") or asked.get("start")
    return build_schedule(
        asked["principal"],
        asked["annual_rate"],
        asked["periods"],
        method=METHODS.get(method, method),
        grace_periods=asked.get("grace", asked.get("principal_grace", 0)),
        grace_type=(
            "total"
            if "grace" in asked
            else "partial"
            if "principal_grace" in asked
            else "none"
        ),
        first_due_date=month_after(paid_out) if paid_out else ANY_DAY,
    )


def american(text):
    return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007


def texts(amounts):
    return [str(amount) for amount in amounts]


def total(schedule, column):
    return sum((getattr(line, column) for line in schedule), Decimal(0))
