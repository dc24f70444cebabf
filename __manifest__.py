{
    "name": "Solidarity Hub",
    "summary": "Receive, pair, finance and evaluate local solidarity projects",
    "version": "19.0.1.0.0",
    "category": "Services",
    "author": "Solidarity Hub contributors",
    "license": "AGPL-3",
    "depends": ["contacts", "crm", "event", "account", "portal"],
    "data": [],
    "application": True,
}
