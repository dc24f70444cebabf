from . import (
    test_anonymisation,
    test_forgetting,
    test_forgetting_everyone,
    test_person_file,
)
