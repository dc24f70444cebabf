from unittest.mock import patch

from odoo.tests import HttpCase, common

# Odoo skips a tour whose browser is not there after ten seconds; a skipped tour proves
# nothing, and a busy machine may need longer to start one.
TENTHS_OF_A_SECOND = 900


class BrowserCase(HttpCase):
    """Tours in a real browser, which is given time to start."""

    def start_tour(self, *args, **kwargs):
        with patch.object(common, "CHECK_BROWSER_ITERATIONS", TENTHS_OF_A_SECOND):
            return super().start_tour(*args, **kwargs)
