#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""When what is in Xero is not what was sent: its answer was lost, and somebody corrected it before it was looked for. A card
says both, and a person says that it is this one; never is another number offered for it, which would bill it twice [B-02]."""

import sqlite3
import sys

from driver import Steps, name, wait_until
from first_light import FIRST, Walk

INVOICES = '/api.xro/2.0/Invoices'

steps = Steps('found')
step = steps.step
walk = Walk()


@step('a demo practice is connected')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()


def buttons():
    """Of the one card, in their order."""
    return [name(one) for one in walk.app.all('button', within=walk.card('may be in Xero already|was not sent'))]


@step('its answer is lost, and somebody corrects its tax in Xero: a card says what is there, and what was planned')
def _():
    app = walk.app
    walk.create_client('Corrected Ltd', 'corrected@example.com')
    walk.create_proposal('Corrected Ltd')
    walk.sandbox.fault('corrected-after', INVOICES, 'PUT', seconds=5)
    walk.accept()
    walk.send_now()
    walk.go('Activity')
    wait_until('the card', lambda: walk.card('Invoice CS-0001 for Corrected Ltd may be in Xero already'), 40)
    app.says(rf'^Xero has invoice CS-0001 as Corrected Ltd, .*, NZD.{FIRST}\.05\. Planned was Corrected Ltd, .*, NZD.{FIRST}\.00\.$')
    app.says('^If it is this invoice, say so')
    walk.assert_once(1)


@step('B-02: it offers to take that over, first; and not the next number, which would bill it twice')
def _():
    assert [one for one in buttons() if one][:4] == ['It is this one…', 'Open in Xero', 'Try again', 'Don’t send'], buttons()
    assert not walk.app.peek('button', 'Use the next number')


def blocked():
    """How often an invoice was put in front of a person, by the audit chain."""
    store = sqlite3.connect(f'file:{walk.app.practice_file()}?mode=ro', uri=True, timeout=10)
    count = store.execute("SELECT count(*) FROM audit WHERE action = 'journal.changed'"
                          " AND json_extract (details, '$.to') = 'blocked'").fetchone()[0]
    store.close()
    return count


@step('tried again, it comes back to the same card, and nothing is sent')
def _():
    walk.app.click('button', 'Try again', within=walk.card('may be in Xero already'))
    wait_until('it to be held back again', lambda: blocked() == 2, 30)
    wait_until('the card', lambda: walk.card('may be in Xero already') and walk.app.peek('button', 'It is this one…'), 30)
    walk.assert_once(1)


@step('by the keyboard alone: it says what will be, can be left, and then is done')
def _():
    app = walk.app
    # The card may be made anew while the focus walks to it.
    wait_until('the focus on the button', lambda: app.focus(app.find('button', 'It is this one…')) or True, 30)
    app.key('Return')
    dialog = app.find('alert', 'Is it this invoice?')
    app.says('(?s)^Xero has invoice CS-0001 as .*nothing is sent. This can’t be undone.$', within=dialog)
    app.key('Escape')
    app.gone('alert', 'Is it this invoice?')
    assert walk.card('may be in Xero already')
    app.key('Return')  # the focus is where it was
    app.find('alert', 'Is it this invoice?')
    app.key('alt+i')
    app.gone('alert', 'Is it this invoice?')
    wait_until('the card to go', lambda: not walk.card('may be in Xero already'), 30)
    app.says('^The invoice in Xero is this one now')
    walk.assert_once(1)


@step('its proposal shows Xero’s total, and says what was planned')
def _():
    app = walk.app
    walk.open_proposal('Corrected Ltd')
    written = app.find('list', 'To Xero')
    app.says(rf'^NZD.{FIRST}\.05$', within=written)
    app.says(rf'^The ledger made it {FIRST.replace(",", "")}\.05 NZD; we had sent {FIRST.replace(",", "")}\.00 NZD\.$', within=written)


@step('a number that is plainly somebody else’s: the next one is offered, and no taking over')
def _():
    app = walk.app
    walk.sandbox.post('/sandbox/invoices', {'invoice': 'INV-0001', 'number': 'CS-0002'})
    walk.create_client('Numbered Ltd', 'numbered@example.com')
    walk.create_proposal('Numbered Ltd')
    walk.accept()
    walk.send_now()
    walk.go('Activity')
    wait_until('the card', lambda: walk.card('Invoice CS-0002 for Numbered Ltd was not sent'), 40)
    app.says('^Xero has another invoice with the number CS-0002: ')
    assert not app.peek('button', 'It is this one…')
    app.click('button', 'Use the next number', within=walk.card())
    wait_until('the card to go', lambda: not walk.card(), 30)
    wait_until('the second invoice', lambda: len(walk.created()) == 2, 30)
    assert [one['number'] for one in walk.created()][-1] == 'CS-0003'
    walk.assert_once(2)


@step('the program ends')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
