"""A thousand instalments due: the job is killed in the middle, started again, and run
by two workers at once. Each instalment is entered exactly once."""

import time

from harness import Worker, check, finish, scratch_database

LOANS, LINES = 100, 10
DUE = LOANS * LINES
PREPARE = f"""
from dateutil.relativedelta import relativedelta
from odoo import fields
company = env['res.company'].search([('chart_template', '=', 'fr')], limit=1)
env = env(context=dict(env.context, allowed_company_ids=company.ids))
company = company.with_env(env)
company._hub_setup()
company._hub_take_proposal()
basis = env['hub.loan.basis'].search([('company_id', '=', company.id)], limit=1)
start = fields.Date.today() - relativedelta(months={LINES}, days=1)
people = env['res.partner'].create(
    [{{'name': f'Borrower {{n}}'}} for n in range({LOANS})])
loans = env['hub.loan'].create([{{
    'partner_id': person.id, 'basis_id': basis.id, 'product_id': False,
    'amount': 1200 + n, 'annual_rate': n % 3, 'periods': {LINES} + 2,
    'disbursement_date': start, 'first_due_date': start + relativedelta(months=1),
}} for n, person in enumerate(people)])
loans.action_submit()
loans.action_approve()
loans.action_sign()
for loan in loans:
    loan.action_disburse()
env.cr.commit()
result = [len(loans.instalment_ids), set(loans.mapped('state')) == {{'disbursed'}}]
"""
COUNT = """
env.cr.rollback()
env.invalidate_all()
env.cr.execute('''
    SELECT COUNT(*), COUNT(DISTINCT hub_instalment_id),
           COUNT(*) FILTER (WHERE hub_is_live AND state = 'posted')
    FROM account_move WHERE hub_kind = 'due'
''')
moves, lines, live = env.cr.fetchone()
env.cr.execute('''
    SELECT COUNT(*) FROM hub_loan_instalment WHERE due_line_id IS NOT NULL
''')
[linked] = env.cr.fetchone()
result = [moves, lines, live, linked]
"""
# A little while after each batch, so that there is a middle to be killed in.
SLOWLY = """
from odoo.addons.solidarity_hub.models.finance import hub_loan_instalment_entry as x
x.BATCH = 40
Line = type(env['hub.loan.instalment'])
enter = Line._enter
def slowly(self):
    enter(self)
    env.flush_all()
    time.sleep({pause})
Line._enter = slowly
env['hub.loan.instalment']._cron_post_due()
"""
RESIDUE = """
env.cr.rollback()
env.invalidate_all()
rows = env['hub.loan.control'].search([])
result = [len(rows), sum(rows.mapped('difference')),
          env['hub.loan.instalment'].search_count([('problem', '!=', False)])]
"""

with scratch_database() as db, Worker(db) as look:
    lines, running = look.run(PREPARE, timeout=400)
    check(f"{LOANS} loans run", lines == LOANS * (LINES + 2) and running, lines)

    with Worker(db) as job:
        job.start(SLOWLY.format(pause=0.6))
        deadline = time.monotonic() + 120
        while look.run(COUNT)[0] < 80 and time.monotonic() < deadline:
            time.sleep(0.1)
        job.kill()
    moves, distinct, live, linked = look.run(COUNT)
    check("the job was killed in the middle", 0 < moves < DUE, moves)
    check("whole batches are left, none by half", moves == distinct == live == linked)

    with Worker(db) as one, Worker(db) as two:
        one.start(SLOWLY.format(pause=0.05))
        two.start(SLOWLY.format(pause=0.05))
        failed = [worker.fails(timeout=500) for worker in (one, two)]
    check("two jobs at once both end well", failed == [None, None], failed)
    counted = look.run(COUNT)
    check("each instalment is entered exactly once", counted == [DUE] * 4, counted)

    with Worker(db) as again:
        again.run("env['hub.loan.instalment']._cron_post_due()", timeout=300)
    counted = look.run(COUNT)
    check("the job run again enters nothing", counted == [DUE] * 4, counted)
    rows, difference, problems = look.run(RESIDUE, timeout=120)
    check("schedules and accounts agree", rows >= LOANS and not difference, difference)
    check("nothing is told to have failed", not problems, problems)
finish()
