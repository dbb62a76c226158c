"""The sweep over questions that reached nobody: whoever can be reached by now gets them."""

from bot.flows.services import Services
from bot.flows.steps.passing_late import pass_waiting


async def pass_on_waiting(s: Services) -> int:
    """Pass on what waits; how much that was. Running it twice passes nothing on twice."""
    async with s.database.transaction() as tx:
        return await pass_waiting(tx, s)
