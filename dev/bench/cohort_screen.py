"""A cohort of 20 and of 200 projects: reading, writing down, opening, one swap."""

from harness import Worker, check, finish, scratch_database

PREPARE = """
import random
from odoo import Command
chance = random.Random(7)
env.company._hub_setup()
skills = env['hub.skill'].search([])
people = env['res.partner'].create([{'name': f'Volunteer {n}'} for n in range(100)])
env['hub.role'].create([
    {'partner_id': p.id, 'kind': 'volunteer', 'date_start': '2020-01-01',
     'trained_on': '2020-01-01', 'capacity': 5} for p in people
])
env['hub.partner.skill'].create([
    {'partner_id': p.id, 'skill_id': skill.id, 'level': chance.randint(1, 3)}
    for p in people for skill in chance.sample(list(skills), min(6, len(skills)))
])
leads = env['crm.lead'].create([{
    'name': f'Project {n}', 'is_hub_project': True,
    'partner_id': env['res.partner'].create({'name': f'Holder {n}'}).id,
    'hub_skill_ids': [
        (0, 0, {'skill_id': s.id, 'level': 1 + k % 3})
        for k, s in enumerate(chance.sample(list(skills), min(5, len(skills))))
    ],
} for n in range(200)])
leads.hub_phase = 'diagnosis'

def create_run(number):
    run = env['hub.pairing.run'].create({
        'is_cohort': True,
        'lead_ids': [Command.set(leads[:number].ids)],
        'partner_ids': [Command.set(people.ids)],
    })
    run._solve(3)
    return run

def spec(model, view=None):
    fields = env[model].fields_get(attributes=['type', 'relation'])
    return {
        name: {'fields': {'display_name': {}}}
        if field['type'] in ('many2one', 'many2many', 'one2many') else {}
        for name, field in fields.items()
    }

def open_screen(run):
    lines = {'fields': spec('hub.pairing.run.line'), 'limit': 1000}
    run.web_read(spec('hub.pairing.run') | {'line_ids': lines})

def swap(run):
    line = run.line_ids.filtered(lambda line: line.sought == 2)[:1]
    line.write({'first_id': line.second_id.id, 'second_id': line.first_id.id})

runs = {number: create_run(number) for number in (20, 200)}
env.cr.execute('ANALYZE')
env.cr.commit()
"""
# What may differ: lines on which the same fields change are written together, one
# hundred at a time.
STEPS = {
    "reading what the search needs": ("runs[{n}]._problem()", 2.0, 0),
    "opening the screen": ("open_screen(runs[{n}])", 2.0, 0),
    "one swap by hand": ("swap(runs[{n}])", 3.0, 6),
    "the next pairs of one project": (
        "runs[{n}].line_ids[0].action_show_alternatives()",
        3.0,
        6,
    ),
}

with scratch_database() as db, Worker(db) as worker:
    worker.run(PREPARE, timeout=300)
    for sentence, (code, goal, more) in STEPS.items():
        queries = {}
        for number in (20, 200):
            step = code.format(n=number)
            worker.measure(step)
            seconds, queries[number] = worker.measure(step)
            print(f"{sentence}, {number}: {seconds:.3f} s, {queries[number]} queries")
        check(f"{sentence}: under {goal} s with 200 projects", seconds < goal, seconds)
        check(
            f"{sentence}: as many queries for 200 as for 20",
            abs(queries[200] - queries[20]) <= more,
            queries,
        )
finish()
