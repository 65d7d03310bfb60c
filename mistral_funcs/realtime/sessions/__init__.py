"""Create short-lived credentials for realtime sessions."""
