from . import (
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
