"""The second way to a person: Apprise URLs for e-mail, SMS gateways, pagers and web hooks.

A URL holds passwords: none is ever in a log, nor in an error's message.
"""

import asyncio
import hashlib
import logging
import warnings
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from bot.core.deliveries import Accepted, Never, RetryIn, SendResult, backoff
from bot.errors import SettingsError
from bot.settings import PREFIX

SECONDS = 60.0
THREADS = 8
_SILENT = logging.CRITICAL + 1
_ANY = "json://localhost"


@cache
def _apprise() -> Any:
    """Apprise, loaded when it is first needed, and kept from logging addresses."""
    for name in ("apprise", "urllib3"):
        logging.getLogger(name).setLevel(_SILENT)
    with warnings.catch_warnings():  # some of its services use what Python will do without
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise

        apprise.Apprise.instantiate(_ANY)  # which loads every service that it knows
    return apprise


@cache
def _threads() -> ThreadPoolExecutor:
    """Threads of its own: one that hangs keeps no other work of the process waiting."""
    return ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="second-channel")


def _open(url: str) -> Any:
    apprise = _apprise()
    asset = apprise.AppriseAsset(app_id="Held in Mind", secure_logging=True)
    return apprise.Apprise.instantiate(url, asset=asset)


def kind_of(url: str) -> str:
    """What an address is: `E-Mail`, `JSON`, `Twilio` …

    Raises:
        SettingsError: Apprise knows nothing of its form.
    """
    found = _open(url)
    if found is None:
        raise SettingsError(
            "that is not an Apprise URL: it should be like mailtos://user:password@host?to=address"
        )
    return str(found.service_name)


def check_address(url: str, setting: str) -> None:
    """See that a setting's address is of a form that Apprise knows.

    Raises:
        SettingsError: it is not; names the setting, and never the address.
    """
    try:
        kind_of(url)
    except SettingsError as error:
        raise SettingsError(f"{PREFIX}{setting}: {error}") from None


def mark_of(url: str) -> str:
    """A name for one of the clinic's addresses that tells nothing of it."""
    return hashlib.sha256(url.encode()).hexdigest()[:12]


class SecondChannel:
    """Sends to people's addresses and to the clinic's own; the clinic's are settings."""

    def __init__(self, clinic: Iterable[str] = ()) -> None:
        self._clinic = {mark_of(url): url for url in clinic}

    @property
    def clinic_marks(self) -> tuple[str, ...]:
        """The clinic's own addresses, by the names that tell nothing."""
        return tuple(self._clinic)

    def clinic_url(self, mark: str) -> str | None:
        """One of the clinic's addresses; None once it is no longer among the settings."""
        return self._clinic.get(mark)

    async def send(self, url: str, title: str, text: str, attempts: int = 0) -> SendResult:
        """Try once; Apprise's calls block, so they run beside the event loop."""
        try:
            loop = asyncio.get_running_loop()
            trying = loop.run_in_executor(_threads(), _send, url, title, text)
            return await asyncio.wait_for(trying, SECONDS)
        except TimeoutError:
            return RetryIn(backoff(attempts), "no answer in time")
        except _Refused:
            return RetryIn(backoff(attempts), "not accepted")

    async def tell_clinic(self, title: str, text: str) -> int:
        """Try once to reach every address of the clinic; how many accepted it."""
        tries = [self.send(url, title, text) for url in self._clinic.values()]
        return sum(isinstance(one, Accepted) for one in await asyncio.gather(*tries))


class _Refused(Exception):
    """It was not accepted; Apprise does not say why, and its log would name the address."""


def _send(url: str, title: str, text: str) -> SendResult:
    found = _open(url)
    if found is None:
        return Never("not an Apprise URL")
    if not found.notify(title=title, body=text):
        raise _Refused
    return Accepted(None)
