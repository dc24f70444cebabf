from . import test_project_model
