from . import test_people_import, test_roles
