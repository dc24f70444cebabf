"""Two committees at once: the last money of a fund is promised once."""

import threading
import time
import xmlrpc.client

from harness import Server, Worker, check, finish, scratch_database

# Money of the hub itself needs no chart of accounts.
PREPARE = """
from odoo import Command
company = env.company
company._hub_setup()
group = env.ref('solidarity_hub.group_hub_finance').id
for login in ('claire', 'david'):
    env['res.users'].create({
        'name': login, 'login': login, 'password': login,
        'group_ids': [Command.set([group])],
    })
basis = env['hub.loan.basis'].search([('company_id', '=', company.id)], limit=1)
result = []
for number in range(8):
    fund = env['hub.fund'].create({'name': f'Fund {number}'})
    env['hub.contribution'].create({
        'partner_id': company.partner_id.id, 'instrument': 'gift', 'fund_id': fund.id,
        'amount': 1000, 'granted_on': '2026-01-01', 'line_ids': [Command.create(
            {'kind': 'opening', 'principal': 1000, 'date': '2026-01-02'})],
    })
    loans = env['hub.loan']
    for who in 'AB':
        loan = loans.create({
            'partner_id': env['res.partner'].create({'name': f'{who} {number}'}).id,
            'product_id': False, 'basis_id': basis.id, 'amount': 700, 'periods': 10,
            'fund_id': fund.id,
        })
        loan.action_submit()
        loans |= loan
    result.append((fund.id, loans.ids))
env.cr.commit()
"""
STATE = """
env.cr.rollback()
env.invalidate_all()
fund = env['hub.fund'].browse({fund})
result = (
    sorted(env['hub.loan'].browse({loans}).mapped('state')),
    fund._figures()[fund]['available'],
)
"""


class Click(threading.Thread):
    """One press on “agree”; what came back is kept."""

    def __init__(self, client, loan):
        super().__init__()
        self.client, self.loan, self.message = client, loan, None
        self.start()

    def run(self):
        try:
            self.client.call("hub.loan", "action_approve", [self.loan])
        except xmlrpc.client.Fault as fault:
            # A method that returns nothing is an error of XML-RPC alone.
            if "cannot marshal None" not in fault.faultString:
                self.message = fault.faultString


def one_waits(worker, server, fund, loans):
    """A transaction has agreed and not ended; somebody else agrees meanwhile."""
    worker.run(f"env['hub.loan'].browse({loans[0]}).action_approve()")
    click = Click(server.login("claire", "claire"), loans[1])
    time.sleep(2)
    check("the second agreement waits for the first", click.is_alive())
    worker.run("env.cr.commit()")
    click.join(60)
    message = click.message or ""
    check(
        "the loser reads what can be lent and what is missing",
        "300.00" in message and "400.00" in message and "700.00" in message,
        message,
    )
    state, left = worker.run(STATE.format(fund=fund, loans=loans))
    check("one is agreed to, one is not", state == ["approved", "submitted"], state)
    check("nothing is promised twice", left == 300, left)


def race(worker, server, cases):
    """Real clicks at the same moment, fund after fund."""
    clients = [server.login(name, name) for name in ("claire", "david")]
    states, left, refused = [], [], []
    for fund, loans in cases:
        clicks = [Click(c, loan) for c, loan in zip(clients, loans, strict=True)]
        for click in clicks:
            click.join(60)
        refused += [click.message for click in clicks if click.message]
        state, available = worker.run(STATE.format(fund=fund, loans=loans))
        states.append(state)
        left.append(available)
    check(
        "each time one of two is agreed to",
        all(state == ["approved", "submitted"] for state in states),
        states,
    )
    check("no fund is overdrawn", set(left) == {300}, left)
    check(
        "every refusal is a sentence, no error of the database",
        len(refused) == len(cases) and all("missing" in text for text in refused),
        refused[:2],
    )


with scratch_database() as db, Worker(db) as worker:
    cases = worker.run(PREPARE, timeout=120)
    with Server(db, "--workers=2", "--max-cron-threads=0") as server:
        one_waits(worker, server, *cases[0])
        race(worker, server, cases[1:])
finish()
