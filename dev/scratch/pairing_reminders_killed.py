"""The job of the reminders, killed in the middle and run again: nobody twice."""

import time

from harness import Worker, check, finish, scratch_database

PEOPLE = 60
PREPARE = f"""
from datetime import timedelta
from odoo import fields
env.company._hub_setup()
amina = env['res.partner'].create({{'name': 'Amina', 'email': 'amina@example.org'}})
pairings = env['hub.pairing']
for n in range({PEOPLE}):
    partner = env['res.partner'].create({{
        'name': f'Volunteer {{n}}', 'email': f'v{{n}}@example.org',
    }})
    env['hub.role'].create({{
        'partner_id': partner.id, 'kind': 'volunteer', 'date_start': '2020-01-01',
        'trained_on': '2020-01-01',
    }})
    lead = env['crm.lead'].create({{
        'name': f'Bakery {{n}}', 'is_hub_project': True, 'partner_id': amina.id,
    }})
    pairings |= pairings.create({{'lead_id': lead.id, 'volunteer_id': partner.id}})
pairings.action_send()
pairings.write({{'volunteer_asked_on': fields.Date.today() - timedelta(days=6)}})
env['mail.mail'].search([]).unlink()
env.cr.commit()
"""
# Small batches, and a while after each, so that there is a middle to be killed in.
SLOW_JOB = """
from odoo.addons.solidarity_hub.models.pairing import hub_pairing_reminders as module
module.BATCH = 7
Pairing = type(env['hub.pairing'])
write_reminder = Pairing._write_reminder
def slowly(self, side):
    write_reminder(self, side)
    env.flush_all()
    time.sleep(0.5)
Pairing._write_reminder = slowly
env['hub.pairing']._cron_remind()
"""
COUNT = """
env.cr.rollback()
env.invalidate_all()
mails = env['mail.mail'].search([])
people = [mail.recipient_ids.id for mail in mails]
counted = env['hub.pairing'].search([('volunteer_reminders', '>', 0)])
result = [len(people), len(set(people)), len(counted),
          max(counted.mapped('volunteer_reminders'), default=0)]
"""

with scratch_database() as db, Worker(db) as look:
    look.run(PREPARE, timeout=300)
    with Worker(db) as job:
        job.start(SLOW_JOB)
        deadline = time.monotonic() + 60
        while look.run(COUNT)[0] < 10 and time.monotonic() < deadline:
            time.sleep(0.1)
        job.kill()
    mails, people, counted, _most = look.run(COUNT)
    check("the job was killed in the middle", 0 < mails < PEOPLE, mails)
    check("what is noted is what was written", mails == people == counted, counted)
    with Worker(db) as again:
        again.run("env['hub.pairing']._cron_remind()", timeout=120)
        again.run("env['hub.pairing']._cron_remind()", timeout=120)
    mails, people, counted, most = look.run(COUNT)
    check("everybody is reminded once, nobody twice", mails == people == PEOPLE, mails)
    check("each reminder is counted once", (counted, most) == (PEOPLE, 1), most)
finish()
