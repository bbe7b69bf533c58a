#!/usr/bin/env python3
"""Writes THIRD-PARTY.txt: the crates that are built into the program, with their licences and the texts of these.

Usage: .ci/notices.py > THIRD-PARTY.txt
"""

import collections
import json
import pathlib
import re
import subprocess


def command(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


tree = command("cargo", "tree", "--locked", "-e", "normal", "--target", "all", "--prefix", "none", "-f", "{p}")
built_in = {tuple(line.split()[:2]) for line in tree.splitlines() if line and not line.startswith("pullquote ")}
packages = json.loads(command("cargo", "metadata", "--locked", "--format-version", "1"))["packages"]
packages = [it for it in packages if (it["name"], "v" + it["version"]) in built_in]
packages.sort(key=lambda it: (it["name"], it["version"]))

texts = collections.defaultdict(list)
print("Crates that are built into pullquote, with their licences. Their texts follow.\n")
for package in packages:
    name = f"{package['name']} {package['version']}"
    print(f"{name}: {package['license']}  {package.get('repository') or ''}".rstrip())
    folder = pathlib.Path(package["manifest_path"]).parent
    licence = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|UNLICENSE)", re.IGNORECASE)
    for file in sorted(folder.iterdir()):
        # The Apache licence has the same text everywhere; it is in LICENSE-APACHE.
        if file.is_file() and licence.match(file.name) and "apache" not in file.name.lower():
            text = "\n".join(line.rstrip() for line in file.read_text(errors="replace").strip().splitlines())
            if "Apache License" not in text[:200]:
                texts[text].append(name)
for text, names in texts.items():
    print("\n" + "=" * 80 + "\n" + ", ".join(names) + "\n\n" + text)
