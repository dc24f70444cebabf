from . import (
    test_annual_review,
    test_figures_by_hand,
    test_figures_naive,
    test_founding_years,
    test_names_of_the_year,
    test_review_colleges,
    test_review_documents,
    test_review_portal,
    test_review_tour,
    test_review_vote,
    test_self_evaluation,
    test_self_evaluation_portal,
)
