#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same view of invoices inside a client and a proposal [V-01, V-05, K-12]: the two totals are buttons [V-06]; what
is opened comes over the page, and Back leads to it."""

import re
import sys

from driver import Steps, wait_until
from first_light import FIRST
from scopes import UNPAID, ScopeWalk, ask, how_many

steps = Steps('invoice scopes')
step = steps.step
walk = ScopeWalk()


@step('a contact of Xero becomes a client')
def _():
    steps.app = walk.take_busiest()


@step('V-05: a client says what it owes and what it paid, as SQL has it')
def _():
    walk.open_client()
    walk.card_agrees()
    walk.see('client-card')


@step('V-01, V-06: a total opens what it comes to, of that client alone')
def _():
    n_unpaid = how_many(f'contact_id = ? AND {UNPAID}', walk.contact_id)
    n_all = how_many('contact_id = ?', walk.contact_id)
    walk.app.act(walk.box('unpaid'))
    wait_until('the unpaid ones of the client', lambda: walk.is_shown('Unpaid') and walk.count('Unpaid') == n_unpaid)
    assert walk.count('All') == n_all, (walk.count('All'), n_all)
    walk.card_agrees()
    walk.see('client-invoices')
    walk.app.act(walk.box('paid'))
    wait_until('the paid ones', lambda: walk.is_shown('Paid'))


@step('V-07: the search stays within the client')
def _():
    app = walk.app
    other = ask('SELECT number FROM ledger_invoice WHERE is_sales = 1 AND contact_id <> ? ORDER BY number LIMIT 1', walk.contact_id)[0][0]
    walk.app.act(walk.view('All'))
    wait_until('all', lambda: walk.is_shown('All'))
    entry = app.find(('text', 'entry'), re.compile('^Search number'))
    app.put(entry, other)
    app.says('^Nothing found$')
    app.put(entry, '')
    wait_until('its rows again', walk.invoice_rows)


@step('an invoice opens over it, and Back leads to the list, and then to the client')
def _():
    app = walk.app
    app.open_row(walk.invoice_rows()[0])
    app.find('list', 'Lines')
    walk.see('client-invoice')
    walk.back()
    wait_until('the list', walk.invoice_rows)
    walk.back()
    app.find('button', 'Edit client')
    app.find('list', 'Unpaid invoices')


@step('at 360 pixels it is there, too, and Back leads out of it')
def _():
    app = walk.app
    app.resize(360, 800)
    walk.see('client-card-360')
    app.act(walk.box('unpaid'))
    wait_until('the rows', lambda: app.peek('list', 'Invoices') and walk.invoice_rows())
    walk.see('client-invoices-360')
    walk.back()
    app.find('list', 'Unpaid invoices')
    app.resize(1400, 900)


@step('V-05, K-12: a proposal says what it billed, and what of that is unpaid')
def _():
    app = walk.app
    app.key('ctrl+comma')
    dialog = app.find('dialog', 'Preferences')
    app.click('page tab', 'Invoices', within=dialog)
    app.choose(app.find('combo box', 'Invoices arrive in Xero as', within=dialog), 'Authorised')
    walk.close_preferences()
    walk.create_client()
    walk.create_proposal()
    walk.accept()
    walk.wait_invoice()
    wait_until('its invoice, unpaid', lambda: walk.box_says('unpaid', [int(FIRST.replace(',', '')) * 100], 1), 30)
    walk.see('proposal-card')
    app.act(walk.box('unpaid'))
    wait_until('that one alone', lambda: walk.count('All') == 1 and walk.is_shown('Unpaid'))
    walk.see('proposal-invoices')
    walk.back()
    app.find('list', 'To Xero')


@step('V-02: a client that is no contact in Xero has no invoices, and says so')
def _():
    app = walk.app
    walk.create_client('Newcomer Limited', 'new@comer.example')
    app.says('^None in Xero yet$')
    assert app.peek('button', re.compile('^Total unpaid|^List what is unpaid')) is None
    walk.see('client-empty')


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
