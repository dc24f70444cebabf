"""A cohort killed in the middle goes on: everybody is asked, and nobody twice."""

import threading
import time
import xmlrpc.client

from harness import Server, Worker, check, finish, scratch_database

PROJECTS = 40
PREPARE = """
from odoo import Command
env.company._hub_setup()
group = env.ref('solidarity_hub.group_hub_coordinator').id
users = [env['res.users'].create({
    'name': login, 'login': login, 'password': login,
    'group_ids': [Command.set([group])],
}).id for login in ('claire', 'david')]
skills = env['hub.skill'].search([], limit=4)

def create_people(name, number, capacity):
    people = env['res.partner'].create([
        {'name': f'{name} {n}', 'email': f'{name}{n}@example.org'.lower()}
        for n in range(number)
    ])
    env['hub.role'].create([{
        'partner_id': partner.id, 'kind': 'volunteer', 'date_start': '2020-01-01',
        'trained_on': '2020-01-01', 'capacity': capacity,
    } for partner in people])
    env['hub.partner.skill'].create([{
        'partner_id': partner.id, 'skill_id': skills[n % 4].id, 'level': 1 + n % 3,
    } for n, partner in enumerate(people)])
    return people

def create_projects(name, number):
    leads = env['crm.lead'].create([{
        'name': f'{name} {n}', 'is_hub_project': True,
        'partner_id': env['res.partner'].create({'name': f'Holder {name} {n}'}).id,
        'hub_skill_ids': [
            Command.create({'skill_id': skills[(n + k) % 4].id}) for k in (0, 1)
        ],
    } for n in range(number)])
    leads.hub_phase = 'diagnosis'
    return leads

def create_run(user, leads, people):
    return env['hub.pairing.run'].with_user(user).create({
        'is_cohort': True,
        'lead_ids': [Command.set(leads.ids)],
        'partner_ids': [Command.set(people.ids)],
    }).id

people = create_people('Volunteer', 30, 3)
leads = create_projects('Bakery', 40)
result = {'run': create_run(users[0], leads, people), 'leads': leads.ids}
few = create_people('Neighbour', 6, 1)
result['others'] = [
    create_run(user, create_projects(name, 3), few)
    for user, name in zip(users, ('Garden', 'Workshop'))
]
result['few'] = few.ids
env.cr.commit()
"""
JOB = "env['hub.pairing.run']._cron_run_jobs()"
FRESH = "env.cr.rollback(); env.invalidate_all(); "
STATE = (
    FRESH
    + """
run = env['hub.pairing.run'].browse({run})
places = env['hub.pairing'].search([('lead_id', 'in', {leads})])
mails = env['mail.mail'].search([('model', '=', 'hub.pairing')])
result = {{
    'state': run.state, 'stage': run.stage_text, 'error': run.error,
    'lines': len(run.line_ids), 'people': len(run.person_ids),
    'proposed': len(run.line_ids.filtered(lambda l: l.state == 'proposed')),
    'places': len(places),
    'people_asked': len({{(p.lead_id.id, p.volunteer_id.id) for p in places}}),
    'mails': len(mails.filtered(lambda m: m.res_id in places.ids)),
    'sent': set(places.mapped('state')) <= {{'sent'}},
    'half': [
        line.id for line in run.line_ids
        if (len(line.pairing_ids), line.state) not in ((2, 'proposed'), (0, 'paired'))
    ],
}}
"""
)
FULL = (
    FRESH
    + """
counts = env['hub.pairing']._open_counts(
    env['res.partner'].browse({few}), env.company)
lines = env['hub.pairing.run'].browse({runs}).line_ids
result = {{
    'most': max(counts.values()),
    'places': sum(counts.values()),
    'proposed': len(lines.filtered(lambda line: line.state == 'proposed')),
    'problems': lines.filtered(lambda line: line.state == 'problem').mapped('problem'),
    'left': lines.filtered(lambda l: l.state not in ('proposed', 'problem')).ids,
}}
"""
)


def wait_for(worker, look, happened, seconds=90):
    """The state once something happened, or the last one seen."""
    for _tenth in range(seconds * 10):
        state = worker.run(look)
        if happened(state):
            return state
        time.sleep(0.1)
    return state


