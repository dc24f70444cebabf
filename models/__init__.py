from . import common
from . import people
from . import territory
from . import project
from . import pairing
from . import accompaniment
from . import pact
from . import governance
