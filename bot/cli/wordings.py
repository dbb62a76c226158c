"""`heldinmind wordings`: what a language model wrote, sentence by sentence, to be reviewed."""

import json
from typing import Any

import typer

from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.flows.report_wordings import report_wordings


def wordings(
    last: int = typer.Option(20, min=1, help="How many answers, the newest first."),
    as_json: bool = typer.Option(False, "--json", help="As JSON, with the passages."),
) -> None:
    """Show what a language model wrote for the last answers, what of it was sent, and why not.

    Each sentence stands with the passages that it names. What a parent asked is not shown.
    """
    settings = settings_or_exit()
    found = with_storage(settings, lambda storage: report_wordings(storage.database, last))
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    if not found:
        print("No language model has written anything yet.")
    for one in found:
        _show(one)


def _show(one: dict[str, Any]) -> None:
    why = f" ({one['reason']})" if one["reason"] else ""
    made = one["made_at"][:16].replace("T", " ")
    print(f"answer {one['answer_id']}, {made}, page {one['document_id']}: {one['outcome']}{why}")
    print(f"  by {one['answered_by'] or one['model']}, prompt {one['prompt']}")
    for sentence in one["sentences"]:
        mark, note = ("+", "") if sentence["kept"] else ("-", f"  [{sentence['why']}]")
        on = ", ".join(str(at) for at in sentence["on"]) or "nothing"
        print(f"  {mark} {sentence['text']}  (on {on}){note}")
    print()
