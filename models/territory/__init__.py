from . import (
    hub_diagnosis,
    hub_diagnosis_line,
    hub_need,
    hub_overview,
    hub_territory,
    hub_territory_zone,
)
