from . import test_attendance, test_attendance_documents, test_attendance_sheet
from . import test_moment_series
from . import test_interview
