from . import test_print_engine
