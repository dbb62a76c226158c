"""The therapist's web door: sign-in by single-use link, flags, and the story of each."""
