from . import (
    test_activity_names,
    test_project_board,
    test_project_import,
    test_project_model,
    test_project_path,
    test_project_rights,
    test_reception,
    test_sales_fence,
)
