import json

from odoo.tests import tagged

from ..rpc import RpcCase

CONTEXT = {"default_is_hub_project": True, "hub_project_view_ref": 1}


@tagged("post_install", "-at_install")
class TestBoard(RpcCase):
    """The board costs the same for 20 and for 200 projects."""

    def _create_projects(self, count):
        skills = self.env["hub.skill"].search([], limit=3)
        people = self.env["res.partner"].create(
            [{"name": f"Holder {number}"} for number in range(count)]
        )
        projects = self.env["crm.lead"].create(
            [
                {
                    "name": f"Project {number}",
                    "is_hub_project": True,
                    "partner_id": person.id,
                    "user_id": self.users["coordinator"].id,
                    "hub_skill_tag_ids": skills.ids,
                    "hub_action_ids": [(0, 0, {"name": "Next"})],
                }
                for number, person in enumerate(people)
            ]
        )
        for project in projects[::4]:
            project.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.users["coordinator"].id
            )
        return projects

    def _board_specification(self):
        """What the web client asks for: the fields of the board's own view."""
        leads = self.env["crm.lead"].with_user(self.users["coordinator"])
        view = self.env.ref("solidarity_hub.crm_lead_view_kanban_hub")
        names = leads.get_views([(view.id, "kanban")])["models"]["crm.lead"]["fields"]
        specification = {}
        arch = leads.get_view(view.id, "kanban")["arch"]
        for name, field in names.items():
            if f'name="{name}"' not in arch:
                continue
            specification[name] = (
                {"fields": {"display_name": {}}} if field.get("relation") else {}
            )
        return specification

    def _open_board(self):
        """Queries of one opening of the board, the registry being warm."""
        self.env.flush_all()
        self.env.invalidate_all()
        leads = (
            self.env["crm.lead"]
            .with_user(self.users["coordinator"])
            .with_context(**CONTEXT)
        )
        before = self.env.cr.sql_log_count
        result = leads.web_read_group(
            [("is_hub_project", "=", True)],
            ["stage_id"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification=self.specification,
            unfold_read_default_limit=400,
        )
        json.dumps(result, default=str)
        return self.env.cr.sql_log_count - before

    def test_as_many_queries_for_20_projects_as_for_200(self):
        self.specification = self._board_specification()
        self.assertIn("hub_next_action_id", self.specification)
        self._create_projects(20)
        self._open_board()
        few = self._open_board()
        self._create_projects(180)
        self._open_board()
        many = self._open_board()
        self.assertEqual(few, many)