def killed_while_solving(db, worker, look, run):
    worker.run(f"env['hub.pairing.run'].browse({run}).action_search_longer()")
    worker.run("env.cr.commit()")
    with Worker(db) as job:
        # The comparison lasts: the process is killed in the middle of it.
        job.run(
            "Problem = __import__('odoo.addons.solidarity_hub.models.pairing.problem',"
            " fromlist=['x']).CohortProblem;"
            " Problem.solve = lambda self, limit: time.sleep(60)"
        )
        job.start(JOB)
        state = wait_for(worker, look, lambda s: "pairs" in (s["stage"] or ""))
        check(
            "one sees what a long search is doing",
            state["state"] == "solving" and "Comparing" in state["stage"],
            state,
        )
        with Worker(db) as second:
            second.run(JOB)
        check("a second worker leaves it alone", worker.run(look) == state)
        job.kill()
    check("a killed search leaves nothing by half", worker.run(look)["lines"] == 0)
    with Worker(db) as job:
        job.run(JOB, timeout=120)
    state = worker.run(look)
    check("run again, it finds its pairs", state["state"] == "solved", state)
    check("each project is there once", state["lines"] == PROJECTS, state)
    check("each person is there once", state["people"] == 30, state)
    check("nobody is asked by a search", state["places"] == state["mails"] == 0, state)


def killed_while_proposing(db, worker, look, run):
    worker.run(f"env['hub.pairing.run'].browse({run}).action_propose()")
    worker.run("env.cr.commit()")
    for number in (3, 12, 25):
        with Worker(db) as job:
            job.start(JOB)
            wait_for(worker, look, lambda s, n=number: s["proposed"] >= n)
            job.kill()
        state = worker.run(look)
        check(
            f"killed after {state['proposed']} projects: no project by half",
            number <= state["proposed"] < PROJECTS and not state["half"],
            state,
        )
        check(
            "as many e-mails as people asked",
            state["places"] == state["mails"] == 2 * state["proposed"],
            state,
        )
    with Worker(db) as one, Worker(db) as two:
        one.start(JOB)
        two.start(JOB)
        one.result(180)
        two.result(180)
    state = worker.run(look)
    check("run again, everything is proposed", state["state"] == "proposed", state)
    check(
        "everybody is asked once, nobody twice",
        state["places"] == state["people_asked"] == state["mails"] == 2 * PROJECTS,
        state,
    )
    check("all of them are asked, none is left", state["sent"], state)
    with Worker(db) as job:
        job.run(JOB)
    check("once more changes nothing", worker.run(look) == state)


def searched_by_itself(db, worker, run):
    """On a real server the job begins within seconds, without anybody's doing."""
    look = (
        FRESH + f"run = env['hub.pairing.run'].browse({run});"
        " result = [run.state, run.activity_ids.user_id.login, run.error]"
    )
    with Server(db, "--max-cron-threads=1") as server:
        server.login("claire", "claire").call(
            "hub.pairing.run", "action_search_longer", [run]
        )
        began = time.monotonic()
        found = wait_for(worker, look, lambda state: state[0] == "solved")
        check("a long search begins and ends by itself", found[0] == "solved", found)
        check("whoever asked is told", found[1] == "claire", found)
        print(f"ready after {time.monotonic() - began:.1f} s")


class Click(threading.Thread):
    """One coordinator presses Propose; what came back is kept."""

    def __init__(self, client, run):
        super().__init__()
        self.client, self.run_id, self.message = client, run, None
        self.start()

    def run(self):
        try:
            self.client.call("hub.pairing.run", "action_propose", [self.run_id])
        except xmlrpc.client.Fault as fault:
            self.message = fault.faultString


def two_coordinators(db, worker, made):
    """Both cohorts want the same six people, who have one place each."""
    with Server(db, "--workers=2", "--max-cron-threads=0") as server:
        clients = [server.login(name, name) for name in ("claire", "david")]
        for client, run in zip(clients, made["others"], strict=True):
            client.call("hub.pairing.run", "action_solve", [run])
        clicks = [
            Click(client, run)
            for client, run in zip(clients, made["others"], strict=True)
        ]
        for click in clicks:
            click.join(120)
    state = worker.run(FULL.format(few=made["few"], runs=made["others"]))
    check(
        "no click ends in an error of the database",
        not any(click.message for click in clicks),
        [click.message for click in clicks],
    )
    check("nobody is asked once too often", state["most"] == 1, state)
    check("all six are asked, three projects won", state["places"] == 6, state)
    check("the others are to settle", len(state["problems"]) == 3, state)
    check("no pair is lost on the way", not state["left"], state)
    check(
        "whoever lost reads who was asked for what by whom",
        all(
            "was asked for" in text and "in the meantime by" in text
            for text in state["problems"]
        ),
        state["problems"],
    )


with scratch_database() as db, Worker(db) as worker:
    made = worker.run(PREPARE, timeout=180)
    look = STATE.format(run=made["run"], leads=made["leads"])
    killed_while_solving(db, worker, look, made["run"])
    killed_while_proposing(db, worker, look, made["run"])
    searched_by_itself(db, worker, made["others"][0])
    two_coordinators(db, worker, made)
finish()
