from . import test_territory, test_territory_rights
