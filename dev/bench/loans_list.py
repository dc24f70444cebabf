"""Opening the list of loans: 80 lines of 500 loans, then of 5,000."""

from harness import Worker, check, finish, scratch_database

PREPARE = """
from dateutil.relativedelta import relativedelta
from odoo import fields
company = env['res.company'].search([('chart_template', '=', 'fr')], limit=1)
env = env(context=dict(env.context, allowed_company_ids=company.ids))
company = company.with_env(env)
company._hub_setup()
company._hub_take_proposal()
basis = env['hub.loan.basis'].search([('company_id', '=', company.id)], limit=1)
start = fields.Date.today() - relativedelta(months=4, days=1)
people = env['res.partner'].create([{'name': f'Borrower {n}'} for n in range(100)])
def make():
    loans = env['hub.loan'].create([{
        'partner_id': person.id, 'basis_id': basis.id, 'product_id': False,
        'amount': 1200, 'annual_rate': 2, 'periods': 6,
        'disbursement_date': start, 'first_due_date': start + relativedelta(months=1),
        } for person in people])
    env.cr.commit()
    return loans
running = make()
running.action_submit()
running.action_approve()
running.action_sign()
for loan in running:
    loan.action_disburse()
Line = env['hub.loan.instalment']
Line.search(Line._domain_to_enter(Line))._enter_batch()
env.cr.commit()
"""
MORE = """
while env['hub.loan'].search_count([]) < {count}:
    make()
env.cr.execute('ANALYZE')
env.cr.commit()
"""
# What the screen asks: a page of lines, their number, and the sums below.
LIST = """
env['hub.loan'].web_search_read([], {{
    'name': {{}}, 'partner_id': {{'fields': {{'display_name': {{}}}}}},
    'lead_title': {{}}, 'amount': {{}}, 'disbursement_date': {{}},
    'outstanding_amount': {{}},
    'overdue_amount': {{}}, 'days_overdue': {{}}, 'state': {{}},
}}, limit={limit})
"""

with scratch_database() as db, Worker(db) as worker:
    worker.run(PREPARE, 300)
    taken = {}
    for count in (500, 5000):
        worker.run(MORE.format(count=count), 400)
        worker.measure(LIST.format(limit=80))  # caches
        for limit in (20, 80):
            found = taken[count, limit] = worker.measure(LIST.format(limit=limit))
            print(
                f"{limit} of {count:,} loans: {found[0]:.2f} s, {found[1]:.0f} queries"
            )
    queries = {figures[1] for figures in taken.values()}
    check("the list asks as many queries, however many loans", len(queries) == 1, taken)
finish()
