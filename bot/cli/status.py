"""`heldinmind status`: what waits and what is under way."""

import json

import typer

from bot.adapters.content_in_use import content_in_use
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.errors import ReleaseError
from bot.flows.report_status import report_status
from bot.settings import Settings


def status(as_json: bool = typer.Option(False, "--json", help="As JSON.")) -> None:
    """Count the inbox, jobs, deliveries and open flags; say when Telegram last answered.

    Also says which release is served, and whether the program is still the one it was made with.
    """
    settings = settings_or_exit()
    found = with_storage(
        settings, lambda storage: report_status(storage.database, storage.clock.now())
    )
    shown = {**found.as_json(), **_release(settings)}
    if as_json:
        print(json.dumps(shown))
        return
    for name, value in shown.items():
        print(f"{name.replace('_', ' ')}: {value}")


def _release(settings: Settings) -> dict[str, str | None]:
    """The release that is served from; what is wrong with it is shown, and ends nothing here."""
    try:
        content = content_in_use(settings)
    except ReleaseError as error:
        return {"release": None, "release_warning": str(error)}
    name = content.release.name if content.release else None
    return {"release": name, "release_warning": content.warning}
