"""Building HTTP requests from arguments: path, query, headers, JSON, forms and files."""
