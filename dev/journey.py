"""From the fixtures alone to signed pacts, over RPC, as a coordinator would do it.

    python3 dev/journey.py http://localhost:8069 DATABASE [LOGIN PASSWORD]

The administrator (admin, admin) makes the company a hub and gives the coordinator an
account; all the rest is done as the coordinator, on a database without demo data:
people and projects imported from ``tests/fixtures``, both twice; every open project
paired; an accompaniment contract, a local pact and its terms written, signed, printed.
"""

import http.cookiejar
import json
import sys
import urllib.request
from datetime import date, timedelta
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures"
CSV = {"quoting": '"', "separator": ",", "has_headers": True, "encoding": "utf-8"}
PROJECTS = {"default_is_hub_project": True, "hub_project_view_ref": 1}
PACT = {
    "goals": [
        "Remettre en circulation dix tonnes de matériaux.",
        "Créer deux emplois.",
    ],
    "commitments": [
        ("concerned", "technical", "Trier et revendre à petit prix."),
        ("elected", "economic", "Prêter un terrain pour un an."),
        ("hub", "human", "Réunir les signataires chaque trimestre."),
    ],
}


class Client:
    """One user with a session: ``client("res.partner", "search_count", [])``."""

    def __init__(self, url, db, login, password):
        self.url, self.db = url, db
        self.browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self.uid = self.post(
            "/web/session/authenticate", db=db, login=login, password=password
        )["uid"]

    def post(self, path, **params):
        request = urllib.request.Request(
            self.url + path,
            json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        answer = json.load(self.browser.open(request, timeout=300))
        if "error" in answer:
            data = answer["error"]["data"]
            raise RuntimeError(f"{params.get('model')}: {data['message']}")
        return answer.get("result")

    def __call__(self, model, method, *args, **kwargs):
        kwargs["context"] = {"lang": "fr_FR", **kwargs.get("context", {})}
        return self.post(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def ref(self, name):
        module, name = name.split(".")
        domain = [("module", "=", module), ("name", "=", name)]
        (found,) = self("ir.model.data", "search_read", domain, ["res_id"])
        return found["res_id"]

    def pdf(self, report, record_id):
        """Print as the browser does."""
        path = f"{self.url}/report/pdf/solidarity_hub.{report}/{record_id}"
        return self.browser.open(path, timeout=120).read()


def open_hub(admin):
    """What the administrator does once: the hub, the language, the coordinator."""
    (company,) = admin("res.users", "read", [admin.uid], ["company_id"])
    admin("res.company", "action_hub_setup", [company["company_id"][0]])
    groups = [(6, 0, [admin.ref("solidarity_hub.group_hub_coordinator")])]
    users = admin("res.users", "search", [("login", "=", "coordination")])
    if not users:
        values = {"name": "Coordination", "login": "coordination", "group_ids": groups}
        values |= {"password": "coordination", "lang": "fr_FR"}
        admin("res.users", "create", [values], context={"no_reset_password": True})
    return Client(admin.url, admin.db, "coordination", "coordination")


def import_file(client, name, model, context):
    """Odoo's own import screen: columns recognised, test, import."""
    text = (FIXTURES / name).read_text("utf-8")
    (screen,) = client(
        "base_import.import",
        "create",
        [{"res_model": model, "file": text, "file_type": "text/csv"}],
        context=context,
    )
    preview = client(
        "base_import.import", "parse_preview", [screen], CSV, context=context
    )
    matches = {int(key): value for key, value in preview["matches"].items()}
    fields = [
        "/".join(matches[n]) if n in matches else False
        for n in range(len(preview["headers"]))
    ]
    result = client(
        "base_import.import",
        "execute_import",
        [screen],
        fields,
        preview["headers"],
        preview["options"],
        context=context,
    )
    if result["messages"]:
        raise ValueError(f"{name}: {result['messages']}")
    unknown = [h for h, f in zip(preview["headers"], fields, strict=True) if not f]
    if unknown:
        raise ValueError(f"{name}: columns not recognised: {unknown}")
    return result["ids"]


def pair(client, project_id):
    """The first pair proposed, or, where nobody is free, somebody with a reason."""
    action = client("crm.lead", "action_hub_pair", [project_id])
    wizard = action["res_id"]
    (found,) = client("hub.pairing.wizard", "read", [wizard], ["first_id", "second_id"])
    if not (found["first_id"] and found["second_id"]):
        client("hub.pairing.wizard", "write", [wizard], {"with_warned": True})
        client("hub.pairing.wizard", "action_search", [wizard])
        (proposal, *_others) = client(
            "hub.pairing.wizard.proposal", "search", [("wizard_id", "=", wizard)]
        )
        client("hub.pairing.wizard.proposal", "action_choose", [proposal])
        reason = {"override_reason": "Personne d'autre n'est libre ce mois-ci."}
        client("hub.pairing.wizard", "write", [wizard], reason)
    client("hub.pairing.wizard", "action_start", [wizard])
    return client(
        "hub.pairing",
        "search_count",
        [("lead_id", "=", project_id), ("state", "=", "active")],
    )


def sign(client, pact_id, parties=None):
    wizard = {"pact_id": pact_id}
    if parties:
        wizard["party_ids"] = [(6, 0, parties)]
    (wizard_id,) = client("hub.pact.sign.wizard", "create", [wizard])
    client("hub.pact.sign.wizard", "action_confirm", [wizard_id])


def write_contract(client, project_id):
    pact_id = client("crm.lead", "action_hub_write_contract", [project_id])["res_id"]
    today = date.today().isoformat()
    client("hub.pact", "write", [pact_id], {"joint_interview_on": today})
    client("hub.pact", "action_to_sign", [pact_id])
    sign(client, pact_id)
    return pact_id


def write_local_pact(client, project_id):
    """A pact between the holder, the town and the hub, from its first meeting on."""
    (project,) = client("crm.lead", "read", [project_id], ["partner_id", "company_id"])
    (company,) = client(
        "res.company", "read", [project["company_id"][0]], ["partner_id"]
    )
    (town,) = client(
        "res.partner", "search", [("name", "=", "Ville de Dijon-Exemple")], limit=1
    )
    indicators = client("hub.indicator", "search", [], limit=3)
    parties = {
        "concerned": project["partner_id"][0],
        "elected": town,
        "hub": company["partner_id"][0],
    }
    (pact_id,) = client(
        "hub.pact",
        "create",
        [
            {
                "name": "Réemploi des déchets de chantier",
                "form": "local_pact",
                "lead_ids": [(6, 0, [project_id])],
                "lang": "fr_FR",
                "goal_ids": [(0, 0, {"name": goal}) for goal in PACT["goals"]],
                "term_ids": [
                    (0, 0, {"indicator_id": indicator, "target": "Un pas de plus"})
                    for indicator in indicators
                ],
                "party_ids": [
                    (0, 0, {"partner_id": partner, "category": category})
                    for category, partner in parties.items()
                ],
                "commitment_ids": [
                    (0, 0, {"category": category, "support": support, "name": text})
                    for category, support, text in PACT["commitments"]
                ],
            }
        ],
    )
    met_on = (date.today() - timedelta(days=7)).isoformat()
    client("hub.pact.meeting", "create", [{"pact_id": pact_id, "date": met_on}])
    client("hub.pact", "action_draft", [pact_id])
    client("hub.pact", "action_to_sign", [pact_id])
    sign(client, pact_id)
    return pact_id


def state_of(client):
    """Enough of the database to see whether an import changed anything."""
    counted = ("res.partner", "hub.role", "hub.partner.skill", "hub.project.holder")
    dated = ("crm.lead", "hub.role", "hub.project.skill", "hub.outcome")
    return [client(model, "search_count", []) for model in counted] + [
        client(model, "search_read", [], fields=["write_date"]) for model in dated
    ]


def journey(url, db, login, password, check):
    client = open_hub(Client(url, db, login, password))
    for name, model, context, expected in (
        ("people.csv", "res.partner", {}, 24),
        ("projects.csv", "crm.lead", PROJECTS, 12),
    ):
        found = len(import_file(client, name, model, context))
        check(f"{name} is imported whole", found == expected, found)
        before = state_of(client)
        import_file(client, name, model, context)
        after = state_of(client)
        check(
            f"{name} a second time changes nothing",
            after == before,
            [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]],
        )

    under_way = client(
        "crm.lead",
        "search",
        [("is_hub_project", "=", True), ("stage_id.hub_phase", "!=", "closed")],
    )
    pairs = [pair(client, project_id) for project_id in under_way]
    check(f"all {len(pairs)} projects have their two people", set(pairs) == {2}, pairs)

    contract = write_contract(client, under_way[0])
    local_pact = write_local_pact(client, under_way[1])
    states = [
        pact["state"]
        for pact in client("hub.pact", "read", [contract, local_pact], ["state"])
    ]
    check("contract and pact are in force", set(states) == {"in_force"}, states)
    for report, pact in (
        ("accompaniment_contract", contract),
        ("local_pact", local_pact),
        ("evaluation_terms", local_pact),
    ):
        document = client.pdf(report, pact)
        check(f"{report} is printed", document.startswith(b"%PDF"), document[:300])


def tell(sentence, condition, detail=""):
    print("ok  " if condition else "FAIL", sentence, "" if condition else detail)
    tell.failed |= not condition


if __name__ == "__main__":
    if len(sys.argv) not in (3, 5):
        sys.exit(__doc__)
    tell.failed = False
    user = sys.argv[3:] or ["admin", "admin"]
    journey(sys.argv[1].rstrip("/"), sys.argv[2], *user, tell)
    sys.exit(tell.failed)
