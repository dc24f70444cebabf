from copy import deepcopy

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

# What the matrix of DESIGN calls a role, and the groups that make it.
ROLE_GROUPS = {
    "adviser": "solidarity_hub.group_hub_adviser",
    "coordinator": "solidarity_hub.group_hub_coordinator",
    "manager": "solidarity_hub.group_hub_manager",
    "board": "solidarity_hub.group_hub_board",
    "finance": "solidarity_hub.group_hub_finance",
    "volunteer": "solidarity_hub.group_hub_volunteer",
    "sales": "sales_team.group_sale_salesman",
    "employee": "base.group_user",
    "portal": "base.group_portal",
}


NAMED = {"many2one": {"fields": {"display_name": {}}}}
NAMED["many2many"] = NAMED["many2one"]


def spec_of(node, fields, models=None):
    """What the browser asks the server to show one screen; for the names of records
    in its lists, too, with the ``models`` of get_views."""
    spec = {}
    for field in node.iter("field"):
        parents = [p for p in field.iterancestors("field") if p is not node]
        name = field.get("name")
        if parents or name not in fields:
            continue
        spec[name] = NAMED.get(fields[name]["type"], {})
        inner = [child for child in field if child.tag in ("list", "kanban", "form")]
        if inner:
            found = (models or {}).get(fields[name]["relation"])
            spec[name] = {"fields": {}}
            for child in inner:
                names = {sub.get("name") for sub in child.iter("field")} - {None}
                spec[name]["fields"] |= (
                    spec_of(deepcopy(child), found["fields"], models)
                    if found
                    else dict.fromkeys(names, {})
                )
    return spec


class HubUsersMixin:
    """One user per role, in one hub, without demo data."""

    @classmethod
    def _set_up_hub(cls):
        cls.company = cls.env.company
        cls.company._hub_setup()
        cls.users = {
            role: new_test_user(
                cls.env,
                login=f"hub_{role}",
                name=f"Hub {role}",
                groups=groups,
                company_id=cls.company.id,
            )
            for role, groups in ROLE_GROUPS.items()
        }


class HubCommon(HubUsersMixin, BaseCommon):
    """A small hub with its users; areas add the records they need."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
