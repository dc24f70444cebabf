from ..common import HubCommon


class ProjectCommon(HubCommon):
    """Small factories for projects, their holders and phases."""

    @classmethod
    def _create_person(cls, name="Nadia Petit", **values):
        return cls.env["res.partner"].create({"name": name, **values})

    @classmethod
    def _create_project(cls, name="Dog grooming at home", holder=None, **values):
        if holder:
            values["partner_id"] = holder.id
        return cls.env["crm.lead"].create(
            {"name": name, "is_hub_project": True, "user_id": False, **values}
        )

    @classmethod
    def _stage(cls, phase):
        return cls.env["crm.stage"]._hub_stage(phase)
