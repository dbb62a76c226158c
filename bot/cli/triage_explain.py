"""`heldinmind triage explain`: one decision, readable at a glance."""

from collections.abc import Sequence

import typer
from rich.box import SIMPLE
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.adapters.explanation import Share, shares_of
from bot.adapters.triage import Triage
from bot.app import open_large_embedder
from bot.cli.shared import clear_errors, settings_or_exit
from bot.core.rules import find
from bot.core.triage import Concern, RuleHit, Thresholds, Verdict

FOLLOWS = {
    Concern.URGENT: ("red", "URGENT", "a person is told at once"),
    Concern.CHECK: ("yellow", "CHECK", "one safety question first"),
    Concern.NONE: ("green", "NOTHING", "triage sees no danger; the message goes on"),
}
REASONS = {
    "model": "the whole of the message: its score is at or above the flag",
    "near_the_line": "its score is between the check line and the flag",
    "call_for_help": "it only calls for help",
    "words_in_another_language": "crisis words in a language that the model does not cover",
    "clear": "no rule is certain, and its score is below the check line",
    "triage_failed": "it could not be judged, so a person is told",
}
WIDE = 40


def explain(
    text: str = typer.Argument(..., help="The message."),
    before: list[str] = typer.Option([], help="An earlier message; oldest first."),
) -> None:
    """Say what triage decides about a message, and why: words, parts, score, lines, version."""
    with clear_errors():
        embedder = open_large_embedder(settings_or_exit().models)
        triage = Triage(embedder)
        triage.load()
        shares = shares_of(embedder, text, before)
    verdict = triage.judge(text, before)
    console = Console(highlight=False)
    color, name, follows = FOLLOWS[verdict.concern]
    facts = _facts(verdict, triage.thresholds)
    title = f"[bold {color}]{name}[/]: {follows}"
    console.print(Panel(facts, title=title, title_align="left", border_style=color))
    if hits := find(text, before):
        console.print(_rules(hits))
    console.print(_parts(shares))


def _facts(verdict: Verdict, line: Thresholds) -> Group:
    facts = Table.grid(padding=(0, 2))
    rule = verdict.reason.removeprefix("rule:")
    said = REASONS.get(verdict.reason, f"a rule is certain: {rule}")
    for name, value in (
        ("category", verdict.category.value if verdict.category else "–"),
        ("words", ", ".join(f"“{one}”" for one in verdict.evidence) or "–"),
        ("why", f"{said} ({verdict.reason})"),
        ("score", f"{verdict.score:.3f}  (flag {line.flag}, check {line.check})"),
    ):
        facts.add_row(Text(name, style="dim"), Text(value))
    facts.add_row("", _scale(verdict.score, line))
    told = f"language {verdict.language or '?'}, version {verdict.version or '?'}"
    facts.add_row("", Text(told, style="dim"))
    return Group(facts)


def _scale(score: float, line: Thresholds) -> Text:
    """The score on a line from 0 to 1; `c` is where checks begin, `F` where flags do."""
    at = {name: min(WIDE - 1, int(value * WIDE)) for name, value in _marks(line).items()}
    cells = ["█" if spot < round(score * WIDE) else "·" for spot in range(WIDE)]
    for name, spot in at.items():
        cells[spot] = name
    return Text("0 " + "".join(cells) + " 1")


def _marks(line: Thresholds) -> dict[str, float]:
    return {"c": line.check, "F": line.flag}


def _rules(hits: Sequence[RuleHit]) -> Table:
    table = Table("rule", "category", "words", "counts as", box=SIMPLE)
    for hit in hits:
        counts = "certain" if hit.certain else f"uncertain: {hit.guard}" if hit.guard else "a hint"
        table.add_row(hit.rule, hit.category.value, hit.words, counts)
    return table


def _parts(shares: Sequence[Share]) -> Table:
    """What each part adds: to the right for danger, to the left against it."""
    table = Table("part of the model", "adds", "", box=SIMPLE)
    for share in shares:
        mark = ("+" if share.adds > 0 else "−") * min(20, round(abs(share.adds) * 4))
        color = "red" if share.adds > 0 else "green"
        table.add_row(share.part, f"{share.adds:+.2f}", Text(mark, style=color))
    total = sum(share.adds for share in shares)
    table.add_row("together (log-odds)", f"{total:+.2f}", "", style="bold")
    return table
