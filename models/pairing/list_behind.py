from odoo.tools.safe_eval import safe_eval


def open_list(env, action, ids, name):
    """The screens of an action, the list first, with these records and no filter.

    :param action: reference of the action
    :param name: what the list is called
    """
    values = env["ir.actions.actions"]._for_xml_id(action)
    context = safe_eval(values["context"] or "{}", {"uid": env.uid})
    views = sorted(values["views"], key=lambda view: view[1] != "list")
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
