from . import (
    hub_programme_indicator,
    hub_situation,
    hub_programme,
    hub_programme_people,
    hub_programme_figures,
    hub_programme_target,
    hub_programme_report,
    hub_programme_report_line,
    hub_programme_report_book,
    hub_programme_report_job,
    event_event,
    hub_overview,
)
