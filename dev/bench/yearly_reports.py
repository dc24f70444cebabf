"""Breakdowns and pivots of the year on 100,000 projects: seconds of each.

The pivot as it opens (all years), and one year by gender or by kind of project.
"""

import statistics

from harness import Worker, check, finish, scratch_database
from large_hub import prepare

PREPARE = """
from odoo import fields
first, last = map(fields.Date.to_date, ("2020-01-01", "2020-12-31"))
reports = {
    name: env[name].with_user(users["adviser"])
    for name in ("hub.person.report", "hub.project.report")
}

def pivot(name, domain, *groups):
    return reports[name]._read_group(
        domain, groups, ["received:sum", "accompanied:sum", "completed:sum"])
"""
YEAR = [("year", "=", "2020")]
# What is measured, and how long it may take.
MEASURES = {
    "breakdowns of a year": ("env['hub.figures']._breakdowns(hub, first, last)", 5),
    "people, one year by gender": (
        f"pivot('hub.person.report', {YEAR}, 'gender')",
        5,
    ),
    "projects, one year by kind": (
        f"pivot('hub.project.report', {YEAR}, 'kind')",
        5,
    ),
    "people of all years": ("pivot('hub.person.report', [], 'year', 'result')", 20),
    "projects of all years": ("pivot('hub.project.report', [], 'year', 'result')", 20),
}

with scratch_database() as db, Worker(db) as hub:
    hub.run(prepare(), timeout=900)
    hub.run(PREPARE)
    for name, (code, goal) in MEASURES.items():
        taken = statistics.median(hub.measure(code)[0] for _round in range(3))
        print(f"{name}: {taken:.3f} s")
        check(f"{name}: within {goal} s", taken <= goal, taken)
finish()
