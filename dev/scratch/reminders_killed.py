"""Jobs of reminders, killed in the middle and run again: nobody twice."""

import time

from harness import Worker, check, finish, scratch_database

PEOPLE = 60
START = f"""
from datetime import timedelta
from odoo import fields
env.company._hub_setup()
six_days_ago = fields.Date.today() - timedelta(days=6)
people = env['res.partner'].create([
    {{'name': f'Volunteer {{n}}', 'email': f'v{{n}}@example.org'}}
    for n in range({PEOPLE})
])
"""
CHARTER = """
charter = env['hub.charter'].create({'body': '<p>What we share.</p>'})
charter.action_publish()
asked = env['hub.charter.signature']._ask(charter, people)
asked._unguarded().write({'asked_on': six_days_ago})
"""
PAIRINGS = """
amina = env['res.partner'].create({'name': 'Amina', 'email': 'amina@example.org'})
env['hub.role'].create([
    {
        'partner_id': partner.id, 'kind': 'volunteer', 'date_start': '2020-01-01',
        'trained_on': '2020-01-01',
    }
    for partner in people
])
leads = env['crm.lead'].create([
    {'name': f'For {partner.name}', 'is_hub_project': True, 'partner_id': amina.id}
    for partner in people
])
pairings = env['hub.pairing'].create([
    {'lead_id': lead.id, 'volunteer_id': partner.id}
    for lead, partner in zip(leads, people)
])
pairings.action_send()
pairings.write({'volunteer_asked_on': six_days_ago})
"""
END = """
env['mail.mail'].search([]).unlink()
env.cr.commit()
"""
# Small batches, and a while after each, so that there is a middle to be killed in.
SLOW_JOB = """
from odoo.addons.solidarity_hub.models import common, pairing
common.hub_reminder_mixin.BATCH = pairing.hub_pairing_reminders.BATCH = 7
Model = type(env['{model}'])
write_reminder = Model._write_reminder
def slowly(self, *args):
    write_reminder(self, *args)
    env.flush_all()
    time.sleep(0.5)
Model._write_reminder = slowly
env['{model}']._cron_remind()
"""
COUNT = """
env.cr.rollback()
env.invalidate_all()
mails = env['mail.mail'].search([])
people = [mail.recipient_ids.id for mail in mails]
counted = env['{model}'].search([('{reminders}', '>', 0)])
result = [len(people), len(set(people)), len(counted),
          max(counted.mapped('{reminders}'), default=0)]
"""


def nobody_twice(model, reminders, prepare):
    """
    :param reminders: field that counts what was written to a person
    :param prepare: makes people who are due
    """
    job_of, count = (
        text.format(model=model, reminders=reminders) for text in (SLOW_JOB, COUNT)
    )
    with scratch_database() as db, Worker(db) as look:
        look.run(START + prepare + END, timeout=300)
        with Worker(db) as job:
            job.start(job_of)
            deadline = time.monotonic() + 60
            while look.run(count)[0] < 10 and time.monotonic() < deadline:
                time.sleep(0.1)
            job.kill()
        mails, people, counted, _most = look.run(count)
        check(f"{model}: killed in the middle", 0 < mails < PEOPLE, mails)
        check("what is noted is what was written", mails == people == counted, counted)
        with Worker(db) as again:
            again.run(f"env['{model}']._cron_remind()", timeout=120)
            again.run(f"env['{model}']._cron_remind()", timeout=120)
        mails, people, counted, most = look.run(count)
        check("everybody once, nobody twice", mails == people == PEOPLE, mails)
        check("each reminder is counted once", (counted, most) == (PEOPLE, 1), most)


nobody_twice("hub.charter.signature", "reminders", CHARTER)
nobody_twice("hub.pairing", "volunteer_reminders", PAIRINGS)
finish()
