"""How triage's weights come to be: the messages, the split, the fit and the measurement."""
