"""Runs quotes.py on a cluster of two workers on this machine, and checks what it writes. Needs Java 17 or newer.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install pyspark pandas pyarrow duckdb
    cargo build --release && /tmp/venv/bin/python examples/cluster/try_locally.py target/release/pullquote

The first process of pullquote of each run is killed in the middle, so that a task fails and is tried again. The job
runs twice into the same folder.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pyspark

HERE = Path(__file__).resolve().parent
STORIES, DAYS, BAD = 400, 4, 3

# Runs pullquote; the first time it is killed after some lines.
FLAKY = """#!/bin/sh
if mkdir "{folder}/failed" 2>/dev/null; then
    "{program}" "$@" | head -n 20
    exit 137
fi
exec "{program}" "$@"
"""


def stories():
    for number in range(STORIES):
        text = f"“The wall at pier {number} will be rebuilt,” said Ann Lee, the mayor of Ellwick."
        yield {"id": str(number), "published": f"2026-05-0{1 + number % DAYS}T08:00:00Z", "outlet": "Gazette", "text": text}


def archive_record(number, body):
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"WARC-Date: 2026-05-0{1 + number % DAYS}T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + page + b"\r\n\r\n")


def run(folder, program, layout, inputs):
    flaky = folder / "pullquote"
    flaky.write_text(FLAKY.format(folder=folder, program=program))
    flaky.chmod(0o755)
    (folder / "failed").rmdir() if (folder / "failed").exists() else None
    home = Path(pyspark.__file__).parent
    command = [home / "bin/spark-submit", "--master", "local-cluster[2,1,1024]", HERE / "quotes.py", "--from", layout]
    command += ["--out", folder / layout, "--program", flaky, *inputs]
    settings = {"SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
    subprocess.run(command, check=True, env=os.environ | settings)
    assert (folder / "failed").exists(), "no task failed"


def ask(folder, question):
    files = f"read_parquet('{folder}/*/*/*.parquet', hive_partitioning = true)"
    return duckdb.sql(question.format(quotes=files)).fetchall()


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="quotes-") as name:
        folder = Path(name)
        lines = [json.dumps(story) for story in stories()] + ["rain", '{"id":"x"}', '{"id":"y","text":']
        files = [folder / "a.jsonl", folder / "b.jsonl"]
        for half, file in enumerate(files):
            file.write_text("".join(line + "\n" for line in lines[half::2]))
        for _ in range(2):
            run(folder, program, "jsonl", files)
            out = folder / "jsonl"
            days = ask(out, "SELECT day, count(*), count(DISTINCT story) FROM {quotes} WHERE status = 'ok' GROUP BY ALL ORDER BY ALL")
            each = STORIES // DAYS
            assert [str(day[0]) for day in days] == [f"2026-05-0{day}" for day in range(1, DAYS + 1)], days
            assert all(day[1:] == (each, each) for day in days), days
            assert ask(out, "SELECT DISTINCT speaker, outlet FROM {quotes} WHERE status = 'ok'") == [("Ann Lee", "Gazette")]
            bad = ask(out, "SELECT story, record FROM {quotes} WHERE status = 'bad' ORDER BY record")
            assert len(bad) == BAD and bad[0][1] == "rain", bad
        pages = [f"<html><body><p>{story['text']}</p></body></html>" for story in stories()]
        archives = [folder / "a.warc.gz", folder / "b.warc.gz"]
        for half, file in enumerate(archives):
            file.write_bytes(b"".join(archive_record(n, page) for n, page in enumerate(pages) if n % 2 == half))
        run(folder, program, "warc", archives)
        counts = ask(folder / "warc", "SELECT count(*), count(DISTINCT text) FROM {quotes} WHERE status = 'ok'")
        assert counts == [(STORIES, STORIES)], counts
    print("All stories are there once, though tasks failed and the job ran twice.")


if __name__ == "__main__":
    main()
