"""Opening a Mini App: the address with the signed data Telegram would hand over."""

import hashlib
import hmac
import json
from urllib.parse import quote, urlencode

from bot.sandbox.people import Person, fresh_token
from bot.sandbox.state import Sandbox


def web_app_address(sandbox: Sandbox, person: Person, url: str) -> str:
    """The address to open, with `initData` signed with the bot's token in its fragment."""
    data = init_data(sandbox, person)
    launch = {"tgWebAppVersion": "9.1", "tgWebAppPlatform": "web", "tgWebAppThemeParams": "{}"}
    fragment = f"tgWebAppData={quote(data, safe='')}&{urlencode(launch)}"
    return f"{url.partition('#')[0]}#{fragment}"


def init_data(sandbox: Sandbox, person: Person) -> str:
    """Who opened it and when, signed as Telegram documents it."""
    user = {"id": person.id, "first_name": person.first_name, "allows_write_to_pm": True}
    if person.username:
        user["username"] = person.username
    if person.language_code:
        user["language_code"] = person.language_code
    fields = {
        "auth_date": str(int(sandbox.clock.now())),
        "query_id": fresh_token(),
        "user": json.dumps(user, separators=(",", ":")),
    }
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.new(b"WebAppData", sandbox.token.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()
    return urlencode({**fields, "hash": signature})
