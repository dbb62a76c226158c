"""The documentation, held to the project: links, names, commands, and the generated pages."""
