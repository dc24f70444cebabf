from . import test_archive, test_print_engine, test_reception_documents
