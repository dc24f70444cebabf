from . import test_project_import, test_project_model, test_sales_fence
