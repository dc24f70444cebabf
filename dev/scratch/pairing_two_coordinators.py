"""Two coordinators at once: a project never gets three people, nobody one too many."""

import threading
import time
import xmlrpc.client

from harness import Server, Worker, check, finish, scratch_database

PREPARE = """
from odoo import Command
env.company._hub_setup()
group = env.ref('solidarity_hub.group_hub_coordinator').id
for login in ('claire', 'david'):
    env['res.users'].create({
        'name': login, 'login': login, 'password': login,
        'group_ids': [Command.set([group])],
    })
amina = env['res.partner'].create({'name': 'Amina'})
result = {'people': [], 'leads': []}
for n in range(12):
    partner = env['res.partner'].create({'name': f'Volunteer {n}'})
    env['hub.role'].create({
        'partner_id': partner.id, 'kind': 'volunteer', 'date_start': '2020-01-01',
        'trained_on': '2020-01-01', 'capacity': 30,
    })
    result['people'].append(partner.id)
for n in range(12):
    lead = env['crm.lead'].create({
        'name': f'Bakery {n}', 'is_hub_project': True, 'partner_id': amina.id,
    })
    result['leads'].append(lead.id)
env.cr.commit()
"""
PLACES = """
env.invalidate_all()
env.cr.rollback()
result = [
    env['hub.pairing'].search_count([('lead_id', '=', lead), ('role', '=', 'pair')])
    for lead in {leads}
]
"""
CREATE = "env['hub.pairing'].create({{'lead_id': {lead}, 'volunteer_id': {person}}})"


class Call(threading.Thread):
    """One coordinator's click; what came back is kept."""

    def __init__(self, client, lead, person):
        super().__init__()
        self.client, self.vals = client, {"lead_id": lead, "volunteer_id": person}
        self.message = None
        self.start()

    def run(self):
        try:
            self.client.call("hub.pairing", "create", [self.vals])
        except xmlrpc.client.Fault as fault:
            self.message = fault.faultString


def wait_for_third(worker, server, lead, people):
    """A transaction holds the second place; the other coordinator asks meanwhile."""
    worker.run(CREATE.format(lead=lead, person=people[0]) + "; env.cr.commit()")
    worker.run(CREATE.format(lead=lead, person=people[1]))
    click = Call(server.login("claire", "claire"), lead, people[2])
    time.sleep(2)
    check("the second coordinator waits for the first", click.is_alive())
    worker.run("env.cr.commit()")
    click.join(60)
    message = click.message or ""
    check(
        "the loser reads who is there and what to do",
        "already has its two people: Volunteer 0, Volunteer 1" in message
        and "Replace one of them" in message,
        message,
    )
    check("no third place", worker.run(PLACES.format(leads=[lead])) == [2])


def wait_for_capacity(worker, server, leads, person):
    """The last free place of one person, for two projects at once."""
    worker.run(
        f"env['hub.role'].search([('partner_id', '=', {person})]).capacity = 1;"
        " env.cr.commit()"
    )
    worker.run(CREATE.format(lead=leads[0], person=person))
    click = Call(server.login("david", "david"), leads[1], person)
    time.sleep(2)
    worker.run("env.cr.commit()")
    click.join(60)
    message = click.message or ""
    check(
        "the last free place of a person is given once",
        "no free place left (1 of 1)" in message,
        message,
    )
    check("nothing was written", worker.run(PLACES.format(leads=leads)) == [1, 0])


def race(worker, server, leads, people):
    """Real clicks at the same moment, project after project."""
    clients = [server.login(name, name) for name in ("claire", "david")]
    refused = []
    for lead in leads:
        clicks = [
            Call(clients[0], lead, people[n])
            if n % 2
            else Call(clients[1], lead, people[n])
            for n in range(2)
        ]
        for click in clicks:
            click.join(60)
        third = Call(clients[0], lead, people[2])
        fourth = Call(clients[1], lead, people[3])
        for click in (third, fourth):
            click.join(60)
        refused += [
            click.message for click in (*clicks, third, fourth) if click.message
        ]
    places = worker.run(PLACES.format(leads=leads))
    check("each project has two people, never three", set(places) == {2}, places)
    check(
        "every refusal is a sentence, no error of the database",
        len(refused) == 2 * len(leads)
        and all("already has its two people" in message for message in refused),
        refused[:2],
    )


with scratch_database() as db, Worker(db) as worker:
    made = worker.run(PREPARE, timeout=120)
    people, leads = made["people"], made["leads"]
    with Server(db, "--workers=2", "--max-cron-threads=0") as server:
        wait_for_third(worker, server, leads[0], people[:3])
        wait_for_capacity(worker, server, leads[1:3], people[3])
        race(worker, server, leads[4:], people[5:9])
finish()
