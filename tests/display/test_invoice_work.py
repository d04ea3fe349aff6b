#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does with the invoices that are listed: views that are switched [P10], dates [V-08], the payments of one by
focus and by pointer [V-17], several chosen and what they come to, an invoice with its lines, payments and history, and all
of it while Xero is out of reach."""

import re
import subprocess
import sys
import time

from driver import Steps, has, name, text, wait_until, walk as tree
from first_light import Walk
from probe import Probe

from gi.repository import Atspi

steps = Steps('invoice_work')
step = steps.step
walk = Walk()
INVOICES = '/api.xro/2.0/Invoices'
AMOUNT = re.compile(r'\d\.\d\d$')


def rows():
    return walk.invoice_rows() or []


def view(which):
    return walk.app.find('toggle button', re.compile(rf'^{which} \d+$'))


def count(which):
    return int(name(view(which)).split()[-1])


def listed():
    """How many the bar at the bottom says there are."""
    found = [one for one in walk.app.texts() if re.fullmatch(r'\d+ invoices?', one)]
    return int(found[-1].split()[0]) if found else None


def names():
    return [name(row) for row in rows()]


def show(which):
    """Rows that the frame to come puts on screen still say what they said before: nothing of theirs is to be pressed yet."""
    walk.app.act(view(which))
    wait_until(f'{which} to be shown', lambda: listed() == count(which))
    wait_until('rows that stay', lambda: names() == (time.sleep(0.5) or names()))


def cents(words):
    """An amount as it is written, in cents."""
    return int(re.sub(r'\D', '', re.search(r'-?[\d,]+\.\d\d', words).group()))


@step('the demo practice reads its invoices')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.app.resize(1500, 1000)
    walk.go('Invoices')
    wait_until('the first reading to end', lambda: count('All') > 0 and walk.app.peek('label', re.compile('^as of')), 30)
    show('All')


@step('P10: a view is switched with the cells that are there: none is built, none is bound to another row')
def _():
    probe = Probe(walk.app.process)
    for which in ('Paid', 'All'):  # each has more rows than GTK keeps at hand
        show(which)
    wait_until('all rows that GTK keeps at hand', lambda: probe.cells()[0] == 0 and (time.sleep(1) or probe.cells()[0] == 0), 30)
    for which in ('Paid', 'All', 'Paid', 'All'):
        show(which)
        assert tuple(probe.cells()) == (0, 0), which
    show('Open')
    show('All')
    built, bound = probe.cells()
    assert built and bound, 'cells are not counted'


def day(which):
    return walk.app.find(('text', 'entry'), which)


@step('V-08: a preset fills in both days, Apply lists them, and All dates brings the others back')
def _():
    app = walk.app
    everything = count('All')
    app.click(('toggle button', 'button', 'menu button'), 'Invoice dates')
    app.click('button', 'Last quarter')
    wait_until('both days', lambda: text(day('First day')).endswith('-01') and text(day('Last day')))
    assert listed() == everything
    app.click('button', 'Apply')
    wait_until('fewer invoices', lambda: listed() is not None and 0 < listed() < everything)
    app.click(('toggle button', 'button', 'menu button'), re.compile('^Invoice dates'))
    assert text(day('First day')).endswith('-01')
    app.click('button', 'All dates')
    wait_until('all again', lambda: listed() == everything)


@step('V-08: days that are typed do nothing before Apply, and not the wrong way about')
def _():
    app = walk.app
    everything = count('All')
    app.click(('toggle button', 'button', 'menu button'), re.compile('^Invoice dates'))
    app.write('First day', '2026-12-31')
    app.write('Last day', '2026-01-01')
    assert listed() == everything
    app.click('button', 'Apply')
    app.says('^The first day is after the last one')
    assert listed() == everything
    app.write('First day', '2025-12-31')
    app.click('button', 'Apply')
    wait_until('fewer invoices', lambda: listed() is not None and listed() < everything)
    app.click(('toggle button', 'button', 'menu button'), re.compile('^Invoice dates'))
    app.click('button', 'All dates')
    wait_until('all again', lambda: listed() == everything)


def walk_of(node):
    return [item for item, _ in tree(node)]


def payments():
    """What the popover says, row by row: the total, what was paid or credited, the balance. Nothing: it is not there."""
    texts = [name(one) for one in walk_of(walk.app.accessible) if name(one)]
    if 'Invoice total' not in texts or 'Balance' not in texts[texts.index('Invoice total'):]:
        return None
    end = texts.index('Balance', texts.index('Invoice total'))
    inside = [cents(one) for one in texts[texts.index('Invoice total'):end] if AMOUNT.search(one)]
    return inside[0], inside[1:], cents(next(one for one in texts[end:] if AMOUNT.search(one)))


@step('V-17: payments are told when an arrow comes to them, and add up to the balance')
def _():
    app = walk.app
    button = walk.payments_button()
    inside = {item.path for item in walk_of(button)}
    for _ in range(12):
        if app.glance().focused in inside:
            break
        app.key('Right')
    total, parts, balance = wait_until('the payments', payments)
    assert parts and total - sum(parts) == balance, (total, parts, balance)
    assert len(parts) == int(name(button).split()[0])
    app.key('Escape')
    wait_until('the payments to be gone', lambda: payments() is None)


def point(node):
    place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    at = [str(place.x + place.width // 2), str(place.y + place.height // 2)]
    subprocess.run(['xdotool', 'mousemove', '--window', str(walk.app.window()), *at], check=True)


@step('V-17: and when the pointer rests on them')
def _():
    app = walk.app
    row = [one for one in rows() if re.search(r'\d payments?$', name(one))][1]  # the first has the focus, and would keep them
    point(row)
    point(app.find('button', re.compile(r'^\d+ payments?$'), within=row))
    wait_until('the payments', payments)
    subprocess.run(['xdotool', 'mousemove', '--window', str(app.window()), '3', '3'], check=True)
    wait_until('the payments to be gone', lambda: payments() is None)


@step('several are chosen, and what they come to is told')
def _():
    app = walk.app
    show('Unpaid')
    app.go_to_row(rows()[0])
    app.key('j')
    app.key('shift+Down', 'shift+Down')
    said = app.says(r'^\d+ chosen · NZD\s\S+\.\d\d, \S+\.\d\d unpaid$')
    chosen = [name(one) for one in rows() if has(one, 'selected')]
    assert len(chosen) == int(said.split()[0]) >= 3, (said, chosen)
    amounts = [[cents(one) for one in re.findall(r'[\d,]+\.\d\d', row)] for row in chosen]
    balance, total = (sum(column) for column in zip(*amounts))
    assert [cents(one) for one in re.findall(r'[\d,]+\.\d\d', said)] == [total, balance], (said, chosen)
    show('Paid')  # where none of them is: what is done to several there leaves them alone
    app.says(rf'^{count("Paid")} invoices$')
    app.act(view('Unpaid'))
    app.says(re.escape(said))
    app.key('ctrl+a')
    app.says(rf'^{count("Unpaid")} chosen · ')
    app.go_to_row(rows()[1])
    app.key('space')
    app.says(rf'^{count("Unpaid")} invoices$')


@step('an invoice: its number is copied, its lines, payments and history are there')
def _():
    app = walk.app
    show('Paid')
    number = re.search(r'INV-\d+', name(rows()[0])).group()
    app.open_row(rows()[0])

    def copied():  # the pane of the one before may be there still
        app.click('button', 'Copy the number')
        return f'Copied {number}' in app.texts()
    wait_until('the number to be copied', copied)
    app.find('list', 'Lines')
    app.find('list', 'Payments and credits')
    app.says('^as of ', within=None)
    app.find('button', 'Open in Xero')


def asked():
    return sum(call['method'] == 'GET' and call['path'].startswith(INVOICES) for call in walk.sandbox.requests())


@step('V-19: a refresh leaves the keyboard in its row, and the list as it is')
def _():
    app = walk.app
    show('Unpaid')
    walk.invoice_row(r'INV-\d+')
    before, calls = app.focused().path, asked()
    app.key('F5')
    wait_until('the refresh', lambda: asked() > calls, 60)
    wait_until('its end', lambda: 'Reading from Xero…' not in app.texts(), 60)
    assert app.focused().path == before


@step('Xero is out of reach: it is said how old the list is, and views, search and payments go on')
def _():
    app = walk.app
    walk.sandbox.fault('cut-before', INVOICES, 'GET', count=50)
    before, calls = name(app.find('label', re.compile('^as of '))), asked()
    app.key('F5')
    app.says('^Reading from Xero…$')
    wait_until('two calls that were cut', lambda: asked() >= calls + 2, 60)
    assert name(app.find('label', re.compile('^as of '))) == before
    show('Overdue')
    show('Unpaid')
    number = walk.invoice_number()
    app.act(walk.payments_button())
    wait_until('the payments', payments)
    app.key('Escape')
    app.put(app.find(('text', 'entry'), re.compile('^Search number')), number)
    wait_until('that one alone', lambda: listed() == 1)
    walk.sandbox.clear_faults()


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
