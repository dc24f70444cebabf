from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import HubCommon, spec_of
from .common import FullHubMixin

ROLES = ("volunteer", "adviser", "coordinator", "board", "finance", "manager")


@tagged("post_install", "-at_install")
class TestScreens(FullHubMixin, HubCommon):
    """Every screen to which a menu leads opens for whoever sees the menu."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.volunteer = cls.users["volunteer"].partner_id
        cls.found = cls._fill_hub(cls.company, cls.volunteer)
        settings = cls.env["res.config.settings"]
        for name in settings._fields:
            if name.startswith("group_hub_feature_"):
                settings.create({name: True}).execute()

    def _actions(self, env):
        root = env.ref("solidarity_hub.menu_hub_root")
        menus = env["ir.ui.menu"].search([("id", "child_of", root.id)])
        visible = menus._filter_visible_menus()
        for action in visible.mapped("action"):
            if action and action._name == "ir.actions.act_window":
                yield env["ir.actions.actions"]._for_xml_id(action.sudo().xml_id)

    def _open(self, env, action):
        context = self._context_of(env, action)
        model = env[action["res_model"]].with_context(**context)
        result = model.get_views(
            [*action["views"], (False, "search")], {"toolbar": True}
        )
        models = result["models"]
        fields = models[model._name]["fields"]
        for kind, view in result["views"].items():
            spec = spec_of(etree.fromstring(view["arch"]), fields, models)
            if kind in ("list", "kanban", "calendar", "activity"):
                model.web_search_read([], spec, limit=80)
            elif kind == "form" and not model._transient and not model._abstract:
                records = model.search([], limit=20)
                records.web_read(spec)
                if model.has_access("create"):
                    model.onchange({}, [], spec)
            elif kind == "form":
                model.onchange({}, [], spec)

    def _context_of(self, env, action):
        context = action["context"] or {}
        if isinstance(context, str):
            context = safe_eval(context, {"uid": env.uid})
        return context

    def test_every_screen_opens_for_whoever_sees_its_menu(self):
        for role in ROLES:
            self.env.invalidate_all()
            env = self.env(user=self.users[role])
            opened = 0
            for action in self._actions(env):
                with self.subTest(role=role, action=action["xml_id"]):
                    self._open(env, action)
                    opened += 1
            if role != "finance":
                self.assertGreater(opened, 0, f"{role} has no screen at all")

    def test_a_project_opens_for_its_volunteer(self):
        env = self.env(user=self.users["volunteer"])
        lead = self.found["crm.lead"].with_env(env)
        view = lead.get_formview_id()
        result = lead.get_views([(view, "form")])
        arch = etree.fromstring(result["views"]["form"]["arch"])
        fields = result["models"]["crm.lead"]["fields"]
        self.assertTrue(lead.web_read(spec_of(arch, fields, result["models"])))

    def test_the_first_page_opens_for_everybody(self):
        for role in (*ROLES, "employee", "sales"):
            with self.subTest(role):
                env = self.env(user=self.users[role])
                for figure in env["hub.overview"].get_overview()["figures"]:
                    if figure["action"]:
                        self._open(env, figure["action"])
