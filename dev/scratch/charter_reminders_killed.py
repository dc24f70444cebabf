"""Reminders of the charter, killed in the middle and run again: nobody twice."""

import time

from harness import Worker, check, finish, scratch_database

PEOPLE = 60
PREPARE = f"""
from datetime import timedelta
from odoo import fields
env.company._hub_setup()
charter = env['hub.charter'].create({{'body': '<p>What we share.</p>'}})
charter.action_publish()
people = env['res.partner'].create([
    {{'name': f'Volunteer {{n}}', 'email': f'v{{n}}@example.org'}}
    for n in range({PEOPLE})
])
asked = env['hub.charter.signature']._ask(charter, people)
asked._unguarded().write({{'asked_on': fields.Date.today() - timedelta(days=6)}})
env['mail.mail'].search([]).unlink()
env.cr.commit()
"""
# Small batches, and a while after each, so that there is a middle to be killed in.
SLOW_JOB = """
from odoo.addons.solidarity_hub.models.people import (
    hub_charter_signature_asking as module,
)
module.BATCH = 7
Signature = type(env['hub.charter.signature'])
write_reminder = Signature._write_reminder
def slowly(self):
    write_reminder(self)
    env.flush_all()
    time.sleep(0.5)
Signature._write_reminder = slowly
env['hub.charter.signature']._cron_remind()
"""
COUNT = """
env.cr.rollback()
env.invalidate_all()
people = [mail.recipient_ids.id for mail in env['mail.mail'].search([])]
counted = env['hub.charter.signature'].search([('reminders', '>', 0)])
result = [len(people), len(set(people)), len(counted),
          max(counted.mapped('reminders'), default=0)]
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
        again.run("env['hub.charter.signature']._cron_remind()", timeout=120)
        again.run("env['hub.charter.signature']._cron_remind()", timeout=120)
    mails, people, counted, most = look.run(COUNT)
    check("everybody is reminded once, nobody twice", mails == people == PEOPLE, mails)
    check("each reminder is counted once", (counted, most) == (PEOPLE, 1), most)
finish()
