from . import test_charter, test_merge, test_people_import, test_roles, test_training
