"""OpenTelemetry: spans and metrics of calls, runs and tool calls."""
