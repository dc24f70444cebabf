from . import (
    hub_answer_mixin,
    hub_asking_mixin,
    hub_frozen_line_mixin,
    hub_frozen_mixin,
    hub_guard_mixin,
    hub_college_validation_mixin,
    hub_import_mixin,
    hub_overview,
    hub_portal,
    ir_attachment,
    res_company,
    res_config_settings,
)
