"""Quotes of many stories with Apache Spark: pullquote is the mapper, at the other end of a pipe.

    spark-submit quotes.py --from jsonl --out quotes stories/*.jsonl
    spark-submit quotes.py --from warc  --out quotes crawl/*.warc.gz

Output: Parquet, one row for each quote (a story without quotes has one row without a quote), in OUT/status=ok/day=…;
what pullquote could not read is in OUT/status=bad with the reason. The day is that of the record's own field "published"
or "date", or else of the story.

Retries do not double: a task that fails leaves nothing behind, since Spark moves the files of a task to their place only
when it has ended, and a job that is started again replaces OUT. One process of pullquote for each task uses all cores
that it may: let a task have all cores of its executor (spark.task.cpus).
"""

import argparse
import json
import re
import subprocess
import threading
from collections import deque

import pandas as pd
from pyspark.sql import SparkSession

SCHEMA = """status string, day string, story string, outlet string, title string, number int, text string, kind string,
    act string, speaker string, speaker_kind string, role string, confidence double, error string, record string"""
COLUMNS = [column.split()[0] for column in SCHEMA.split(",")]
ROWS_PER_FRAME = 2000
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_of(*dates):
    """The first day among some dates, which need not be strings."""
    found = (DAY.match(date) for date in dates if isinstance(date, str))
    return next((day.group() for day in found if day), "unknown")


def rows_of(answer, line=None):
    """The rows of one line of pullquote's output; `line` is the record that it answers."""
    story = json.loads(answer)
    if "error" in story:
        yield {"status": "bad", "day": "unknown", "story": story["id"], "error": story["error"], "record": line}
        return
    record = json.loads(line) if line else {}
    shared = {
        "status": "ok",
        "day": day_of(record.get("published"), record.get("date"), story["published"]),
        "story": story["id"],
        "outlet": record.get("outlet") or story["outlet"],
        "title": story["title"],
    }
    if not story["quotes"]:
        yield shared
    for number, quote in enumerate(story["quotes"]):
        speaker = {} if quote["speaker"] is None else story["entities"][quote["speaker"]]
        yield shared | {
            "number": number,
            "text": quote["text"],
            "kind": quote["kind"],
            "act": quote["act"],
            "speaker": speaker.get("name"),
            "speaker_kind": speaker.get("kind"),
            "role": next(iter(speaker.get("roles", [])), None),
            "confidence": quote["confidence"],
        }


def frame(rows):
    # Spark does not take the string type of pandas 3.
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


def frames(rows):
    """Rows in data frames of a bounded size."""
    waiting = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == ROWS_PER_FRAME:
            yield frame(waiting)
            waiting = []
    if waiting:
        yield frame(waiting)


def from_lines(program):
    """A mapper of records in JSON Lines: each line gets one line as its answer, in the same order."""

    def rows(batches):
        command = [program, "extract", "--from", "jsonl", "--format", "jsonl", "--no-shelf"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        unanswered, failures = deque(), []

        def feed():
            try:
                for batch in batches:
                    for line in batch["value"]:
                        unanswered.append(line)
                        process.stdin.write(line.encode() + b"\n")
            except Exception as failure:  # raised below, in the thread of the task
                failures.append(failure)
            finally:
                try:
                    process.stdin.close()
                except OSError as failure:
                    failures.append(failure)

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            for answer in process.stdout:
                yield from rows_of(answer, unanswered.popleft())
            code = process.wait()
            feeder.join()
        finally:
            process.kill()
        if code or failures or unanswered:
            raise RuntimeError(f"pullquote ended with {code}, {len(unanswered)} records unanswered: {failures}")

    return lambda batches: frames(rows(batches))


def from_archives(program):
    """A mapper of the paths of WARC files, which all machines must see. Broken records are told on standard error."""

    def rows(batches):
        for path in (path for batch in batches for path in batch["value"]):
            command = [program, "extract", "--from", "warc", "--format", "jsonl", "--no-shelf", path]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            messages = []
            reader = threading.Thread(target=lambda: messages.extend(process.stderr), daemon=True)
            reader.start()
            try:
                for answer in process.stdout:
                    yield from rows_of(answer)
                code = process.wait()
                reader.join()
            finally:
                process.kill()
            for message in messages:
                yield {"status": "bad", "day": "unknown", "error": message.decode().strip(), "record": path}
            # 0: all is well; 1, 65 and 66: some or all records were bad, which the rows above tell.
            if code not in (0, 1, 65, 66):
                raise RuntimeError(f"pullquote ended with {code} on {path}")

    return lambda batches: frames(rows(batches))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help="files, or patterns that Spark expands")
    parser.add_argument("--from", dest="layout", choices=["jsonl", "warc"], default="jsonl")
    parser.add_argument("--out", required=True, help="the folder that is written, or replaced")
    parser.add_argument("--program", default="pullquote", help="pullquote on each machine")
    options = parser.parse_args()

    spark = SparkSession.builder.appName("quotes").getOrCreate()
    # A batch is held in memory as a whole.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 500)
    if options.layout == "jsonl":
        records = spark.read.text(options.inputs, lineSep="\n")
        mapper = from_lines(options.program)
    else:
        paths = spark.createDataFrame([(path,) for path in options.inputs], "value string")
        records = paths.repartition(len(options.inputs))
        mapper = from_archives(options.program)
    quotes = records.mapInPandas(mapper, SCHEMA)
    quotes.write.partitionBy("status", "day").mode("overwrite").parquet(options.out)


if __name__ == "__main__":
    main()
