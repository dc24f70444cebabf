from lxml import etree

from odoo.tests import new_test_user, tagged

from ..rpc import RpcCase

NOBODY = ("board", "finance", "sales", "employee", "portal")
HUB = ("adviser", "coordinator", "manager")


@tagged("post_install", "-at_install")
class TestProjectRights(RpcCase):
    """Rows “projects” and “sensitive situation” of the table of rights, over RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create({"name": "Nadia Petit"})
        cls.project = cls._project("Unassigned", user_id=False)
        cls.own = cls._project("Own", user_id=cls.users["adviser"].id)
        cls.other = cls._project("Another's", user_id=cls.users["manager"].id)
        cls.situation = cls.env["hub.situation"].create(
            {"holder_id": cls.project.hub_holder_ids.id, "status": "declined"}
        )

    @classmethod
    def _project(cls, name, **values):
        return cls.env["crm.lead"].create(
            {
                "name": name,
                "is_hub_project": True,
                "partner_id": cls.person.id,
                "description": "<p>Told in confidence</p>",
                **values,
            }
        )

    def _accompany(self, project, state):
        return self.env["hub.pairing"].create(
            {
                "lead_id": project.id,
                "volunteer_id": self.users["volunteer"].partner_id.id,
                "role": "observer",
                "state": state,
                "volunteer_answer": "yes",
            }
        )

    def _read(self, role, record, *names):
        return self.assert_allowed(role, record._name, "read", record.ids, names)

    def test_advisers_coordinators_and_managers_read_all_projects(self):
        for role in HUB:
            found = self.assert_allowed(
                role, "crm.lead", "search", [("is_hub_project", "=", True)]
            )
            for project in (self.project, self.own, self.other):
                self.assertIn(project.id, found, role)

    def test_advisers_write_their_own_projects_and_unassigned_ones(self):
        vals = {"hub_place": "Town hall"}
        for project in (self.own, self.project):
            self.assert_allowed("adviser", "crm.lead", "write", project.ids, vals)
        self.assert_refused("adviser", "crm.lead", "write", self.other.ids, vals)
        for role in ("coordinator", "manager"):
            self.assert_allowed(role, "crm.lead", "write", self.other.ids, vals)

    def test_lines_of_a_project_follow_its_adviser(self):
        vals = {"lead_id": self.other.id, "name": "Step"}
        self.assert_refused("adviser", "hub.project.action", "create", vals)
        self.assert_allowed("coordinator", "hub.project.action", "create", vals)
        vals["lead_id"] = self.own.id
        self.assert_allowed("adviser", "hub.project.action", "create", vals)

    def test_only_managers_delete_a_project(self):
        for role in ("adviser", "coordinator"):
            self.assert_refused(role, "crm.lead", "unlink", self.own.ids)
        self.assert_allowed("manager", "crm.lead", "unlink", self.own.ids)

    def test_all_three_receive_a_person(self):
        for role in HUB:
            self.assert_allowed(
                role, "crm.lead", "create", {"name": role, "is_hub_project": True}
            )

    def test_nobody_else_reads_a_project(self):
        for role in ("board", "finance", "employee", "portal"):
            self.assert_refused(role, "crm.lead", "search", [])
            self.assert_refused(role, "crm.lead", "read", self.project.ids, ["name"])
        self.assert_hidden("sales", "crm.lead", self.project)

    def test_nobody_else_reads_the_lines_of_a_project(self):
        lines = self.project.hub_holder_ids
        for role in NOBODY:
            self.assert_refused(role, lines._name, "read", lines.ids, ["partner_id"])
            self.assert_refused(role, "hub.outcome", "search", [])

    def test_a_volunteer_reads_a_project_once_accepted_and_not_before(self):
        self.assert_hidden("volunteer", "crm.lead", self.project)
        pairing = self._accompany(self.project, "accepted")
        self._read("volunteer", self.project, "name", "description")
        self._read("volunteer", self.project.hub_holder_ids, "partner_id")
        self.assert_hidden("volunteer", "crm.lead", self.other)
        self.assert_hidden("volunteer", "hub.project.holder", self.other.hub_holder_ids)
        pairing.state = "ended"
        self.assert_hidden("volunteer", "crm.lead", self.project)

    def test_whoever_reads_a_project_opens_its_screens(self):
        self._accompany(self.project, "accepted")
        context = {"hub_project_view_ref": 1}
        for role in (*HUB, "volunteer"):
            for kind in ("form", "kanban", "list"):
                view = self.env.ref(f"solidarity_hub.crm_lead_view_{kind}_hub")
                found = self.assert_allowed(
                    role, "crm.lead", "get_views", [(view.id, kind)], context=context
                )
                arch = etree.fromstring(found["views"][kind]["arch"])
                names = {
                    node.get("name")
                    for node in arch.iter("field")
                    if not any(parent.tag == "field" for parent in node.iterancestors())
                }
                self.assertIn("name", names)
                self._read(role, self.project, *sorted(names))

    def test_a_volunteer_writes_no_project(self):
        self._accompany(self.project, "accepted")
        self.assert_refused(
            "volunteer", "crm.lead", "write", self.project.ids, {"name": "Mine"}
        )
        self.assert_refused(
            "volunteer", "crm.lead", "create", {"name": "New", "is_hub_project": True}
        )

    def test_a_volunteer_finds_no_lead_of_sales(self):
        lead = self.env["crm.lead"].create({"name": "A sale", "user_id": False})
        self.assert_hidden("volunteer", "crm.lead", lead)
        self.assert_hidden("adviser", "crm.lead", lead)

    def test_the_sensitive_situation_is_for_advisers_only(self):
        for role in HUB:
            self._read(role, self.situation, "status")
            self.assert_allowed(
                role,
                "hub.situation",
                "write",
                self.situation.ids,
                {"education": "declined"},
            )
        self._accompany(self.project, "accepted")
        for role in (*NOBODY, "volunteer"):
            self.assert_refused(role, "hub.situation", "search", [])
            self.assert_refused(
                role, "hub.situation", "read", self.situation.ids, ["status"]
            )

    def test_situations_do_not_show_on_the_holder_either(self):
        self._accompany(self.project, "accepted")
        holder = self.project.hub_holder_ids
        self.assert_refused(
            "volunteer", holder._name, "read", holder.ids, ["situation_ids"]
        )

    def test_a_second_hub_sees_nothing_of_the_first(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        self.users["stranger"] = new_test_user(
            self.env,
            login="hub_stranger",
            groups="solidarity_hub.group_hub_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.addCleanup(self.users.pop, "stranger")
        for record in (self.project, self.project.hub_holder_ids, self.situation):
            self.assert_hidden("stranger", record._name, record)
        self.assert_allowed(
            "stranger", "crm.lead", "create", {"name": "New", "is_hub_project": True}
        )
