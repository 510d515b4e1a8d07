"""``cloudqa facts``: the facts of the reports with their sources."""

from __future__ import annotations

import argparse
from dataclasses import replace

from cloudqa.cli.console import Console, escaped_json
from cloudqa.cli.opening import limits_of, open_facts
from cloudqa.errors import ExitCode, UsageError

_LONGEST_FILTER = 200


def run_facts(args: argparse.Namespace, console: Console) -> ExitCode:
    """Lists the facts that pass the filters; if none does, says on stderr what comes near.

    Raises:
        UsageError: A filter is empty or too long, or the period is none.
        CloudQAError: Corpus or index cannot be used.
    """
    from cloudqa.answering.answer import exact_json
    from cloudqa.answering.fact_export import fact_csv, fact_fields
    from cloudqa.answering.fact_selection import FactFilter, nearest_to, select_facts
    from cloudqa.answering.scoping import NO_LIMITS
    from cloudqa.cli.fact_rendering import fact_table

    wanted = FactFilter(**{name: checked_filter(name, getattr(args, name)) for name in FactFilter.__slots__})
    archive = open_facts(args, console)
    facts = select_facts(archive.store, archive.sources, wanted)
    limits = limits_of(args) or NO_LIMITS
    if limits.since or limits.until or limits.section:
        scope = archive.scoping.read("—", replace(limits, issue=""))
        if scope.missing:
            console.say(f"cloudqa: {archive.scoping.no_such(scope, english=True).answer}")
            return ExitCode.REFUSED
        view = archive.scoping.view(scope, archive.sources)
        facts = [fact for fact in facts if view.has(fact.report, fact.section)]
    if not facts:
        console.say(f"cloudqa: {nearest_to(archive.store, archive.sources, wanted)}")
        return ExitCode.REFUSED
    match args.format:
        case "csv":
            for record in fact_csv(facts, archive.sources):
                console.put(record)
        case "json":
            for fact in facts:
                console.write(escaped_json(exact_json(fact_fields(fact, archive.sources))))
        case _:
            for line in fact_table(facts, archive.sources):
                console.write(line)
    return ExitCode.ANSWERED


def checked_filter(name: str, text: str | None) -> str:
    """A filter without blanks at its ends, "" where there is none.

    Raises:
        UsageError: It is empty, too long or not text that UTF-8 can write.
    """
    if text is None:
        return ""
    if not text.strip() or len(text) > _LONGEST_FILTER:
        raise UsageError(f"--{name} is {'too long' if text.strip() else 'empty'}.", "See 'cloudqa --help'.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(f"--{name} is not valid UTF-8.", "Check the encoding of the terminal.") from error
    return text.strip()
