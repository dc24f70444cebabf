from . import hub_college, res_company
