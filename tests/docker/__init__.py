"""The image and the compose file, held to the project without a Docker engine."""
