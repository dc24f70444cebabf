"""Names taken away by the job, killed in the middle, run again, run by two."""

import time

from harness import Worker, check, finish, scratch_database

PEOPLE = 40
PREPARE = f"""
env.company._hub_setup()
for n in range({PEOPLE}):
    partner = env['res.partner'].create({{
        'name': f'Holder {{n}}', 'phone': '0123456789',
    }})
    lead = env['crm.lead'].create({{
        'name': f'Bakery {{n}}', 'is_hub_project': True, 'partner_id': partner.id,
        'hub_reception_date': '2019-05-05', 'description': f'Holder {{n}} bakes',
    }})
    lead.action_archive()
    partner.message_post(body=f'Holder {{n}} called')
rows = env['hub.anonymisation']
rows._propose()
rows.search([]).action_confirm()
env.cr.commit()
"""
SLOW_JOB = """
from odoo.addons.solidarity_hub.models.privacy import hub_anonymisation_job as module
module.BATCH = 4
Forgetting = type(env['hub.forgetting'])
forget = Forgetting._forget
def slowly(self, partners):
    forget(self, partners)
    time.sleep(0.2)
Forgetting._forget = slowly
env['hub.anonymisation']._cron_anonymisation()
"""
COUNT = """
env.cr.rollback()
env.invalidate_all()
people = env['res.partner'].with_context(active_test=False)
leads = env['crm.lead'].with_context(active_test=False)
rows = env['hub.anonymisation']
result = [
    people.search_count([('hub_anonymous_on', '!=', False)]),
    rows.search_count([('state', '=', 'done')]),
    people.search_count([('name', '=like', 'Holder %')]),
    leads.search_count([('is_hub_project', '=', True), ('description', '!=', False)]),
    leads.search_count([('is_hub_project', '=', True)]),
]
"""
RUN = "env['hub.anonymisation']._cron_anonymisation()"

with scratch_database() as db, Worker(db) as look:
    look.run(PREPARE, timeout=300)
    with Worker(db) as job:
        job.start(SLOW_JOB)
        deadline = time.monotonic() + 120
        while look.run(COUNT)[0] < 8 and time.monotonic() < deadline:
            time.sleep(0.1)
        job.kill()
    gone, done, named, told, _projects = look.run(COUNT)
    check("the job was killed in the middle", 0 < gone < PEOPLE, gone)
    check("whoever is done is done, on the list too", gone == done, done)
    check("each of the others is whole", named == told == PEOPLE - gone, (named, told))
    with Worker(db) as one, Worker(db) as two:
        one.start(RUN)
        two.start(RUN)
        # Whoever comes second may be sent away; nothing of it is half-written.
        one.fails(timeout=180)
        two.fails(timeout=180)
    with Worker(db) as again:
        again.run(RUN, timeout=180)
    found = look.run(COUNT)
    check("everybody is forgotten once", found[:4] == [PEOPLE, PEOPLE, 0, 0], found)
    check("no project is lost", found[4] == PEOPLE, found)
finish()
