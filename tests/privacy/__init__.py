from . import test_forgetting
