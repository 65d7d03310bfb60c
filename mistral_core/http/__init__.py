"""HTTP messages as plain values: requests, responses, headers, secrets and server URLs."""
