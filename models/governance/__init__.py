from . import hub_college, hub_college_validation_mixin, res_company
