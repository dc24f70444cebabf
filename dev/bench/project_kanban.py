"""Opening the board of projects asks as many queries with 200 projects as with 20."""

from harness import Worker, check, finish, scratch_database

PREPARE = """
from ast import literal_eval
from odoo import Command
env.company._hub_setup()
adviser = env['res.users'].create({
    'name': 'Coordinator', 'login': 'coordinator', 'email': 'c@example.com',
    'group_ids': [Command.set([
        env.ref('solidarity_hub.group_hub_coordinator').id,
        env.ref('solidarity_hub.group_hub_feature_pairing').id,
    ])],
})
skills = env['hub.skill'].search([], limit=6)
phases = ['reception', 'diagnosis', 'accompaniment', 'launch', 'follow_up']

def projects(numbers):
    return env['crm.lead'].create([{
        'is_hub_project': True,
        'name': f'Project {n}',
        'user_id': adviser.id,
        'partner_id': env['res.partner'].create({'name': f'Holder {n}'}).id,
        'hub_phase': phases[n % 5],
        'hub_skill_ids': [Command.create({'skill_id': skills[n % 6].id})],
        'hub_action_ids': [Command.create({
            'name': 'Call the bank', 'date_due': '2030-01-15'})],
    } for n in numbers])

action = env.ref('solidarity_hub.crm_lead_action_hub')
view = action.view_ids.filtered(lambda v: v.view_mode == 'kanban').view_id
board = env['crm.lead'].with_user(adviser).with_context(
    **literal_eval(action.context))

def opening():
    views = board.get_views([(view.id, 'kanban')])
    spec = {}
    for name in views['models']['crm.lead']['fields']:
        field = board._fields[name]
        spec[name] = {'fields': {'display_name': {}}} if field.relational else {}
    return board.web_read_group(
        literal_eval(action.domain), ['stage_id'], ['__count'], auto_unfold=True,
        unfold_read_specification=spec)

projects(range(20))
env.cr.execute('ANALYZE')
env.cr.commit()
"""

with scratch_database() as db, Worker(db) as hub:
    hub.run(PREPARE, timeout=120)
    hub.measure("opening()")  # caches
    taken = {20: hub.measure("opening()")}
    hub.run(
        "projects(range(20, 200)); env.cr.execute('ANALYZE'); env.cr.commit()",
        timeout=300,
    )
    taken[200] = hub.measure("opening()")
    for number, (seconds, queries) in taken.items():
        print(f"board of {number} projects: {seconds:.3f} s, {queries} queries")
    shown = hub.run("result = sum(len(g['__records']) for g in opening()['groups'])")
    check("all 200 projects are shown", shown == 200, shown)
    check("as many queries for 200 as for 20", taken[200][1] <= taken[20][1], taken)
finish()
