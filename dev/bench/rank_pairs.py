"""Pairs for one project among 500 volunteers: the search and the screen."""

import statistics

from harness import Worker, check, finish, scratch_database

PREPARE = """
import random
chance = random.Random(7)
env.company._hub_setup()
skills = env['hub.skill'].search([])
people = env['res.partner'].create([{'name': f'Volunteer {n}'} for n in range(500)])
env['hub.role'].create([
    {'partner_id': p.id, 'kind': 'volunteer', 'date_start': '2020-01-01',
     'trained_on': '2020-01-01'} for p in people
])
env['hub.partner.skill'].create([
    {'partner_id': p.id, 'skill_id': skill.id, 'level': chance.randint(1, 3)}
    for p in people for skill in chance.sample(list(skills), min(6, len(skills)))
])
lead = env['crm.lead'].create({
    'name': 'Bakery', 'is_hub_project': True,
    'partner_id': env['res.partner'].create({'name': 'Amina'}).id,
    'hub_skill_ids': [(0, 0, {'skill_id': s.id, 'level': 1 + n % 3, 'weight': 2})
                      for n, s in enumerate(skills[:6])],
})
engine = env['hub.pairing.engine']
env.cr.execute('ANALYZE')
env.cr.commit()
result = len(people)
"""
STEPS = {
    "ranking the pairs for one project among 500 volunteers": (
        "engine._rank(lead, engine._candidates(lead))",
        0.5,
    ),
    "opening the coordinator's screen with 500 volunteers": (
        "lead.action_hub_pair()",
        2.0,
    ),
}

with scratch_database() as db, Worker(db) as worker:
    worker.run(PREPARE, timeout=300)
    for sentence, (code, goal) in STEPS.items():
        taken = [worker.measure(code) for _round in range(5)]
        seconds = statistics.median(step[0] for step in taken)
        print(f"{sentence}: {seconds:.3f} s, {taken[-1][1]} queries")
        check(f"{sentence}: under {goal} s", seconds < goal, seconds)
finish()
