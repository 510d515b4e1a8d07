"""Builds the facts of made-up tables with a given number of cells and asks them.

    python benchmarks/facts_scale.py [--cells N] [--questions N] [--seed N] [--keep DIR]

The tables are those of a data appendix: one for a region and a month, a row for an estate with its class, date, price,
number, area and rate; 50 tables in a report. They are read as Markdown reports and written to a store of facts; then
questions with one right answer are asked: a figure, the highest of a table, two figures summed, a figure that no table
has. Printed are the seconds of each step, the size of the store, the peaks of memory, the latencies, and how many
answers are right.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cloudqa.answering.answer import Answer
from cloudqa.answering.numeric import answer_numeric
from cloudqa.answering.sources import ArchiveSources
from cloudqa.documents import Document, read_document
from cloudqa.facts import FactStore, FactWriter, create
from cloudqa.index import StoredReport

HEADER = ("楼盘名称", "物业类别", "开盘日期", "成交均价（元/平方米）", "成交套数（套）", "成交面积（平方米）", "绿化率")
CLASSES = ("住宅", "公寓", "商铺", "写字楼")
ROWS, TABLES = 26, 50
MONTHS = [(year, month) for year in range(2010, 2024) for month in range(1, 13)]
_FIRST, _SECOND = "安宝长德福光海和华吉嘉金景凯", "滨城达丰港桂河虹湖江锦兰岭龙"
_KINDS = ("花园", "家园", "雅苑", "名邸", "公馆", "新城")


@dataclass(frozen=True, slots=True)
class Table:
    """A made-up table: its title's region and month, its rows as printed."""

    region: str
    year: int
    month: int
    rows: tuple[tuple[str, ...], ...]

    @property
    def month_name(self) -> str:
        """The month as titles and questions say it."""
        return f"{self.year}年{self.month}月"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what its answer must hold, None where it must be refused."""

    kind: str
    question: str
    right: str | None


def make_tables(cells: int, rng: random.Random) -> Iterator[Table]:
    """Tables until they have as many cells, headers left out."""
    for number in range(max(1, cells // (ROWS * len(HEADER)))):
        year, month = MONTHS[number % len(MONTHS)]
        at = number // len(MONTHS)
        region = f"{_FIRST[at % 14]}{_SECOND[at // 14 % 14]}市"
        names = rng.sample([f"{a}{b}{kind}" for a in _FIRST for b in _SECOND for kind in _KINDS], ROWS)
        rows = tuple(_row(name, year, rng) for name in names)
        yield Table(region, year, month, rows)


def _row(name: str, year: int, rng: random.Random) -> tuple[str, ...]:
    date = f"{year - rng.randint(0, 5)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    price, area = f"{rng.randint(500_000, 9_999_999) / 100:.2f}", f"{rng.randint(1_000, 99_999):,}"
    return name, rng.choice(CLASSES), date, price, str(rng.randint(1, 900)), area, f"{rng.randint(100, 600) / 10}%"


def write_reports(tables: list[Table], folder: Path) -> list[Path]:
    """The tables as Markdown reports."""
    paths = []
    for start in range(0, len(tables), TABLES):
        lines = [f"# 成交数据附录{start // TABLES + 1}", ""]
        for table in tables[start : start + TABLES]:
            lines += [f"## {table.region}{table.month_name}商品房成交表", ""]
            rows = (HEADER, ("---",) * len(HEADER), *table.rows)
            lines += ["| " + " | ".join(row) + " |" for row in rows]
            lines.append("")
        paths.append(folder / f"appendix-{start // TABLES + 1:04}.md")
        paths[-1].write_text("\n".join(lines), encoding="utf-8")
    return paths


def make_questions(tables: list[Table], count: int, rng: random.Random) -> list[Asked]:
    """Questions of each kind in turn, each of a table drawn by chance."""
    made = (_figure, _highest, _sum, _missing)
    return [made[number % len(made)](rng.choice(tables), rng) for number in range(count)]


def _figure(table: Table, rng: random.Random) -> Asked:
    row = rng.choice(table.rows)
    return Asked("figure", f"{table.month_name}{table.region}{row[0]}的成交均价是多少？", row[3])


def _highest(table: Table, rng: random.Random) -> Asked:
    row = max(table.rows, key=lambda row: float(row[3]))
    return Asked("highest", f"{table.month_name}{table.region}成交均价最高的楼盘是哪个？", row[0])


def _sum(table: Table, rng: random.Random) -> Asked:
    first, second = rng.sample(table.rows, 2)
    question = f"{table.month_name}{table.region}{first[0]}和{second[0]}的成交套数合计是多少？"
    return Asked("sum", question, str(int(first[4]) + int(second[4])))


def _missing(table: Table, rng: random.Random) -> Asked:
    row = rng.choice(table.rows)
    return Asked("missing", f"2031年{table.month}月{table.region}{row[0]}的成交均价是多少？", None)


def build(paths: list[Path], store: Path) -> list[Document]:
    """Reads the reports and writes their facts; prints how long each took."""
    started = clocks()
    documents = [read_document(path, path.parent) for path in paths]
    print(f"read {len(paths)} reports in {since(started)}, peak memory {peak_mb():.0f} MB")
    started = clocks()
    connection = sqlite3.connect(store)
    with connection:
        create(connection)
        writer = FactWriter(connection)
        for document in documents:
            writer.add_document(document)
    connection.close()
    size_mb = store.stat().st_size / 2**20
    print(f"facts in {since(started)}, store of {size_mb:.0f} MB, peak memory {peak_mb():.0f} MB")
    return documents


def clocks() -> tuple[float, float]:
    """Seconds on the wall and on the processor, to be handed to :func:`since`."""
    return time.perf_counter(), time.process_time()


def since(started: tuple[float, float]) -> str:
    """What has passed on both clocks; on a shared machine the second one is the telling one."""
    return f"{time.perf_counter() - started[0]:.1f} s ({time.process_time() - started[1]:.1f} s of processor)"


def peak_mb() -> float:
    """The peak of this process's resident memory so far in MiB (Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def is_right(asked: Asked, answer: Answer | None) -> bool:
    """Whether an answer holds what it must, or refuses where it must."""
    if answer is None or answer.refused or asked.right is None:
        return asked.right is None and answer is not None and answer.refused
    if asked.right[0].isdigit():
        return answer.value is not None and float(answer.value) == float(asked.right)
    return asked.right in answer.answer


