"""Two votes of one seat at once, and votes while the vote is being closed."""

import threading
import time
import xmlrpc.client

from harness import Server, Worker, check, finish, scratch_database

VOTERS = 8
PREPARE = f"""
from datetime import timedelta
from odoo import Command, fields
env.company._hub_setup()
group = env.ref('solidarity_hub.group_hub_board').id
college = env['hub.college'].search([('code', '=', 'volunteers')])
body = env['hub.body'].create({{
    'name': 'Board', 'term_months': 0, 'notice_days': 0,
    'college_ids': [Command.clear(), Command.create({{'college_id': college.id}})],
}})
for n in range({VOTERS}):
    user = env['res.users'].create({{
        'name': f'Member {{n}}', 'login': f'member{{n}}', 'password': f'member{{n}}',
        'group_ids': [Command.set([group])],
    }})
    env['hub.role'].create({{
        'partner_id': user.partner_id.id, 'kind': 'volunteer',
        'date_start': '2020-01-01',
    }})
    env['hub.mandate'].create({{
        'body_id': body.id, 'partner_id': user.partner_id.id,
        'college_id': college.id, 'date_start': '2020-01-01',
    }})
meeting = env['hub.meeting'].create({{
    'body_id': body.id, 'date': fields.Datetime.now() + timedelta(hours=1),
    'notice_reason': 'At once',
}})
meeting._convene()
meeting.action_open()
meeting.presence_ids.action_present()
resolutions = env['hub.resolution'].create([
    {{'meeting_id': meeting.id, 'name': f'Resolution {{n}}', 'entry': 'ballots'}}
    for n in range(6)
])
resolutions.action_open_vote()
seats = {{
    line.partner_id.user_ids.login: line.id for line in meeting.presence_ids
}}
result = {{'resolutions': resolutions.ids, 'seats': seats}}
env.cr.commit()
"""
LOOK = """
env.cr.rollback()
env.invalidate_all()
found = env['hub.resolution'].browse({ids})
result = [
    {{
        'votes': len(one.ballot_ids), 'state': one.state,
        'counted': (one.figures or {{}}).get('for'),
    }}
    for one in found
]
"""


class Call(threading.Thread):
    """One click; what came back is kept."""

    def __init__(self, client, method, *args):
        super().__init__()
        self.client, self.method, self.args = client, method, args
        self.message = None
        self.start()

    def run(self):
        try:
            self.client.call("hub.resolution", self.method, *self.args)
        except xmlrpc.client.Fault as fault:
            # Methods that return nothing are told as a fault, too late to matter.
            if "cannot marshal None" not in fault.faultString:
                self.message = fault.faultString


def two_votes_of_one_seat(worker, client, resolution, seat):
    worker.run(
        f"env['hub.ballot'].create({{'resolution_id': {resolution},"
        f" 'presence_id': {seat}, 'choice': 'for'}})"
    )
    click = Call(client, "action_vote", [resolution], "against", seat)
    time.sleep(2)
    check("the second vote waits for the first", click.is_alive())
    worker.run("env.cr.commit()")
    click.join(60)
    message = click.message or ""
    check("the second is told why", "has already voted" in message, message)
    [found] = worker.run(LOOK.format(ids=[resolution]))
    check("one vote counts", found["votes"] == 1, found)


def a_race_of_one_person(worker, clients, resolution, seat):
    """The same click on two telephones."""
    clicks = [
        Call(client, "action_vote", [resolution], "for", seat) for client in clients
    ]
    for click in clicks:
        click.join(60)
    refused = [click.message for click in clicks if click.message]
    [found] = worker.run(LOOK.format(ids=[resolution]))
    check("one vote of two clicks", found["votes"] == 1, found)
    check(
        "the other is a sentence",
        len(refused) == 1 and "already voted" in refused[0],
        refused,
    )


def all_vote_at_once(worker, clients, resolution, seats):
    """Members do not wait for one another."""
    clicks = [
        Call(client, "action_vote", [resolution], "for", seats[login])
        for login, client in clients.items()
    ]
    for click in clicks:
        click.join(60)
    [found] = worker.run(LOOK.format(ids=[resolution]))
    check(
        "all votes are there",
        found["votes"] == VOTERS and not any(click.message for click in clicks),
        [click.message for click in clicks],
    )


def votes_while_it_closes(worker, clients, admin, resolutions, seats):
    """Whatever is counted is what was cast: no vote is lost, none comes late."""
    for resolution in resolutions:
        clicks = [
            Call(client, "action_vote", [resolution], "for", seats[login])
            for login, client in clients.items()
        ]
        time.sleep(0.15)
        end = Call(admin, "action_close_vote", [resolution])
        for click in (*clicks, end):
            click.join(60)
        while end.message:
            end = Call(admin, "action_close_vote", [resolution])
            end.join(60)
        [found] = worker.run(LOOK.format(ids=[resolution]))
        late = [click.message for click in clicks if click.message]
        check(
            "what is counted is what was cast",
            found["state"] == "closed"
            and found["counted"] == found["votes"] == VOTERS - len(late),
            (found, len(late)),
        )
        check(
            "who came late reads it",
            all("is not open" in message for message in late),
            late[:2],
        )


with scratch_database() as db, Worker(db) as worker:
    made = worker.run(PREPARE, timeout=180)
    resolutions, seats = made["resolutions"], made["seats"]
    with Server(db, "--workers=2", "--max-cron-threads=0") as server:
        clients = {login: server.login(login, login) for login in seats}
        again = server.login("member1", "member1")
        two_votes_of_one_seat(
            worker, clients["member0"], resolutions[0], seats["member0"]
        )
        a_race_of_one_person(
            worker, (clients["member1"], again), resolutions[1], seats["member1"]
        )
        all_vote_at_once(worker, clients, resolutions[2], seats)
        votes_while_it_closes(worker, clients, server.login(), resolutions[3:], seats)
finish()
