"""`heldinmind dry-run`: decide on a file of messages, with exactly the code of the running bot."""

import asyncio
import json
import sys
import time
from typing import Any

import typer

from bot.adapters.content_in_use import content_in_use
from bot.adapters.judgement import Judgement
from bot.app import build_judgement, set_up_logging
from bot.cli.shared import clear_errors, settings_or_exit
from bot.flows.rehearse import Rehearsal, rehearse


def dry_run() -> None:
    """Read messages from standard input, one JSON object a line; print one decision a line.

    In: {"id": "…", "text": "…", "context": ["earlier message", …]}. Out: route, category, reason,
    evidence, score, the whole reply, guidance, language and time. It sends and stores nothing.
    """
    settings = settings_or_exit()
    set_up_logging("ERROR")
    with clear_errors():
        content = content_in_use(settings)
        triage, guidance = build_judgement(settings, content, in_memory=True)
        judgement = Judgement(triage, guidance)
        rehearsal = Rehearsal.of(content, settings.country, judgement, guidance)
        failed = asyncio.run(_all(rehearsal))
    if failed:
        raise typer.Exit(1)


async def _all(rehearsal: Rehearsal) -> bool:
    failed = False
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        decision = await _one(rehearsal, number, line)
        failed = failed or "error" in decision
        print(json.dumps(decision, ensure_ascii=False), flush=True)
    return failed


async def _one(rehearsal: Rehearsal, number: int, line: str) -> dict[str, Any]:
    try:
        message = _read(line)
    except ValueError as error:
        return {"id": None, "line": number, "error": str(error)}
    started = time.perf_counter()
    decided = await rehearse(rehearsal, message["text"], message["context"])
    took_ms = round((time.perf_counter() - started) * 1000, 1)
    return {"id": message["id"], **decided, "took_ms": took_ms}


def _read(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    if not isinstance(found.get("id"), str):
        raise ValueError('"id" should be a text')
    if not isinstance(found.get("text"), str):
        raise ValueError('"text" should be a text')
    context = found.get("context") or []
    if not isinstance(context, list) or not all(isinstance(one, str) for one in context):
        raise ValueError('"context" should be a list of texts')
    return {"id": found["id"], "text": found["text"], "context": context}
