"""Two parties sign at the same moment: both count, the text is closed once."""

import json
import re
import threading
import time
import urllib.request

from harness import Server, Worker, check, finish, scratch_database

PREPARE = """
import base64, io
from PIL import Image, ImageDraw
from odoo.fields import Command
env.company._hub_setup()
picture = Image.new('RGBA', (200, 80), (255, 255, 255, 0))
ImageDraw.Draw(picture).line((10, 10, 190, 70), 'black', 4)
content = io.BytesIO()
picture.save(content, 'PNG')
result = {'drawing': base64.b64encode(content.getvalue()).decode(), 'pacts': []}
indicator = env.ref('solidarity_hub.hub_indicator_autonomy')
for n in range(6):
    people = env['res.partner'].create(
        [{'name': f'{name} {n}'} for name in ('Amina', 'Bernard')]
    )
    pact = env['hub.pact'].create({
        'name': f'Bakery {n}', 'lang': 'en_US', 'joint_interview_on': '2025-12-20',
        'date_start': '2026-01-01', 'date_end': '2099-12-31',
        'goal_ids': [Command.create({'name': 'Open the shop'})],
        'commitment_ids': [Command.create({'name': 'Meet', 'category': 'volunteer'})],
        'term_ids': [Command.create({'indicator_id': indicator.id})],
        'party_ids': [
            Command.create({'partner_id': person.id, 'category': category})
            for person, category in zip(people, ('concerned', 'volunteer'))
        ],
    })
    pact.action_to_sign()
    result['pacts'].append([[p.id, p.access_token] for p in pact.party_ids])
env.cr.commit()
"""
LOOK = """
env.invalidate_all()
env.cr.rollback()
party = env['hub.pact.party'].browse({party})
pact = party.pact_id
result = {{
    'state': pact.state,
    'signed': len(pact._signed_parties()),
    'hashes': sorted(set(pact.party_ids.mapped('signed_hash'))) == [pact.frozen_hash],
    'files': sorted(pact.file_ids.mapped('kind')),
    'verified': pact._is_signed_file(pact.signed_pdf_id.raw or b''),
}}
"""
HOLD = """
party = env['hub.pact.party'].browse({party}).sudo()
party._sign(party._today_here(), 'paper')
"""


class Click(threading.Thread):
    """One person's tap on “I sign”; what came back is kept."""

    def __init__(self, server, party, token, drawing):
        super().__init__()
        self.url = f"{server.url}/my/hub/pact/{party}"
        self.token, self.drawing = token, drawing
        self.answer = None

    def read(self):
        page = urllib.request.urlopen(f"{self.url}?access_token={self.token}")
        text = page.read().decode()
        self.fingerprint = re.search(r"fingerprint=(\w{64})", text)[1]
        return self

    def run(self):
        params = {"name": "Somebody", "signature": self.drawing}
        request = urllib.request.Request(
            f"{self.url}/sign?access_token={self.token}&fingerprint={self.fingerprint}",
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=120) as response:
            self.answer = json.loads(response.read())

    @property
    def signed(self):
        return bool((self.answer or {}).get("result", {}).get("force_refresh"))


def both_at_once(worker, server, pacts, drawing):
    """Both have read the page before either signs."""
    for parties in pacts:
        clicks = [Click(server, *party, drawing).read() for party in parties]
        for click in clicks:
            click.start()
        for click in clicks:
            click.join(120)
        told = [click.answer for click in clicks]
        check("both signatures are taken", all(c.signed for c in clicks), told)
        found = worker.run(LOOK.format(party=parties[0][0]))
        check("both count, the pact is in force", found["signed"] == 2, found)
        check("in force by itself", found["state"] == "in_force", found)
        check("one text, closed once, signed by both", found["hashes"], found)
        check(
            "one document of the text, one with both signatures",
            found["files"] == ["signed", "text"] and found["verified"],
            found,
        )


def second_waits(worker, server, parties, drawing):
    """While one signature is being written, the other waits and then counts."""
    click = Click(server, *parties[1], drawing).read()
    worker.run(HOLD.format(party=parties[0][0]))
    click.start()
    time.sleep(2)
    check("the second waits for the first", click.is_alive())
    worker.run("env.cr.commit()")
    click.join(120)
    found = worker.run(LOOK.format(party=parties[0][0]))
    check(
        "and then both count",
        (found["signed"], found["state"]) == (2, "in_force"),
        found,
    )


with scratch_database() as db, Worker(db) as worker:
    made = worker.run(PREPARE, timeout=180)
    with Server(db, "--workers=3", "--max-cron-threads=0") as server:
        second_waits(worker, server, made["pacts"][0], made["drawing"])
        both_at_once(worker, server, made["pacts"][1:], made["drawing"])
finish()
