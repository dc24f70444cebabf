from .people import test_roles
from .project import test_project_model
from . import test_mixins, test_overview, test_rpc_helper
from .reports import test_print_engine
