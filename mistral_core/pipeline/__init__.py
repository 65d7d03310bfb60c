"""The request pipeline: build the request, send it with retries, read the response."""
