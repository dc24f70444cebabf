"""A hub with 100,000 projects of eleven years, for the measures of dev/bench.

With three times as many steps of their paths and outcomes, interviews, pairs, pacts,
collective moments, roles, skills, hours and tasks; every switch is on. A worker of the
harness runs it once: then ``hub`` is the company and ``users`` somebody of each role,
whose password is the login.
"""

from pathlib import Path

FILL = Path(__file__).with_suffix(".sql").read_text()


def prepare(projects=100_000):
    """The code that makes such a hub of the database of a worker."""
    return f"""
hub = env.company
hub._hub_setup()
settings = env["res.config.settings"]
settings.create({{
    name: True for name in settings._fields if name.startswith("group_hub_feature_")
}}).execute()
hub.partner_id.tz = "Europe/Paris"

def new_user(role):
    group = env.ref("solidarity_hub.group_hub_" + role)
    return env["res.users"].create({{
        "name": role, "login": role, "password": role, "email": role + "@example.org",
        "tz": "Europe/Paris", "group_ids": [(6, 0, group.ids)],
    }})

users = {{role: new_user(role) for role in ("adviser", "coordinator", "board")}}
stage = env["crm.stage"]._hub_stage
env.flush_all()
env.cr.execute({FILL!r}, {{
    "projects": {projects}, "hub": hub.id, "team": hub._hub_team().id, "lang": "en_US",
    "stage": stage("accompaniment").id, "closed": stage("closed").id,
    "user": users["coordinator"].id, "lead_model": env["ir.model"]._get_id("crm.lead"),
    "todo": env.ref("mail.mail_activity_data_todo").id,
}})
env.cr.commit()
env.cr._cnx.autocommit = True
env.cr.execute("VACUUM ANALYZE")
env.cr._cnx.autocommit = False
"""
