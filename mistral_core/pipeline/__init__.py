"""How a call runs: build the request, send it with retries, read the response."""
