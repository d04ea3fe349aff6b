#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same view of invoices inside a client and a proposal [V-01, V-05, K-12]: the two totals are buttons [V-06], held
against plain SQL over the practice's own file; what is opened comes over the page, and Back leads to it."""

import os
import re
import sqlite3
import sys

from driver import Steps, files_under, has, name, wait_until
from first_light import CLIENT, Walk

steps = Steps('invoice scopes')
step = steps.step
walk = Walk()
busiest = {}

# V-05, K-10 in plain words.
UNPAID = "status = 'AUTHORISED' AND balance_minor > 0"
PAID = "(status = 'PAID' OR (status = 'AUTHORISED' AND balance_minor = 0))"


def look(what):
    """When pictures are wanted: as it is, for somebody to look at."""
    if folder := os.environ.get('INVOICES_PICTURES'):
        walk.app.picture(os.path.join(folder, f'{what}.png'))


def ask(query, *values):
    """Of the practice's own file."""
    for path in files_under(os.path.join(os.environ['XDG_DATA_HOME'], 'countersign')):
        with open(path, 'rb') as file:
            if file.read(16) != b'SQLite format 3\0':
                continue
        store = sqlite3.connect(f'file:{path}?mode=ro', uri=True, timeout=10)
        try:
            if store.execute("SELECT 1 FROM sqlite_schema WHERE name = 'ledger_invoice'").fetchone():
                return store.execute(query, values).fetchall()
        finally:
            store.close()
    return []


def plain(where, *values):
    """[(currency, how many, total, balance)] in minor units."""
    return ask(f'SELECT currency, count(*), sum(total_minor), sum(balance_minor) FROM ledger_invoice'
               f' WHERE is_sales = 1 AND {where} GROUP BY currency ORDER BY currency', *values)


def words(minor):
    return f'{minor // 100:,}.{minor % 100:02}'


def box(which):
    return walk.app.find('button', re.compile(f'^Total {which}|^List what is {which}'))


def box_says(which, amounts, n):
    """The amounts of each currency, and how many invoices."""
    said = ' '.join([name(box(which)), *walk.app.texts(box(which))])
    return all(words(amount) in said for amount in amounts) and re.search(rf'\b{n} invoices?\b', said)


def card_agrees(where, *values):
    unpaid, paid = plain(f'{where} AND {UNPAID}', *values), plain(f'{where} AND {PAID}', *values)
    wait_until('what is unpaid, as SQL has it',
               lambda: box_says('unpaid', [row[3] for row in unpaid], sum(row[1] for row in unpaid)))
    wait_until('what is paid, as SQL has it',
               lambda: box_says('paid', [row[2] for row in paid], sum(row[1] for row in paid)))


def view(which):
    return walk.app.find('toggle button', re.compile(rf'^{which} \d+$'))


def is_shown(which):
    return has(view(which), 'pressed') or has(view(which), 'checked')


def count(which):
    return int(name(view(which)).split()[-1])


def back():
    walk.app.click('button', 'Back')


@step('a contact of Xero becomes a client')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    wait_until('the first reading', lambda: len(ask('SELECT 1 FROM cursor WHERE full_ms > 0')) >= 2, 60)
    busiest['id'], busiest['name'] = ask(
        'SELECT i.contact_id, i.contact_name FROM ledger_invoice i JOIN ledger_contact c ON c.remote_id = i.contact_id'
        f' WHERE is_sales = 1 AND is_archived = 0 GROUP BY 1 ORDER BY sum({UNPAID}) > 0 AND sum({PAID}) > 0 DESC, count(*) DESC')[0]
    walk.go('Proposals')
    walk.app.key('ctrl+n')
    dialog = walk.app.find('dialog', 'Who is it for?')
    walk.app.write('Search clients and contacts', busiest['name'], within=dialog)
    walk.app.open_row(walk.app.find('list item', re.compile(re.escape(busiest['name'])),
                                    within=walk.app.find('list', 'Clients and contacts')))
    walk.app.gone('dialog', 'Who is it for?')


@step('V-05: a client says what it owes and what it paid, as SQL has it')
def _():
    walk.app.resize(1400, 900)
    walk.go('Clients')
    walk.app.open_row(walk.app.find('list item', re.compile(re.escape(busiest['name'])), within=walk.app.find('list', 'Clients')))
    card_agrees('contact_id = ?', busiest['id'])
    look('client-card')


@step('V-01, V-06: a total opens what it comes to, of that client alone')
def _():
    n_unpaid = sum(row[1] for row in plain(f'contact_id = ? AND {UNPAID}', busiest['id']))
    n_all = sum(row[1] for row in plain('contact_id = ?', busiest['id']))
    walk.app.act(box('unpaid'))
    wait_until('the unpaid ones of the client', lambda: is_shown('Unpaid') and count('Unpaid') == n_unpaid)
    assert count('All') == n_all, (count('All'), n_all)
    card_agrees('contact_id = ?', busiest['id'])
    look('client-invoices')
    walk.app.act(box('paid'))
    wait_until('the paid ones', lambda: is_shown('Paid'))


@step('V-07: the search stays within the client')
def _():
    app = walk.app
    other = ask('SELECT number FROM ledger_invoice WHERE is_sales = 1 AND contact_id <> ? ORDER BY number LIMIT 1', busiest['id'])[0][0]
    walk.app.act(view('All'))
    wait_until('all', lambda: is_shown('All'))
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
    look('client-invoice')
    back()
    wait_until('the list', walk.invoice_rows)
    back()
    app.find('button', 'Edit client')
    app.find('list', 'Unpaid invoices')


@step('at 360 pixels it is there, too, and Back leads out of it')
def _():
    app = walk.app
    app.resize(360, 800)
    look('client-card-360')
    app.act(box('unpaid'))
    wait_until('the rows', lambda: app.peek('list', 'Invoices') and walk.invoice_rows())
    look('client-invoices-360')
    back()
    app.find('list', 'Unpaid invoices')
    app.resize(1400, 900)


@step('V-05, K-12: a proposal says what it billed, and what of that is unpaid')
def _():
    app = walk.app
    app.key('ctrl+comma')
    dialog = app.find('dialog', 'Preferences')
    app.click('page tab', 'Invoices', within=dialog)
    app.choose(app.find('combo box', 'Invoices arrive in Xero as', within=dialog), 'Authorised')
    app.key('Escape')
    app.gone('dialog', 'Preferences')
    walk.create_client()
    walk.create_proposal()
    walk.accept()
    walk.wait_invoice()
    wait_until('its invoice, unpaid', lambda: box_says('unpaid', [138000], 1), 30)
    look('proposal-card')
    app.act(box('unpaid'))
    wait_until('that one alone', lambda: count('All') == 1 and is_shown('Unpaid'))
    look('proposal-invoices')
    back()
    app.find('list', 'To Xero')


@step('V-02: a client that is no contact in Xero has no invoices, and says so')
def _():
    app = walk.app
    walk.create_client('Newcomer Limited', 'new@comer.example')
    app.says('^None in Xero yet$')
    assert app.peek('button', re.compile('^Total unpaid|^List what is unpaid')) is None
    look('client-empty')


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
