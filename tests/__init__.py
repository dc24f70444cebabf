# Odoo runs the test_* modules that this package holds: each area names its own.
from . import (
    test_mixins,
    test_overview,
    test_overview_figures,
    test_overview_whole,
    test_rpc_helper,
)
from .accompaniment import *
from .network import *
from .finance import *
from .pact import *
from .pairing import *
from .people import *
from .privacy import *
from .programme import *
from .project import *
from .reports import *
from .review import *
from .security import *
from .territory import *
from .tours import *
