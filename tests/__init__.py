from . import test_mixins, test_overview, test_rpc_helper
