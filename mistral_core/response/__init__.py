"""From an HTTP response to a value or a failure: decoding, error bodies, streams."""
