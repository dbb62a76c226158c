"""How the bot gets what people send: polling, or a webhook."""

from bot.sandbox.entities import Json
from bot.sandbox.errors import Refusal
from bot.sandbox.methods.handler import Handler, Params
from bot.sandbox.state import Sandbox
from bot.sandbox.webhooks import read_hook

_LONGEST_POLL_S = 50


async def get_updates(sandbox: Sandbox, p: Params) -> list[Json]:
    """The updates that wait, from `offset` on; what is before it counts as done."""
    if sandbox.webhooks.hook is not None:
        advice = "use deleteWebhook to delete the webhook first"
        raise Refusal(409, f"can't use getUpdates method while webhook is active; {advice}")
    updates = sandbox.updates
    updates.allow(p.get("allowed_updates"))
    offset = p.get("offset", 0)
    if offset < 0:
        numbers = list(updates.pending)
        offset = numbers[max(len(numbers) + offset, 0)] if numbers else 0
    sandbox.seen(updates.confirm(offset - 1))
    limit = min(max(p.get("limit", 100), 1), 100)
    return await updates.poll(limit, min(p.get("timeout", 0), _LONGEST_POLL_S))


async def set_webhook(sandbox: Sandbox, p: Params) -> bool:
    """Bring updates to this address from now on; an empty one ends it."""
    if p.get("drop_pending_updates"):
        sandbox.updates.drop()
    if not p["url"]:
        await sandbox.webhooks.remove()
        return True
    hook = read_hook(p["url"], p.get("secret_token"), p.get("max_connections"), "certificate" in p)
    sandbox.updates.allow(p.get("allowed_updates"))
    await sandbox.webhooks.set(hook)
    return True


async def delete_webhook(sandbox: Sandbox, p: Params) -> bool:
    """Bring updates nowhere; the bot will ask for them."""
    if p.get("drop_pending_updates"):
        sandbox.updates.drop()
    await sandbox.webhooks.remove()
    return True


async def get_webhook_info(sandbox: Sandbox, _p: Params) -> Json:
    """Where updates go, how many wait and what went wrong last."""
    return sandbox.webhooks.info()


METHODS: dict[str, Handler] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
