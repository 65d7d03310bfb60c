"""What is reported about calls: logging and the hooks of users."""
