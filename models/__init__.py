from . import common
from . import people
from . import territory
from . import governance
from . import accompaniment
from . import project
from . import pairing
from . import pact
