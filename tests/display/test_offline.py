#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a network [B-01]: the window says that Xero can't be reached and how old what it shows is, everything but
opening in Xero goes on, what is accepted meanwhile waits and says why, and once Xero is back it goes out, once."""

import os
import re
import signal
import sqlite3
import sys

from driver import Steps, command, descendants, name, wait_until
from first_light import CLIENT, Walk
from probe import ELLIPSIZED, Probe

RUNTIME = os.environ['XDG_RUNTIME_DIR']
GONE = os.path.join(RUNTIME, 'sandbox-gone')  # while it is there, nobody listens
BROKEN = os.path.join(RUNTIME, 'sandbox-broken')  # while it is there, none can be started
SLOW = os.path.join(RUNTIME, 'sandbox-slow')  # while it is there, one that is started is on its way
STAND_IN = os.path.join(RUNTIME, 'countersign-sandbox')
REAL = os.environ['COUNTERSIGN_SANDBOX']
# What the program started goes on, so it starts none itself; the sandbox comes back under the same port.
SANDBOX = f"""#!/bin/sh
trap 'kill "$child" 2>/dev/null; exit 0' TERM INT
said='{RUNTIME}/sandbox-address'
port=
[ ! -e '{BROKEN}' ] || exit 1
while [ -e '{SLOW}' ]; do sleep 0.1; done
while :; do
  while [ -e '{GONE}' ]; do sleep 0.1; done
  : > "$said"
  '{REAL}' "$@" ${{port:+--port "$port"}} > "$said" &
  child=$!
  while [ -z "$port" ]; do
    sleep 0.1
    kill -0 "$child" || exit 1
    address=$(cat "$said")
    port=${{address##*:}}
    [ -z "$port" ] || echo "$address"
  done
  wait "$child"
done
"""
LATER = 'Offline & Sons'

steps = Steps('offline')
step = steps.step
walk = Walk()


def ask(query, *values):
    """What the practice's file says; the program goes on with it."""
    store = sqlite3.connect(f'file:{walk.app.practice_file()}?mode=ro', uri=True, timeout=10)
    try:
        return store.execute(query, values).fetchall()
    finally:
        store.close()


def states():
    """Every state that an operation was in, by the audit chain."""
    return {row[0] for row in ask("SELECT json_extract (details, '$.to') FROM audit WHERE action = 'journal.changed'")}


def health(words):
    return walk.app.find('button', re.compile(f'^Xero: {words}.*Details of the connection'), seconds=30)


def end_sandbox():
    for candidate in descendants(walk.app.process.pid):
        if command(candidate).split(b'\0')[0] == REAL.encode():
            os.kill(candidate, signal.SIGKILL)


def find_stand_ins():
    return [one for one in descendants(walk.app.process.pid) if STAND_IN.encode() in command(one).split(b'\0')[:2]]


def end_stand_in():
    """And the sandbox, which ends with it."""
    for candidate in find_stand_ins():
        os.kill(candidate, signal.SIGKILL)


def break_stand_in():
    """It ends, and can't be started again; but by whoever takes up that offer it can."""
    open(BROKEN, 'w', encoding='utf-8').close()
    end_stand_in()
    offer(seconds=30)
    os.unlink(BROKEN)


def offer(seconds=None):
    """At the foot of the window, for as long as it is so."""
    return walk.app.find('grouping', 'The demo’s sandbox ended and didn’t start again', seconds=seconds)


def in_the_way():
    """Questions, errors over the window, and toasts, which are alerts without a name."""
    return [name(one) for one in (*walk.app.all('alert'), *walk.app.all('dialog'))]


@step('the demo’s sandbox says nothing: the page says so, and what to do; tried again, it opens')
def _():
    with open(STAND_IN, 'w', encoding='utf-8') as file:
        file.write(SANDBOX)
    os.chmod(STAND_IN, 0o700)
    open(GONE, 'w', encoding='utf-8').close()
    steps.app = walk.start(COUNTERSIGN_SANDBOX=STAND_IN)
    walk.first_run()
    walk.app.click('button', 'Explore a demo practice')
    walk.app.says('^The demo’s sandbox couldn’t be started$', seconds=60)
    walk.app.says('^It gave no answer in time')
    os.unlink(GONE)
    walk.app.click('button', 'Try again')
    walk.in_practice()
    walk.renew_sandbox()


@step('a client that is in Xero')
def _():
    walk.have_client_in_xero()


@step('Xero is out of reach: the sidebar says so, how old it is and what to do; who asked is told once')
def _():
    open(GONE, 'w', encoding='utf-8').close()
    end_sandbox()
    walk.app.key('ctrl+r')
    health(r'Offline, read (just now|\d+ minutes? ago)')
    walk.app.find('button', 'Try again')
    assert in_the_way() == [''], in_the_way()  # who asked for it is told, once
    walk.app.says('^Can’t reach Xero')
    walk.app.click('button', 'Dismiss')
    wait_until('the toast to go', lambda: not in_the_way())


@step('told in a wide window, which becomes narrow and wide again, it is never cut')
def _():
    app = walk.app
    probe = Probe(app.process)

    def told():
        return [one for one in probe.widgets() if one.type == 'GtkLabel' and one.text.startswith('Can’t reach Xero')]
    app.key('ctrl+r')
    app.says('^Can’t reach Xero')
    for size in ((360, 720), (1200, 800)):
        app.resize(*size)
        wait_until('all of its words', lambda: told() and not [one for one in told() if one.flags & ELLIPSIZED], 5)
    app.click('button', 'Dismiss')
    wait_until('the toast to go', lambda: not in_the_way())


@step('in a narrow window that is told in as many words as have room, and the rest is behind Details')
def _():
    app = walk.app
    app.resize(360, 720)
    app.key('ctrl+r')
    app.says('^Can’t reach Xero$')
    app.click('button', 'Details')
    app.says('(?s)^Can’t reach Xero.*Check the network connection', within=app.find('alert', 'Details'))
    app.click('button', 'Close', within=app.find('alert', 'Details'))
    app.gone('alert', 'Details')
    app.resize(1200, 800)
    wait_until('the toast to go', lambda: not in_the_way())


@step('its details say that nothing is wrong with the permission, and that it goes on by itself')
def _():
    app = walk.app
    app.click('button', re.compile('Details of the connection'))
    app.says('^Xero can’t be reached. The permission isn’t affected')
    app.key('Escape')
    app.gone('dialog', 'Connection to Xero')


@step('B-01: every page opens, with what it had')
def _():
    for page in ('Activity', 'Invoices', 'Clients', 'Proposals'):
        walk.go(page)
        assert not in_the_way(), (page, in_the_way())
    walk.app.find('list item', re.compile(re.escape(CLIENT)), within=walk.app.find('list', 'Proposals'))


@step('B-01: invoices are searched')
def _():
    app = walk.app
    walk.go('Invoices')
    rows = wait_until('two invoices', lambda: len(walk.invoice_rows() or []) >= 2 and walk.invoice_rows())
    number = re.search(r'INV-\d+', ' '.join(app.texts(rows[-1]))).group()
    app.put(app.find(('text', 'entry'), re.compile('^Search number')), number)
    wait_until('that one alone', lambda: len(walk.invoice_rows() or []) == 1)
    assert number in ' '.join(app.texts(walk.invoice_rows()[0]))
    app.open_row(walk.invoice_rows()[0])
    app.says('(?i)payments|lines')
    app.put(app.find(('text', 'entry'), re.compile('^Search number')), '')
    assert not in_the_way(), in_the_way()


@step('B-01: a client’s page opens')
def _():
    app = walk.app
    walk.go('Clients')
    app.put(app.find(('text', 'entry'), re.compile('^Search name')), CLIENT)
    app.open_row(app.find('list item', re.compile('^' + re.escape(CLIENT))))
    app.says('^Linked to a contact in Xero$')
    assert not in_the_way(), in_the_way()


@step('B-01: a client and a proposal are made, and it is accepted')
def _():
    walk.create_client(LATER, 'later@example.com')
    walk.create_proposal(LATER)
    walk.accept()
    walk.send_now()
    assert in_the_way() in ([], ['']), in_the_way()  # a toast at most


@step('what was accepted waits, and says why; nothing was sent, so nothing is in doubt')
def _():
    app = walk.app
    walk.go('Activity')
    app.says('Xero can’t be reached: it is tried again', seconds=60, within=app.find('list', 'Activity'))
    assert not walk.card(), 'nobody has anything to do about it'
    assert 'doubtful' not in states() and 'blocked' not in states(), states()
    assert ask("SELECT count(*) FROM journal WHERE state IN ('queued', 'waiting')")[0][0] >= 1
    assert 'needs you' not in name(app.find('list item', re.compile('^Activity'), app.find('list', 'Pages')))
    health('Offline, read ')
    assert in_the_way() in ([], ['']), in_the_way()


@step('B-01: Xero is back: it goes out, once')
def _():
    os.unlink(GONE)
    walk.renew_sandbox()
    assert len(walk.created()) == 1, walk.created()
    # It may be tried again by itself at this very moment, which comes to the same.
    wait_until('Xero to be asked', lambda: not (button := walk.app.peek('button', 'Try again')) or walk.app.act(button))
    health('Connected, ')
    wait_until('the second invoice in Xero', lambda: len(walk.created()) == 2, 60)
    walk.open_proposal(LATER)
    walk.wait_invoice()
    walk.assert_once(2)
    assert 'doubtful' not in states(), states()


@step('the demo’s sandbox ends and can’t be started again: the window says so, and what to do; it comes back')
def _():
    app = walk.app
    break_stand_in()
    assert not app.peek('button', 'Close', within=offer())  # which would be the end of it
    app.click('button', 'Try again', within=offer())
    app.gone('grouping', 'The demo’s sandbox ended and didn’t start again')
    walk.renew_sandbox()
    assert len(walk.created()) == 2, walk.created()
    app.key('ctrl+r')
    health('Connected, ')


@step('a window that an edit keeps open, while the sandbox is tried again, offers that anew')
def _():
    app = walk.app
    walk.create_proposal()
    app.says('^Saved$')
    break_stand_in()
    open(SLOW, 'w', encoding='utf-8').close()
    app.click('button', 'Try again', within=offer())
    wait_until('the sandbox to be on its way', find_stand_ins)
    store = sqlite3.connect(walk.app.practice_file(), isolation_level=None, timeout=10)
    store.execute('BEGIN IMMEDIATE')  # nobody else writes
    app.write('Title', 'Typed last')
    app.key('ctrl+w')
    app.says('^Your last edit couldn’t be saved', seconds=40)
    store.close()
    os.unlink(SLOW)
    offer(seconds=30)
    app.click('button', 'Try again', within=offer())
    walk.renew_sandbox()
    app.key('ctrl+r')
    health('Connected, ')
    app.write('Title', 'Typed at last')  # the page is there to be gone on with
    app.says('^Saved$', seconds=30)


@step('the program ends')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
