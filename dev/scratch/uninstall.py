"""Uninstalling hides the hub's projects from sales and leaves sales as they were.

The entries of its loans stay as they were posted: accounts are not to be emptied.
"""

from harness import ADDON, Worker, check, finish, odoo, scratch_database

PREPARE = """
from odoo import Command
env.company._hub_setup()
seller = env['res.users'].create({
    'name': 'Seller', 'login': 'seller', 'email': 'seller@example.com',
    'group_ids': [Command.set([env.ref('sales_team.group_sale_salesman').id])],
})
deals = env['crm.lead'].with_user(seller).create([
    {'name': f'Deal {n}', 'type': 'opportunity', 'user_id': seller.id,
     'expected_revenue': 100 * n, 'description': '<p>a deal</p>'}
    for n in range(5)
])
deals[0].action_set_lost()
deals[1].action_set_won()
deals[2].message_post(body='for the client', subtype_xmlid='mail.mt_comment')
project = env['crm.lead'].create({
    'is_hub_project': True, 'name': 'A story told in confidence',
    'partner_id': env['res.partner'].create({'name': 'Amina'}).id,
    'description': '<p>lives with three children</p>',
})
project.message_post(body='told in confidence', subtype_xmlid='mail.mt_comment')
env.company.action_hub_propose_time_accounts()
env['hub.role'].create({
    'partner_id': project.partner_id.id, 'kind': 'volunteer',
    'date_start': '2000-01-01'})
env['hub.hours.rate'].create({'rate': 10, 'date_start': '2000-01-01'})
env['hub.volunteer.hours'].create({
    'partner_id': project.partner_id.id, 'date': '2001-06-01', 'hours': 3,
}).action_validate()
env['hub.hours.valuation'].create({
    'date_start': '2001-01-01', 'date_end': '2001-12-31'}).action_post()
env.cr.commit()
"""
LEND = """
from dateutil.relativedelta import relativedelta
from odoo import fields
company = env['res.company'].search([('chart_template', '=', 'fr')], limit=1)
lender = env(context=dict(env.context, allowed_company_ids=company.ids))
company = company.with_env(lender)
company._hub_setup()
company._hub_take_proposal()
start = fields.Date.today() - relativedelta(months=3)
loan = lender['hub.loan'].create({
    'partner_id': lender['res.partner'].create({'name': 'Denis'}).id,
    'product_id': False, 'amount': 1200, 'annual_rate': 2, 'periods': 12,
    'disbursement_date': start, 'first_due_date': start + relativedelta(months=1),
})
loan.action_submit()
loan.action_approve()
loan.action_sign()
def pay(action):
    wizard = lender['account.payment.register'].with_context(**action['context'])
    wizard.create({}).action_create_payments()
pay(loan.action_disburse())
loan.instalment_ids.filtered(lambda x: x.due_date <= fields.Date.today()).action_enter()
pay(loan.instalment_ids[0].action_register_payment())
env.cr.commit()
"""
LEDGER = """
env.invalidate_all()
company = env['res.company'].search([('chart_template', '=', 'fr')], limit=1)
lines = env['account.move.line'].search([('company_id', '=', company.id)], order='id')
result = [[line.move_id.name, line.move_id.state, line.account_id.id, line.balance,
           line.amount_residual, line.partner_id.name, str(line.date_maturity)]
          for line in lines]
"""
TIME_LEDGER = """
lines = env['account.move.line'].search([
    ('account_id.code', 'in', ['864000', '875000']), ('parent_state', '=', 'posted')])
result = sorted(lines.mapped('balance'))
"""
# Fields of Odoo's own only: what the addon adds goes with it.
SNAPSHOT = """
names = [name for name, field in env['crm.lead']._fields.items()
         if field.store and not name.startswith(('hub_', 'is_hub', 'write_'))
         and field.type not in ('one2many', 'many2many')]
deals = env['crm.lead'].with_context(active_test=False).search(
    [('name', 'like', 'Deal %')], order='id')
found = [{n: v for n, v in row.items() if n in names}
         for row in deals.with_user(seller).read(names)]
visible = env['crm.lead'].with_user(seller).search([]).mapped('name')
said = deals.message_ids.sorted('id').mapped(
    lambda m: [m.body, m.is_internal, m.subtype_id.id])
result = [found, visible, said]
"""
FIND = """
seller = env['res.users'].search([('login', '=', 'seller')])
project = env['crm.lead'].with_context(active_test=False).search(
    [('name', '=', 'A story told in confidence')])
"""
LEFT = """
env.cr.execute('''
    SELECT table_name || '.' || column_name FROM information_schema.columns
    WHERE table_schema = 'public'
      AND (table_name LIKE 'hub\\\\_%%' OR column_name LIKE 'hub\\\\_%%'
           OR column_name LIKE 'is\\\\_hub\\\\_%%' OR column_name LIKE 'x\\\\_hub%%')
    UNION SELECT 'external id ' || name FROM ir_model_data WHERE module = %s
    UNION SELECT 'parameter ' || key FROM ir_config_parameter WHERE key LIKE %s
''', ['solidarity_hub', 'solidarity_hub.%'])
result = sorted(row[0] for row in env.cr.fetchall())
"""


def proof(db):
    with Worker(db) as hub:
        hub.run(PREPARE)
        before = hub.run(SNAPSHOT)
        hub.run(LEND, timeout=120)
        ledger = hub.run(LEDGER)
        check(
            "a loan has entries, some open",
            len(ledger) > 10 and any(x[4] for x in ledger),
        )
    log = odoo("module", "uninstall", "-d", db, ADDON)
    bad = [n for n in log.splitlines() if " ERROR " in n or " WARNING " in n]
    check("uninstalling logs no complaint", not bad, "\n".join(bad[:10]))
    with Worker(db) as bare:
        bare.run(FIND)
        gone = bare.run("result = 'is_hub_project' not in env['crm.lead']._fields")
        check("the addon is gone", gone)
        left = bare.run(LEFT)
        check("nothing of it is left in the database", not left, left[:20])
        after = bare.run(SNAPSHOT)
        for what, old, new in zip(
            ("keeps", "sees", "reads"), before, after, strict=True
        ):
            check(f"the salesperson {what} the same deals", old == new, (old, new))
        years = bare.run(TIME_LEDGER)
        check("entries of time stay in the ledger", years == [-30.0, 30.0], years)
        check("the project still exists", bare.run("result = len(project)") == 1)
        check("it is archived", bare.run("result = not project.active"))
        check(
            "it stands in a stage that sales does not count as won or lost",
            bare.run(
                "result = not project.stage_id.is_won and not project.lost_reason_id"
            ),
        )
        check(
            "its description is cleared",
            bare.run(
                "from odoo.tools import is_html_empty\n"
                "result = is_html_empty(project.description)"
            ),
        )
        check("all entries of loans stay as posted", bare.run(LEDGER) == ledger)
        told = "result = all(project.message_ids.mapped('is_internal'))"
        check("its messages are internal", bare.run(told))
    odoo("-d", db, "-i", ADDON, "--stop-after-init", "--no-http", "--log-level=warn")
    with Worker(db) as again:
        check("it installs again", again.run("result = env.company._hub_setup() or 1"))


with scratch_database() as db:
    proof(db)
finish()
