"""Libraries: waiting for documents, and uploads of whole folders."""
