"""What several use cases have in common, each step within its caller's transaction."""
