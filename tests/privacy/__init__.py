from . import test_anonymisation, test_forgetting, test_person_file
