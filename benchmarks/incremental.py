"""One issue more, beside building the whole archive: what bringing an index up to date costs.

    python benchmarks/incremental.py [--issues N] [--runs N] [--jobs N] [--report FILE]

An archive of N made-up issues (see ``archive_scale.py``) is built from nothing and then with one issue added to it,
the two in turn, so that other load on the machine meets both alike. Each is a whole process. Then the last issue is
changed, and removed. Medians are printed, with their share of a full build, by the clock and by the processor.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from archive_scale import REPORT, run_index, write_issues

STEPS = ("full build", "one issue added", "one issue changed", "one issue removed", "nothing to do")


def measure(folder: Path, args: argparse.Namespace) -> dict[str, list[tuple[float, float]]]:
    """Seconds by the clock and of the processor for each step, one pair a run."""
    options = ["--jobs", str(args.jobs)] if args.jobs else []
    corpus, index = folder / "corpus", folder / "index"
    taken: dict[str, list[tuple[float, float]]] = {step: [] for step in STEPS}
    for _ in range(args.runs):
        shutil.rmtree(folder, ignore_errors=True)
        write_issues(corpus, args.report, range(args.issues))
        for step in STEPS:
            _prepare(step, corpus, args)
            taken[step].append(run_index(corpus, index, *options)[:2])
    return taken


def _prepare(step: str, corpus: Path, args: argparse.Namespace) -> None:
    """Does to the corpus what a step is about."""
    if step == "one issue added":
        write_issues(corpus, args.report, range(args.issues, args.issues + 1))
    last = max(corpus.iterdir())
    if step == "one issue changed":
        last.write_text(last.read_text(encoding="utf-8").replace("。", "。又", 40), encoding="utf-8")
    elif step == "one issue removed":
        last.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--report", type=Path, default=REPORT, help="the report that the issues are made from")
    parser.add_argument("--jobs", type=int, default=0, help="as of cloudqa index")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        taken = measure(Path(folder) / "archive", args)
    medians = {
        step: [statistics.median(run[clock] for run in runs) for clock in (0, 1)] for step, runs in taken.items()
    }
    full = medians[STEPS[0]]
    for step, (elapsed_s, processor_s) in medians.items():
        shares = f"{100 * elapsed_s / full[0]:.1f} % and {100 * processor_s / full[1]:.1f} % of a full build"
        print(f"{step}: {elapsed_s:.2f} s ({processor_s:.2f} s of processor), {shares}")


if __name__ == "__main__":
    main()
