"""Browser tests: the page of phones in headless Chromium."""
