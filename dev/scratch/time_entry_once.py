"""Two accountants at once: the value of volunteers' time is posted once."""

import threading
import time
import xmlrpc.client

from harness import Server, Worker, check, finish, scratch_database

PREPARE = """
from odoo import Command
env.company._hub_setup()
groups = [env.ref(name).id for name in (
    'solidarity_hub.group_hub_finance', 'account.group_account_manager')]
for login in ('solene', 'david'):
    env['res.users'].create({
        'name': login, 'login': login, 'password': login,
        'group_ids': [Command.set(groups)],
    })
env.company.action_hub_propose_time_accounts()
paul = env['res.partner'].create({'name': 'Paul'})
env['hub.role'].create({
    'partner_id': paul.id, 'kind': 'volunteer', 'date_start': '2000-01-01'})
env['hub.hours.rate'].create({'rate': 10, 'date_start': '2000-01-01'})
lines = env['hub.volunteer.hours'].create([
    {'partner_id': paul.id, 'date': f'{2001 + n}-06-01', 'hours': 3}
    for n in range(8)])
lines.action_validate()
env.cr.commit()
"""
LEDGER = """
env.cr.rollback()
env.invalidate_all()
account = env.company.hub_time_debit_account_id
lines = env['account.move.line'].search([
    ('account_id', '=', account.id), ('parent_state', '=', 'posted')])
result = lines.sorted('date').mapped('balance')
"""


class Call(threading.Thread):
    """One person's click; what came back is kept."""

    def __init__(self, client, model, method, *args):
        super().__init__()
        self.client, self.request = client, (model, method, *args)
        self.result = self.message = None
        self.start()

    def run(self):
        try:
            self.result = self.client.call(*self.request)
        except xmlrpc.client.Fault as fault:
            self.message = fault.faultString


def period(year):
    return {"date_start": f"{year}-01-01", "date_end": f"{year}-12-31"}


def together(clients, *request):
    calls = [Call(client, *request) for client in clients]
    for call in calls:
        call.join(60)
    return calls


def main(worker, server):
    worker.run(PREPARE, timeout=120)
    names = ("solene", "david", "solene")
    solene, david, twice = (server.login(name, name) for name in names)
    model = "hub.hours.valuation"

    first = solene.call(model, "create", [period(2001)])[0]
    worker.run(f"env['{model}'].browse({first}).action_post()")
    click = Call(david, model, "action_post", [first])
    time.sleep(2)
    check("the second accountant waits for the first", click.is_alive())
    worker.run("env.cr.commit()")
    click.join(60)
    message = click.message or ""
    check("and then reads who posted it", "already in the accounts" in message, message)
    check("one entry of 30", worker.run(LEDGER) == [30.0], worker.run(LEDGER))

    refused = []
    for year in range(2002, 2008):
        made = together((solene, david), model, "create", [period(year)])
        ids = [call.result[0] for call in made if call.result]
        check(f"{year} exists once", len(ids) == 1, [c.message for c in made])
        refused += [call.message for call in made if call.message]
        posted = together((solene, david, twice), model, "action_post", ids)
        refused += [call.message for call in posted if call.message]
    check("each year is in the ledger once", worker.run(LEDGER) == [30.0] * 7)
    words = ("already valued", "already in the accounts")
    check(
        "every refusal is a sentence, no error of the database",
        len(refused) == 18 and all(any(w in m for w in words) for m in refused),
        [m for m in refused if not any(w in m for w in words)][:2],
    )


with (
    scratch_database() as db,
    Worker(db) as worker,
    Server(db, "--workers=2", "--max-cron-threads=0") as server,
):
    main(worker, server)
finish()
