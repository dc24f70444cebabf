from odoo.tools.safe_eval import safe_eval


def open_list(row, action, ids, subject, number):
    """The screens of an action, the list first, with these records and no filter.

    :param row: the row of figures from which the list is opened
    :param action: reference of the action
    :param subject: of whom or what the list is
    :param number: name of the field of the row that shows how many there are
    """
    env = row.env
    values = env["ir.actions.actions"]._for_xml_id(action)
    context = safe_eval(values["context"] or "{}", {"uid": env.uid})
    views = sorted(values["views"], key=lambda view: view[1] != "list")
    label = row._fields[number]._description_string(env)
    name = env._("%(subject)s: %(label)s", subject=subject, label=label.lower())
    return {
        **values,
        "name": name,
        "display_name": name,
        "domain": [("id", "in", ids)],
        "context": {
            key: value
            for key, value in context.items()
            if not key.startswith("search_default_")
        },
        "views": views,
        "view_mode": ",".join(kind for _view, kind in views),
        # The address of the whole list would forget the domain.
        "path": False,
    }
