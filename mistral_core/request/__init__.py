"""From the arguments of a call to an HTTP request: path, query, headers, JSON, forms and files."""
