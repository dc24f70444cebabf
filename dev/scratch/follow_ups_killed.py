"""Follow-ups planned by the daily job, killed in the middle, run again, run by two."""

import time

from harness import Worker, check, finish, scratch_database

PROJECTS = 40
PREPARE = f"""
from dateutil.relativedelta import relativedelta
from odoo import fields
env.company._hub_setup()
created = fields.Date.today() - relativedelta(months=13)
for n in range({PROJECTS}):
    partner = env['res.partner'].create({{'name': f'Holder {{n}}'}})
    lead = env['crm.lead'].create({{
        'name': f'Bakery {{n}}', 'is_hub_project': True, 'partner_id': partner.id,
        'hub_reception_date': created, 'hub_phase': 'launch',
    }})
    env['hub.outcome'].create({{
        'lead_id': lead.id, 'kind': 'activity_created', 'date': created,
    }})
# As they would stand in a database that had outcomes before it had follow-ups.
env['hub.follow.up'].search([]).unlink()
env.cr.commit()
"""
SLOW_JOB = """
from odoo.addons.solidarity_hub.models.accompaniment import hub_follow_up_plan as module
module.BATCH = 7
FollowUp = type(env['hub.follow.up'])
tell_advisers = FollowUp._tell_advisers
def slowly(self):
    tell_advisers(self)
    env.flush_all()
    time.sleep(0.5)
FollowUp._tell_advisers = slowly
env['hub.follow.up']._cron_follow_up()
"""
COUNT = """
env.cr.rollback()
env.invalidate_all()
rows = env['hub.follow.up'].search([])
told = rows.filtered('told_on')
calls = env['mail.activity'].search([('res_model', '=', 'crm.lead')])
result = [len(rows), len(told), len(calls), len(set(calls.mapped('res_id')))]
"""
RUN = "env['hub.follow.up']._cron_follow_up()"

with scratch_database() as db, Worker(db) as look:
    look.run(PREPARE, timeout=300)
    with Worker(db) as job:
        job.start(SLOW_JOB)
        deadline = time.monotonic() + 60
        while look.run(COUNT)[2] < 10 and time.monotonic() < deadline:
            time.sleep(0.1)
        job.kill()
    rows, told, calls, projects = look.run(COUNT)
    check("the job was killed in the middle", 0 < calls < PROJECTS, calls)
    check("who is told is noted, and nobody else", told == calls == projects, told)
    with Worker(db) as one, Worker(db) as two:
        one.start(RUN)
        two.start(RUN)
        # Whoever comes second may be sent away; nothing of it is half-written.
        one.fails(timeout=120)
        two.fails(timeout=120)
    with Worker(db) as again:
        again.run(RUN, timeout=120)
    found = look.run(COUNT)
    wanted = [4 * PROJECTS, PROJECTS, PROJECTS, PROJECTS]
    check("four looks back and one call for each, never two", found == wanted, found)
finish()