def ask_all(questions: list[Asked], store: Path, documents: list[Document]) -> None:
    """Asks every question of the warm store and prints latencies and right answers, kind by kind."""
    reports = {document.report: StoredReport.of(document) for document in documents}
    sources = ArchiveSources(sorted(reports), reports.get)
    facts = FactStore(sqlite3.connect(store))
    print(f"{facts.count()} facts")
    started = time.perf_counter()
    answer_numeric(questions[0].question, facts, sources)
    print(f"first answer, with the vocabulary loaded: {time.perf_counter() - started:.2f} s")
    seconds: dict[str, list[float]] = {}
    right: dict[str, int] = {}
    for asked in questions:
        started = time.perf_counter()
        answer = answer_numeric(asked.question, facts, sources)
        seconds.setdefault(asked.kind, []).append(time.perf_counter() - started)
        right[asked.kind] = right.get(asked.kind, 0) + is_right(asked, answer)
    for kind, found in seconds.items():
        print(f"{kind}: {right[kind]} of {len(found)} right, {latencies(found)}")
    print(f"all: {latencies([s for found in seconds.values() for s in found])}, peak memory {peak_mb():.0f} MB")


def latencies(seconds: list[float]) -> str:
    """Median and 95th percentile of latencies."""
    cuts = statistics.quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else seconds * 19
    return f"p50 {1000 * statistics.median(seconds):.1f} ms, p95 {1000 * cuts[18]:.1f} ms"


def measure(folder: Path, cells: int, count: int, seed: int) -> None:
    rng = random.Random(seed)
    tables = list(make_tables(cells, rng))
    print(f"{len(tables)} tables, {sum(len(table.rows) for table in tables) * len(HEADER)} cells")
    store = folder / "facts.sqlite"
    store.unlink(missing_ok=True)
    documents = build(write_reports(tables, folder), store)
    ask_all(make_questions(tables, count, rng), store, documents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=800_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work in this folder and leave everything there")
    args = parser.parse_args()
    if args.keep is not None:
        args.keep.mkdir(parents=True, exist_ok=True)
        measure(args.keep, args.cells, args.questions, args.seed)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), args.cells, args.questions, args.seed)


if __name__ == "__main__":
    main()
