"""Upload, read and delete the documents of libraries."""
