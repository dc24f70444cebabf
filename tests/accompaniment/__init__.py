from . import test_attendance, test_attendance_sheet, test_moment_series
from . import test_interview
