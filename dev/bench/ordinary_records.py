"""What the addon costs those who do not use it: ordinary contacts and leads."""

from harness import PLAIN, Worker, compare, finish, scratch_database

PREPARE = """
from odoo import Command
seller = env['res.users'].create({
    'name': 'Seller', 'login': 'seller', 'email': 'seller@example.com',
    'group_ids': [Command.set([
        env.ref('sales_team.group_sale_salesman').id,
        env.ref('base.group_partner_manager').id,
    ])],
})
env.cr.execute('ANALYZE')
env.cr.commit()
env = env(user=seller)

def contacts(count=1000):
    return env['res.partner'].create([
        {'name': f'Contact {n}', 'email': f'contact{n}@example.com'}
        for n in range(count)
    ])

def leads(count=1000):
    return env['crm.lead'].create([
        {'name': f'Deal {n}', 'type': 'opportunity', 'expected_revenue': n}
        for n in range(count)
    ])

def listing(model):
    views = env[model].get_views([(False, 'list')])
    spec = {}
    for name in views['models'][model]['fields']:
        field = env[model]._fields[name]
        spec[name] = {'fields': {'display_name': {}}} if field.relational else {}
    return env[model].web_search_read([], spec, limit=1000)

contacts(), leads()
env.cr.execute('ANALYZE')
env.cr.commit()
"""

with (
    scratch_database(PLAIN) as plain,
    scratch_database() as hub,
    Worker(plain) as without,
    Worker(hub) as with_addon,
):
    for worker in (without, with_addon):
        worker.run(PREPARE, timeout=300)
    for sentence, code in {
        "creating 1,000 contacts": "contacts()",
        "creating 1,000 leads": "leads()",
        "listing 1,000 contacts": "listing('res.partner')",
        "listing 1,000 leads": "listing('crm.lead')",
    }.items():
        compare(sentence, without, with_addon, code)
finish()
