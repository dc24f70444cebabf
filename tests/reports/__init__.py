from . import test_print_engine, test_reception_documents
