"""The first page with 100,000 projects: seconds and queries, as each role opens it.

From the request to the whole answer of a real server, logged in before and with the
caches of Odoo warm; the database reads every number anew.
"""

import http.cookiejar
import json
import statistics
import time
import urllib.request

from harness import Server, Worker, check, finish, scratch_database
from large_hub import prepare

GOAL = 2.0
ROLES = ("coordinator", "board")
OPEN = "env['hub.overview'].with_user(users[{role!r}]).get_overview()"


class Browser:
    """Somebody who is logged in."""

    def __init__(self, server, login):
        self.url = server.url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        account = {"db": server.db, "login": login, "password": login}
        self.call("/web/session/authenticate", **account)

    def call(self, path, **params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        request = urllib.request.Request(
            self.url + path, body.encode(), {"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=120) as response:
            answer = json.load(response)
        return answer["result"]

    def overview(self):
        path = "/web/dataset/call_kw/hub.overview/get_overview"
        names = {"model": "hub.overview", "method": "get_overview"}
        return self.call(path, **names, args=[], kwargs={})

    def seconds(self):
        began = time.perf_counter()
        self.overview()
        return time.perf_counter() - began


def queries_of(projects):
    """How many queries each role costs in a hub of so many projects."""
    with scratch_database() as db:
        with Worker(db) as hub:
            hub.run(prepare(projects), timeout=900)
            taken = {}
            for role in ROLES:
                hub.measure(OPEN.format(role=role))  # caches
                taken[role] = hub.measure(OPEN.format(role=role))[1]
        return taken, seconds_of(db, projects)


def seconds_of(db, projects):
    if projects < 1000:
        return {}
    taken = {}
    with Server(db) as server:
        for role in ROLES:
            browser = Browser(server, role)
            shown = browser.overview()
            check(
                f"{role}: pillars, curves and figures are there",
                shown["pillars"] and shown["trends"] and shown["figures"],
            )
            taken[role] = statistics.median(browser.seconds() for _round in range(5))
    return taken


few, _none = queries_of(100)
many, seconds = queries_of(100_000)
for role in ROLES:
    print(
        f"first page of {role}: {seconds[role]:.3f} s,"
        f" queries {few[role]} -> {many[role]}"
    )
    check(f"{role}: opened within {GOAL:.0f} s", seconds[role] < GOAL, seconds[role])
    check(f"{role}: not one query more", many[role] == few[role], (few, many))
finish()
