"""Runs findings.sql over JSON Lines and over Parquet, and checks its answers.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install duckdb
    cargo build --release && /tmp/venv/bin/python examples/ask_locally.py target/release/pullquote
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent

STORIES = [
    ("1", "Gazette", "2026-05-03T08:00:00Z", "“The wall will hold,” said Ann Lee, the mayor of Ellwick."),
    ("2", "Gazette", "2026-05-20T08:00:00Z", "“The wall will not hold,” said Bo Ray. “It will hold,” said Ann Lee."),
    ("3", "Herald", "2026-06-01T08:00:00Z", "“It rained,” an official said. “It rained a lot,” said Ann Lee."),
    ("4", "Herald", "last week", "It rained."),
]

ANSWERS = [
    [("Ann Lee", 3, 3, "mayor of Ellwick"), ("Bo Ray", 1, 1, None)],
    [("Gazette", 3, 0.0), ("Herald", 2, 50.0)],
    [("2026-05", 2, ["“The wall will hold,”", "“It will hold,”"]), ("2026-06", 1, ["“It rained a lot,”"])],
]


def statements(script):
    """The views and the questions of the script, and the view that its comment has for Parquet."""
    views, questions = [], []
    for statement in duckdb.extract_statements(script):
        (views if "CREATE VIEW" in statement.query else questions).append(statement.query)
    comment = script[script.index("--     CREATE VIEW quotes AS") :]
    comment = comment[: comment.index(";") + 1]
    parquet = "\n".join(line.removeprefix("--") for line in comment.splitlines())
    return views, questions, parquet


def answers(database, questions):
    for question in questions:
        yield [tuple(map(readable, row)) for row in database.sql(question).fetchall()]


def readable(value):
    """Months without their days."""
    return value.strftime("%Y-%m") if hasattr(value, "strftime") else value


def check(found, layout):
    for question, (answer, expected) in enumerate(zip(found, ANSWERS, strict=True), 1):
        assert answer == expected, f"{layout}, question {question}: {answer}"


def main():
    program = Path(sys.argv[1]).resolve()
    views, questions, parquet = statements((HERE / "findings.sql").read_text())
    with tempfile.TemporaryDirectory(prefix="findings-") as folder:
        os.chdir(folder)
        names = ("id", "outlet", "published", "text")
        lines = [json.dumps(dict(zip(names, story, strict=True))) for story in STORIES]
        Path("stories.jsonl").write_text("\n".join(lines) + "\n")
        with open("stories.jsonl") as stories, open("findings.jsonl", "w") as findings:
            command = [program, "extract", "--no-shelf", "--from", "jsonl", "--format", "jsonl"]
            subprocess.run(command, check=True, stdin=stories, stdout=findings)
        database = duckdb.connect()
        for view in views:
            database.execute(view)
        check(answers(database, questions), "JSON Lines")
        # The columns that the cluster's job writes, in its folders.
        columns = "story, outlet, number, text, kind, act, speaker, speaker_kind, role, confidence"
        day = "coalesce(regexp_extract(published, '^\\d{4}-\\d{2}-\\d{2}'), 'unknown') AS day, 'ok' AS status"
        database.execute(
            f"COPY (SELECT {columns}, {day} FROM quotes) TO 'quotes' (FORMAT parquet, PARTITION_BY (status, day))"
        )
        database = duckdb.connect()
        database.execute(parquet)
        check(answers(database, questions), "Parquet")
    print("All questions have the same answers over JSON Lines and over Parquet.")


if __name__ == "__main__":
    main()
