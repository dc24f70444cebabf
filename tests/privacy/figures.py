"""What the hub counts, read before and after, whatever areas there are."""

PLAIN = {"boolean", "date", "float", "integer", "many2one", "monetary", "selection"}
# Whom to ask next: people with a name, no figures of what was.
LISTS = {"hub.charter.person", "hub.knowledge.match"}


def all_figures(env, company):
    """Everything that is counted, as plain values.

    Each report (a model without a table of its own) is read whole, and so are the
    figures of a year where an area computes them: what is added later joins by itself.
    """
    env.flush_all()
    env.invalidate_all()
    found = {}
    for name, model in sorted(env.registry.items()):
        if not name.startswith("hub.") or model._auto or model._abstract:
            continue
        if name in LISTS:
            continue
        rows = env[name].sudo().with_context(active_test=False)
        names = [n for n, f in rows._fields.items() if f.type in PLAIN and f.store]
        found[name] = sorted(
            str([row[n].id if hasattr(row[n], "ids") else row[n] for n in names])
            for row in rows.search([("company_id", "=", company.id)])
        )
    if "hub.figures" in env.registry:
        for year in range(2018, 2028):
            values, _queries = env["hub.figures"]._compute(
                company, f"{year}-01-01", f"{year}-12-31"
            )
            found[year] = [(figure.code, number) for figure, number in values]
    return found
