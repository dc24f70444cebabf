"""Two taps at once: nobody is on a sheet twice, the last seat is given once."""

import http.cookiejar
import re
import threading
import time
import urllib.parse
import urllib.request
import xmlrpc.client

from harness import Server, Worker, check, finish, scratch_database

PREPARE = """
from datetime import timedelta
from odoo import Command, fields
env.company._hub_setup()
group = env.ref('solidarity_hub.group_hub_coordinator').id
env['res.users'].create({
    'name': 'claire', 'login': 'claire', 'password': 'claire',
    'group_ids': [Command.set([group])],
})
portal = env.ref('base.group_portal').id
people = []
for login in ('amina', 'karim'):
    user = env['res.users'].create({
        'name': login, 'login': login, 'password': login,
        'group_ids': [Command.set([portal])],
    })
    env['hub.role'].create({
        'partner_id': user.partner_id.id, 'kind': 'holder', 'date_start': '2020-01-01',
    })
    people.append(user.partner_id.id)
start = fields.Datetime.now() + timedelta(days=5)
events = env['event.event'].create([{
    'name': f'Moment {n}', 'hub_format': 'breakfast', 'date_begin': start,
    'hub_open_holders': True,
    'date_end': start + timedelta(hours=2), 'seats_limited': n >= 4, 'seats_max': 1,
} for n in range(8)])
result = {'people': people, 'events': events.ids}
env.cr.commit()
"""
PLACES = """
env.cr.rollback()
env.invalidate_all()
places = env['event.registration'].search([('event_id', '=', {event})])
result = [[place.partner_id.name, place.hub_answer, place.state] for place in places]
"""
PLACE = (
    "env['event.registration'].create("
    "{{'event_id': {event}, 'partner_id': {person}}}); env.flush_all()"
)
ANSWER = (
    "env['event.event'].browse({event})._hub_answer_for("
    "env['res.partner'].browse({person}), 'yes'); env.flush_all()"
)


class Phone:
    """A portal user with the personal page open."""

    def __init__(self, url, login):
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        page = self.read("/web/login")
        self.seal = self._seal(page)
        self.read("/web/login", login=login, password=login)
        self.seal = self._seal(self.read("/my/hub"))

    @staticmethod
    def _seal(page):
        return re.search(r'csrf_token" value="([^"]+)"', page).group(1)

    def read(self, path, **data):
        body = None
        if data:
            body = urllib.parse.urlencode({"csrf_token": self.seal, **data}).encode()
        with self.opener.open(self.url + path, body, timeout=60) as answer:
            return answer.read().decode()

    def tap(self, event, answer="yes"):
        return self.read(f"/my/hub/moment/{event}/answer", answer=answer)


class Tap(threading.Thread):
    """Something done at the same time; what came back, or the refusal, is kept."""

    def __init__(self, function, *args):
        super().__init__()
        self.function, self.args = function, args
        self.answer = self.refusal = ""
        self.start()

    def run(self):
        try:
            self.answer = self.function(*self.args)
        except xmlrpc.client.Fault as fault:
            self.refusal = fault.faultString


def wait_for_the_same_person(worker, server, event, person):
    """A colleague is adding Amina while the coordinator adds her too."""
    worker.run(PLACE.format(event=event, person=person))
    client = server.login("claire", "claire")
    vals = {"event_id": event, "partner_id": person}
    tap = Tap(client.call, "event.registration", "create", [vals])
    time.sleep(2)
    check("the second one waits for the first", tap.is_alive())
    worker.run("env.cr.commit()")
    tap.join(60)
    check(
        "the second one reads that she is there",
        "already on the list" in tap.refusal,
        tap.refusal or tap.answer,
    )
    check("one place", len(worker.run(PLACES.format(event=event))) == 1)


def wait_for_the_page(worker, phone, event, person):
    """The team notes the yes of somebody who taps it at that moment."""
    worker.run(ANSWER.format(event=event, person=person))
    tap = Tap(phone.tap, event)
    time.sleep(2)
    worker.run("env.cr.commit()")
    tap.join(60)
    places = worker.run(PLACES.format(event=event))
    check("the tap finds the place of the team", places == [["amina", "yes", "open"]])
    check("and the page says so", f'id="moment_{event}"' in tap.answer)


def wait_for_the_last_seat(worker, phone, event, person):
    """The last seat is being given to Karim while Amina taps."""
    worker.run(ANSWER.format(event=event, person=person))
    tap = Tap(phone.tap, event)
    time.sleep(2)
    check("the tap waits for the other", tap.is_alive())
    worker.run("env.cr.commit()")
    tap.join(60)
    places = worker.run(PLACES.format(event=event))
    check("the seat is given once", places == [["karim", "yes", "open"]], places)
    check("the page says that it is full", "is full" in tap.answer)


def race(worker, url, events):
    """Impatient fingers: four taps of one person and four of another at once."""
    phones = [Phone(url, login) for login in ("amina", "amina", "karim", "karim")]
    for event in events:
        taps = [Tap(phone.tap, event) for phone in phones * 2]
        for tap in taps:
            tap.join(60)
    found = [worker.run(PLACES.format(event=event)) for event in events]
    names = [sorted(place[0] for place in places) for places in found]
    check("nobody has two places", all(len(n) == len(set(n)) for n in names), names)
    seats = [sum(place[2] == "open" for place in places) for places in found]
    check("no seat too many where there is one", seats[-2:] == [1, 1], seats)
    check("everybody has a seat where there is room", seats[:2] == [2, 2], seats)


with scratch_database() as db, Worker(db) as worker:
    made = worker.run(PREPARE, timeout=120)
    (amina, karim), events = made["people"], made["events"]
    with Server(db, "--workers=3", "--max-cron-threads=0") as server:
        phone = Phone(server.url, "amina")
        wait_for_the_same_person(worker, server, events[0], amina)
        wait_for_the_page(worker, phone, events[1], amina)
        wait_for_the_last_seat(worker, phone, events[4], karim)
        race(worker, server.url, [*events[2:4], *events[5:7]])
finish()
