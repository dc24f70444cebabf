from . import (
    hub_self_evaluation,
    hub_self_evaluation_line,
    hub_self_evaluation_answer,
    hub_self_evaluation_person,
    hub_self_evaluation_portal,
    hub_indicator,
    hub_portal,
)
