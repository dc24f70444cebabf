{
    "name": "Solidarity Hub",
    "summary": "Receive, pair, finance and evaluate local solidarity projects",
    "version": "19.0.1.0.0",
    "category": "Services",
    "author": "Solidarity Hub contributors",
    "license": "AGPL-3",
    "depends": ["contacts", "crm", "event", "account", "portal"],
    "data": [
        # groups
        "security/groups.xml",
        # access lists
        "security/ir.model.access-governance.csv",
        "security/ir.model.access-pairing.csv",
        "security/ir.model.access-people.csv",
        "security/ir.model.access-project.csv",
        "security/ir.model.access-territory.csv",
        # rules
        "security/governance_rules.xml",
        "security/pairing_rules.xml",
        "security/people_rules.xml",
        "security/project_rules.xml",
        "security/territory_rules.xml",
        # data
        "data/crm_stage_data.xml",
        "data/hub_activity_data.xml",
        "data/hub_college_data.xml",
        "data/hub_skill_data.xml",
        "data/pairing_mail_template.xml",
        # menu roots: before the views, which hang their items there
        "views/menus.xml",
        # reports
        "reports/print_layout.xml",
        # wizards
        "wizards/hub_pairing_answer_wizard_views.xml",
        "wizards/hub_pairing_end_wizard_views.xml",
        "wizards/hub_pairing_wizard_views.xml",
        "wizards/hub_close_wizard_views.xml",
        "wizards/hub_reception_wizard_views.xml",
        # views
        "views/common/hub_overview_views.xml",
        "views/common/res_config_settings_views.xml",
        "views/project/crm_lead_views.xml",
        "views/pairing/hub_pairing_views.xml",
        "views/pairing/hub_pairing_run_views.xml",
        "views/pairing/crm_lead_views.xml",
        "views/portal/portal_templates.xml",
        "views/pairing/portal_templates.xml",
        "views/project/hub_activity_views.xml",
        "views/project/hub_programme_views.xml",
        "views/project/hub_situation_views.xml",
    ],
    "demo": [],
    "assets": {
        "web.assets_backend": [
            "solidarity_hub/static/src/overview/**/*",
            "solidarity_hub/static/src/js/**/*",
            "solidarity_hub/static/src/project/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "application": True,
}
