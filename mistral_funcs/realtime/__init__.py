"""Let browsers and apps use the realtime API."""
