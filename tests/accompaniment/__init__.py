from . import test_attendance, test_attendance_sheet
from . import test_interview
