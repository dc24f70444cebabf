"""What the addon costs those who plan other events: their events and places."""

from harness import PLAIN, Worker, compare, finish, scratch_database

PREPARE = """
from odoo import Command
planner = env['res.users'].create({
    'name': 'Planner', 'login': 'planner', 'email': 'planner@example.com',
    'group_ids': [Command.set([env.ref('event.group_event_user').id])],
})
env.cr.execute('ANALYZE')
env.cr.commit()
env = env(user=planner)

def events(count=200):
    return env['event.event'].create([{
        'name': f'Event {n}', 'date_begin': '2030-01-01', 'date_end': '2030-01-02',
        'event_mail_ids': [Command.clear()],
    } for n in range(count)])

def places(event, count=500):
    return env['event.registration'].create([
        {'event_id': event.id, 'name': f'Customer {n}'} for n in range(count)
    ])

fair = events()[0]
booked = places(fair)
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
        "creating 200 events": "events()",
        "booking 500 places": "places(fair)",
        "noting 500 people present": "booked.action_set_done()",
    }.items():
        compare(sentence, without, with_addon, code)
finish()
