from . import (
    res_company,
    crm_lead,
    hub_project_holder,
    hub_figures,
    hub_path_report_mixin,
    hub_project_report,
    hub_person_report,
    hub_network_report,
)
