"""One changes what they say together while another says yes: the yes does not count."""

import re
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from harness import Server, Worker, check, finish, scratch_database

PREPARE = """
from datetime import date
from odoo import Command
env.company._hub_setup()
amina, bernard = env['res.partner'].create([{'name': 'Amina'}, {'name': 'Bernard'}])
term = {'indicator_id': env.ref('solidarity_hub.hub_indicator_autonomy').id}
pact = env['hub.pact'].create({
    'name': 'Bakery', 'date_start': '2020-01-01', 'date_end': '2099-12-31',
    'joint_interview_on': '2020-01-01',
    'goal_ids': [Command.create({'name': 'Open the shop'})],
    'commitment_ids': [Command.create({'name': 'Meet', 'category': 'volunteer'})],
    'term_ids': [Command.create(term)],
    'party_ids': [
        Command.create({'partner_id': amina.id, 'category': 'concerned'}),
        Command.create({'partner_id': bernard.id, 'category': 'volunteer'}),
    ],
})
pact.action_to_sign()
pact.party_ids._sign(date(2020, 1, 1), 'paper')
evaluation = env['hub.evaluation'].create({'pact_id': pact.id})
line = evaluation.line_ids
line.write({'holder_value': '1', 'volunteers_value': '3', 'agreed_value': '2'})
holder, volunteer = evaluation.person_ids
volunteer._agree('phone')
evaluation.action_ask_agreement()
result = [holder.id, holder.access_token, line.id, evaluation.id]
env.cr.commit()
"""
STATE = """
env.cr.rollback()
env.invalidate_all()
evaluation = env['hub.evaluation'].browse({evaluation})
result = [evaluation.state, evaluation.line_ids.agreed_value,
          sorted(evaluation.person_ids.mapped('answer'))]
"""


class Telephone:
    """Somebody who reads the personal page and answers on it."""

    def __init__(self, url, person, token):
        self.page_url = f"{url}/my/hub/evaluation/{person}"
        self.token = token
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.answer = ""

    def read(self):
        with self.opener.open(f"{self.page_url}?access_token={self.token}") as page:
            text = page.read().decode()
        self.sealed = {
            name: re.search(f'name="{name}" value="([^"]*)"', text)[1]
            for name in ("csrf_token", "mark")
        }

    def yes(self):
        data = {**self.sealed, "access_token": self.token}
        body = urllib.parse.urlencode(data).encode()
        with self.opener.open(f"{self.page_url}/yes", body, timeout=90) as page:
            self.answer = page.read().decode()


with scratch_database() as db, Worker(db) as worker:
    person, token, line, evaluation = worker.run(PREPARE, timeout=120)
    with Server(db, "--workers=2", "--max-cron-threads=0") as server:
        amina = Telephone(server.url, person, token)
        amina.read()
        worker.run(f"env['hub.evaluation.line'].browse({line}).agreed_value = '4'")
        worker.run("env.flush_all()")
        tap = threading.Thread(target=amina.yes)
        tap.start()
        time.sleep(3)
        worker.run("env.cr.commit()")
        tap.join(90)
        check("whoever taps meanwhile gets an answer", amina.answer)
        found = worker.run(STATE.format(evaluation=evaluation))
        check(
            "a yes to other values does not close the evaluation",
            found == ["under_way", "4", ["waiting", "waiting"]],
            found,
        )
finish()
