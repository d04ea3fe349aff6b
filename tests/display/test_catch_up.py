#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was missed [U-11, B-08]: a proposal that was accepted months ago is marked so today, and begins before that. The
months since are named before and offered after, none goes by itself; they are skipped, with a reason that can be taken back where it is
read, and billed."""

import re
import sys
from datetime import date, timedelta

from driver import Steps, has, name, wait_until
from first_light import Walk

steps = Steps('catch-up')
step = steps.step
walk = Walk()
named = []  # how many past invoices the preview spoke of


def boxes():
    return walk.app.all('check box', within=walk.app.find('list', 'Missed invoices'))


@step('accepted a hundred days ago, on paper')
def _():
    steps.app = app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.create_client()
    walk.create_proposal()
    # Agreed to begin before it was signed: those months are not lost either.
    start = date.today() - timedelta(days=140)
    app.write('Start (empty: the day it is accepted)', start.isoformat())
    app.click('button', 'Mark as accepted…')
    dialog = app.find('dialog', 'Mark as accepted')
    app.write('Who accepted', 'Aroha Nguyen', within=dialog)
    app.write('When', (date.today() - timedelta(days=100)).isoformat(), within=dialog)
    preview = app.find('list', 'What this will do', within=dialog)
    words = app.says('^[0-9]+ past invoices are not sent by themselves$', within=preview)
    first = (start - timedelta(days=1)).replace(day=28) + timedelta(days=4)  # of the month after, or the start itself
    app.says(f'^1 {first:%b %Y} to .*: you will be asked$', within=preview)
    named.append(int(words.split()[0]))
    walk.look('accept')
    app.click('button', 'Mark as accepted', within=dialog)
    app.gone('dialog', 'Mark as accepted')


@step('the proposal says that so many wait, and leads there')
def _():
    app = walk.app
    app.says(f'^{named[0]} invoices of past days wait for your decision$')
    walk.look('agreement')
    app.click('button', 'Review…')
    wait_until('the months between', lambda: len(boxes()) == named[0], 30)


@step('one that is skipped says why on the proposal, and can be taken back there')
def _():
    app = walk.app
    for box in boxes()[1:]:
        app.focus(box)
        app.key('space')
    wait_until('one to be ticked', lambda: [has(box, 'checked') for box in boxes()].count(True) == 1)
    app.says('^To skip, give a reason first')  # why the button is grey
    assert not has(app.find('button', 'Skip'), 'enabled')
    app.focus(boxes()[0])
    app.key('space')
    app.says('^Tick an invoice to bill or skip it')
    app.key('space')
    app.write('Reason, to skip them', 'Free of charge')
    app.gone(None, re.compile('^To skip, give a reason'))
    app.click('button', 'Skip')
    app.says('^1 invoice will not be billed$')
    wait_until('the others to be left', lambda: len(boxes()) == named[0] - 1, 30)
    app.click('button', 'Close', within=app.find('dialog', 'Missed invoices'))
    app.says('^Skipped: Free of charge$')
    walk.look('skipped')
    app.click('button', 'Undo skipping')
    app.gone('button', 'Undo skipping')
    app.says(f'^{named[0]} invoices of past days wait for your decision$')


@step('the months that passed wait, and say so')
def _():
    app = walk.app
    row = app.find('list item', re.compile('^Activity'), app.find('list', 'Pages'))
    wait_until('the badge', lambda: '1 thing needs you' in name(row))
    walk.go('Activity')
    app.click('button', 'Review…', seconds=60)
    wait_until('the months between', lambda: len(boxes()) == named[0], 30)


@step('none is skipped without a reason; skipped, they are gone; taken back, they wait again')
def _():
    app = walk.app
    count = len(boxes())
    app.write('Reason, to skip them', 'Agreed by telephone')
    app.click('button', 'Skip')
    wait_until('nothing to be left', lambda: not boxes(), 30)
    app.click('button', 'Undo')
    wait_until('all to be back', lambda: len(boxes()) == count, 30)


@step('billed by mistake, they are taken back before they leave, and wait again')
def _():
    app = walk.app
    count = len(boxes())
    # The upfront one is held for a while, and must not be counted among them when it goes; nor, on the first of a
    # month, that of today, which goes by itself.
    there = 2 if date.today().day == 1 else 1
    wait_until('what goes by itself', lambda: len(walk.sandbox.state()['created_invoices']) == there, 60)
    app.focus(boxes()[0])
    for box in boxes()[1:]:
        app.focus(box)
        app.key('space')
    app.click('button', 'Bill 1 invoice')
    app.says('^Held for a moment, then they go to Xero$')
    wait_until('the others to be left', lambda: len(boxes()) == count - 1, 30)
    app.click('button', 'Undo')
    wait_until('all to be back', lambda: len(boxes()) == count, 30)
    for box in boxes():
        if not has(box, 'checked'):
            app.focus(box)
            app.key('space')
    app.find('button', f'Bill {count} invoices')
    assert len(walk.sandbox.state()['created_invoices']) == there, 'it went to Xero'


@step('billed under today’s date, they reach Xero, each once')
def _():
    app = walk.app
    count = len(boxes())
    app.focus(boxes()[0])
    before = len(walk.sandbox.state()['created_invoices'])
    app.click('button', f'Bill {count} invoices')
    wait_until('the list to be empty', lambda: not boxes(), 30)
    wait_until('all to be in Xero',
               lambda: len(walk.sandbox.state()['created_invoices']) == before + count, 90)
    assert all(times == 1 for times in walk.sandbox.state()['invoices_by_number'].values())


@step('the program ends well')
def _():
    walk.app.key('Escape')  # the row that had the keyboard is gone
    walk.app.gone('dialog', 'Missed invoices')
    walk.quit()


sys.exit(steps.run())
