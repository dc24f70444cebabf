from . import test_mixins, test_rpc_helper
