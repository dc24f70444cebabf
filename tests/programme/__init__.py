from . import test_indicators, test_programme_reports, test_targets
