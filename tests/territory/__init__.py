from . import test_diagnosis_versions, test_territory, test_territory_rights
