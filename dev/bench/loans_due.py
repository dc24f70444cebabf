"""Entering a thousand instalments, beside core making and posting the same entries."""

import statistics

from harness import Worker, check, finish, scratch_database

ROUNDS = 3
PREPARE = """
from dateutil.relativedelta import relativedelta
from odoo import fields
from odoo.fields import Command
company = env['res.company'].search([('chart_template', '=', 'fr')], limit=1)
env = env(context=dict(env.context, allowed_company_ids=company.ids))
company = company.with_env(env)
company._hub_setup()
company._hub_take_proposal()
basis = env['hub.loan.basis'].search([('company_id', '=', company.id)], limit=1)
start = fields.Date.today() - relativedelta(months=10, days=1)
people = env['res.partner'].create([{'name': f'Borrower {n}'} for n in range(100)])
def make(people, **values):
    return env['hub.loan'].create([{
        'partner_id': person.id, 'basis_id': basis.id, 'product_id': False,
        'amount': 1200, 'annual_rate': 2, 'periods': 12,
        'disbursement_date': start, 'first_due_date': start + relativedelta(months=1),
        **values} for person in people])
loans = make(people)
loans.action_submit()
loans.action_approve()
loans.action_sign()
for loan in loans:
    loan.action_disburse()
Line = env['hub.loan.instalment']
due = Line.search(Line._domain_to_enter(Line))
assert len(due) == 1000
env.cr.execute('ANALYZE')
env.cr.commit()
"""
OWN = """
for number in range(0, 1000, 100):
    due[number:number + 100]._enter_batch()
"""
CORE = """
for number in range(0, 1000, 100):
    moves = env['account.move'].create([{
        'move_type': 'entry', 'date': line.due_date,
        'journal_id': line.loan_id.journal_id.id, 'ref': 'Loan',
        'line_ids': [Command.create(v) for v in line._entry_lines('Loan')],
    } for line in due[number:number + 100]])
    moves._post(soft=False)
"""

with scratch_database() as db, Worker(db) as worker:
    worker.run(PREPARE, 600)
    taken = {"core": [], "loans": []}
    for _round in range(ROUNDS):
        for name, code in (("core", CORE), ("loans", OWN)):
            taken[name].append(worker.measure(code))
    core, own = (statistics.median(t[0] for t in taken[n]) for n in ("core", "loans"))
    queries = {name: times[-1][1] for name, times in taken.items()}
    ratio = own / core
    print(
        f"entering 1,000 instalments: core {core:.1f} s, loans {own:.1f} s,"
        f" ratio {ratio:.2f}, queries {queries['core']} -> {queries['loans']}"
    )
    check("entering costs at most 1.3 times what core's own entries cost", ratio <= 1.3)
finish()
