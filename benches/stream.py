#!/usr/bin/env python3
"""A long stream, killed in the middle and taken up again by id: none of its stories is lost or doubled, all are in order.

    cargo build --release && benches/stream.py target/release/pullquote [--no-model] [--stories 100000]

Prints the time of the processors, the words a second of one core and the peak of memory.
"""

import argparse
import json
import os
import resource
import subprocess
import tempfile
from pathlib import Path

PEOPLE = ["Ann Lee", "Bo Ray", "Marta Osei", "Tomas Brand"]
TEXT = (
    "“The wall at pier {number} will be rebuilt before the winter,” said {person}, the mayor of Ellwick, on Monday. "
    "Nobody in the market hall had asked for it, and it rained."
)


def story(number):
    return {"id": str(number), "text": TEXT.format(number=number, person=PEOPLE[number % len(PEOPLE)])}


def whole_lines(path):
    """The lines that were written to their end; what is behind them is cut off."""
    content = path.read_bytes()
    end = content.rfind(b"\n") + 1
    os.truncate(path, end)
    return content[:end].splitlines()


def peak_kib(process):
    """The most memory that a process has had; 0 once it has ended."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def run(command, numbers, folder, out, kill_after=None):
    """Extracts the stories with these numbers and appends the answers; kills the process after some answers. Returns its peak
    of memory in KiB."""
    stories = folder / "stories.jsonl"
    stories.write_text("".join(json.dumps(story(number)) + "\n" for number in numbers))
    answers, peak = 0, 0
    with stories.open() as source, out.open("ab") as target:
        process = subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE)
        # Blocks end anywhere, so that the last line is cut off somewhere.
        while block := os.read(process.stdout.fileno(), 10_007):
            answers += block.count(b"\n")
            target.write(block)
            peak = max(peak, peak_kib(process))
            if kill_after and answers >= kill_after:
                process.kill()
                break
        code = process.wait()
    assert kill_after or code == 0, code
    return peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--stories", type=int, default=100_000)
    options = parser.parse_args()
    command = [options.program, "extract", "--no-shelf", "--quiet", "--from", "jsonl", "--format", "jsonl"]
    command += ["--no-model"] if options.no_model else []
    with tempfile.TemporaryDirectory(prefix="stream-") as name:
        folder = Path(name)
        out = folder / "findings.jsonl"
        peak = run(command, range(options.stories), folder, out, kill_after=options.stories * 3 // 10)
        done = {json.loads(line)["id"] for line in whole_lines(out)}
        peak = max(peak, run(command, [it for it in range(options.stories) if str(it) not in done], folder, out))
        found = [json.loads(line) for line in whole_lines(out)]
        assert [it["id"] for it in found] == [str(number) for number in range(options.stories)], "lost, doubled or out of order"
        for number, it in enumerate(found):
            [quote] = it["quotes"]
            speaker = it["entities"][quote["speaker"]]["name"]
            assert speaker == PEOPLE[number % len(PEOPLE)], it
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, words = used.ru_utime + used.ru_stime, len(TEXT.split()) * options.stories
    print(
        f"{options.stories:,} stories of {len(TEXT.split())} words, killed after {len(done):,} and taken up again: "
        f"all are there once and in order. {seconds:.1f} s of one core, {words / seconds:,.0f} words a second, "
        f"{peak * 1024 / 1e6:.0f} MB."
    )


if __name__ == "__main__":
    main()
