"""The figures of a year on 100,000 projects, beside one query written by hand.

Both give the same numbers. The projects lie in eleven years, with 300,000 steps of
their paths, 300,000 outcomes, interviews, pairs, pacts and collective moments.
"""

import statistics
from pathlib import Path

from harness import Worker, check, finish, scratch_database
from large_hub import prepare

GOAL = 2.0
YEAR = 2020
HAND = Path(__file__).parents[2] / "tests" / "review" / "year_by_hand.sql"

PREPARE = f"""
figures = env["hub.figures"]
# Compiling a query that is asked once takes longer than the query by hand itself.
env.cr.execute("SET jit = off")

def engine():
    start, end = "{YEAR}-01-01", "{YEAR}-12-31"
    from odoo import fields
    values, _queries = figures._values(
        hub, fields.Date.to_date(start), fields.Date.to_date(end))
    return values

def hand():
    env.cr.execute({HAND.read_text()!r}, {{
        "hub": hub.id, "year": {YEAR}, "times": hub.hub_collective_times}})
    row = env.cr.dictfetchone()
    known = {{"person.new": row["new"]}}
    for series in ("person", "project", "structure"):
        known |= {{f"{{series}}.{{name}}": n for name, n in row[series].items()}}
    return known
"""

with scratch_database() as db, Worker(db) as hub:
    hub.run(prepare(), timeout=900)
    hub.run(PREPARE)
    by_engine, by_hand = hub.run("result = [engine(), hand()]", timeout=120)
    different = {
        name: (by_engine.get(name), number)
        for name, number in by_hand.items()
        if by_engine.get(name) != number
    }
    check(f"{len(by_hand)} equal numbers", not different, different)
    check("there is something to count", min(by_hand.values()) > 0, by_hand)
    print(by_hand)
    taken = [
        (hub.measure("engine()")[0], hub.measure("hand()")[0]) for _round in range(5)
    ]
    engine, hand = (statistics.median(pair[n] for pair in taken) for n in (0, 1))
    print(
        f"year of 100,000 projects: {hand:.3f} s by hand, {engine:.3f} s,"
        f" ratio {engine / hand:.2f}"
    )
    check(f"at most {GOAL:.1f} times as long", engine / hand <= GOAL, engine / hand)
finish()
