"""Extract text from documents and images."""
