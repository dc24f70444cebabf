from . import hub_network, hub_network_year, hub_overview
