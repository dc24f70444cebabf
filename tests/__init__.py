from .pairing import (
    test_cohort_attacks,
    test_cohort_propose,
    test_cohort_queries,
    test_cohort_rights,
    test_cohort_solve,
    test_cohort_screen,
    test_cohort_tour,
    test_holder_asked,
    test_pairing_answers,
    test_pairing_decline,
    test_pairing_merge,
    test_pairing_portal,
    test_pairing_reminders,
    test_pairing_rights,
    test_pairing_rules,
    test_pairing_wizard,
    test_skill_coverage,
)
from .project import (
    test_activity_names,
    test_project_board,
    test_project_import,
    test_project_model,
    test_project_path,
    test_project_rights,
    test_reception,
    test_sales_fence,
)
from .people import (
    test_charter,
    test_merge,
    test_people_import,
    test_people_queries,
    test_people_rights,
    test_people_screens,
    test_roles,
    test_skills,
    test_training,
)
from .territory import test_territory, test_territory_rights
from . import test_mixins, test_overview, test_overview_figures, test_rpc_helper
from .reports import test_print_engine, test_reception_documents
from .pact import (
    test_pact_documents,
    test_pact_entry,
    test_pact_freeze,
    test_pact_project,
    test_pact_rights,
    test_pact_screen,
)
from .accompaniment import (
    test_time_certificate,
    test_volunteer_hours,
    test_volunteer_hours_proposal,
    test_volunteer_hours_rpc,
)
from .accompaniment import test_interview, test_interview_note, test_note_attacks
from .tours import test_fixtures_tour, test_tours
from .security import (
    test_attacks_by_hand,
    test_leaks,
    test_merge_everything,
    test_portal_doors,
    test_query_counts,
    test_rules_over_rpc,
    test_sales_over_rpc,
    test_screens,
    test_second_hub,
    test_table_of_rights,
    test_unusual_words,
)
from .accompaniment import (
    test_attendance,
    test_attendance_documents,
    test_attendance_sheet,
    test_moment_series,
    test_moment_training,
    test_moments_rights,
    test_moments_tour,
    test_portal_shared,
    test_project_moments,
)
from .finance import (
    test_due_entries,
    test_loan_accounts,
    test_loan_committee,
    test_loan_control,
    test_loan_life,
    test_loan_payments,
    test_loan_payout,
    test_loan_queries,
    test_loan_rights,
    test_loan_rules,
)
