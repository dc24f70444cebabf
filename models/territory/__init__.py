from . import (
    hub_diagnosis,
    hub_diagnosis_line,
    hub_diagnosis_compare,
    hub_diagnosis_print,
    hub_diagnosis_review,
    hub_need,
    hub_overview,
    hub_territory,
    hub_territory_zone,
)
