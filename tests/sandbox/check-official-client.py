#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-official-client.py SANDBOX   Xero's own client, xero-node, uses the sandbox by changing nothing but its base address.
Prints TAP; skipped, saying so, where there is no node with xero-node: COUNTERSIGN_NODE names a node that has node_modules
beside it (src/sandbox/README.md says how)."""

import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def environment(node):
    beside = str(pathlib.Path(node).parent / 'node_modules')
    return dict(os.environ, NODE_PATH=os.pathsep.join(filter(None, [os.environ.get('NODE_PATH'), beside])))


def main():
    node = os.environ.get('COUNTERSIGN_NODE') or shutil.which('node')
    if not node or subprocess.run([node, '-e', 'require("xero-node")'], env=environment(node), stderr=subprocess.DEVNULL,
                                  check=False).returncode != 0:
        print('1..0 # SKIP no node with xero-node here: see the sandbox’s README')
        return 0
    sandbox = subprocess.Popen([sys.argv[1], '--print-address', '--exit-with-parent', '--now', '2026-11-21T09:00:00'],
                               stdout=subprocess.PIPE, text=True)
    try:
        address = sandbox.stdout.readline().strip()
        return subprocess.run([node, str(HERE / 'official-client-test.cjs'), address], env=environment(node),
                              check=False).returncode
    finally:
        sandbox.terminate()
        sandbox.wait()


if __name__ == '__main__':
    sys.exit(main())
