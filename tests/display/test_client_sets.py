#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups of clients and the people behind them: made, renamed, deleted and brought back; and the invoices of all their
clients [V-05, K-12]."""

import re
import sys

from driver import Steps, wait_until
from scopes import PAID, UNPAID, ScopeWalk, ask, debtor_lines, debtors, how_many, is_debtor

steps = Steps('client sets')
step = steps.step
walk = ScopeWalk()
other = ''  # another of Xero's contacts who owes something, made a client later


def assert_debtors(names):
    """From the page of a group or a person: By contact lists these alone, and each leads to what that one owes."""
    app = walk.app
    owing = [row for row in debtors() if row[1] in names]
    assert {row[1] for row in owing} == set(names), (owing, names)
    wanted = debtor_lines(owing)
    app.act(walk.box('unpaid'))
    wait_until('what they owe', lambda: walk.is_shown('Unpaid') and walk.count('Unpaid') == sum(row[4] for row in owing))
    app.act(app.find('toggle button', 'By contact'))

    def is_listed():
        said = [words for _, words in walk.debtor_rows()]
        return len(said) == len(wanted) and all(is_debtor(one, *line) for one, line in zip(said, wanted))
    wait_until('who of them owes what', is_listed)
    contact_id = owing[-1][0]
    n_unpaid = how_many(f'contact_id = ? AND {UNPAID}', contact_id)
    app.open_row(walk.debtor_rows()[-2][0])  # the last is a total
    wait_until('what that one owes', lambda: walk.is_shown('Unpaid') and walk.count('Unpaid') == n_unpaid)
    assert walk.count('All') == how_many('contact_id = ?', contact_id)
    app.click('button', 'Aged receivables')
    wait_until('all of them', is_listed)
    walk.back()
    app.find('list', 'Unpaid invoices')


@step('a contact of Xero becomes a client')
def _():
    steps.app = walk.take_busiest()


@step('a group is made of clients; without any it says so')
def _():
    app = walk.app
    walk.list_of('Groups')
    app.says('^No groups yet$')
    walk.see('groups-empty')
    app.key('ctrl+n')
    dialog = app.find('dialog', 'New group')
    app.click('button', 'Save', within=dialog)
    app.says('^It needs a name', within=dialog)
    app.write('Name', 'Mitchell family', within=dialog)
    app.focus(app.find('check box', walk.client, within=dialog))
    app.key('space')
    app.says('^1 client chosen$', within=dialog)
    walk.see('group-new')
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'New group')
    app.find('list item', re.compile(re.escape(walk.client)), within=app.find('list', 'Clients'))


@step('V-05, K-12: a group says what its clients owe and paid, and a total opens it')
def _():
    app = walk.app
    walk.card_agrees()
    walk.see('group')
    app.act(walk.box('paid'))
    wait_until('the paid ones of the group', lambda: walk.is_shown('Paid') and walk.count('Paid') == how_many(f'contact_id = ? AND {PAID}', walk.contact_id))
    walk.back()
    app.find('list', 'Unpaid invoices')


@step('a group is renamed, deleted and brought back')
def _():
    app = walk.app
    app.click('button', 'Edit')
    dialog = app.find('dialog', 'Edit group')
    app.write('Name', 'Mitchell & Wong', within=dialog)
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit group')
    app.find('list item', re.compile('^Mitchell & Wong'), within=app.find('list', 'Groups'))
    app.menu('More', 'Delete')
    app.says('^“Mitchell & Wong” was deleted')
    app.says('^No groups yet$')
    app.click('button', 'Undo')
    app.find('list item', re.compile('^Mitchell & Wong, 1 client'), within=app.find('list', 'Groups'))
    walk.card_agrees()


@step('V-01, V-05: of a group of several, By contact lists who owes what, and nobody else')
def _():
    global other
    app = walk.app
    other = next(row[1] for row in debtors('contact_id <> ?', walk.contact_id) if ask(
        'SELECT 1 FROM ledger_contact WHERE remote_id = ? AND is_archived = 0', row[0]))
    walk.make_client(other)
    walk.list_of('Groups')
    app.open_row(app.find('list item', re.compile('^Mitchell & Wong, 1 client'), within=app.find('list', 'Groups')))
    app.click('button', 'Edit')
    dialog = app.find('dialog', 'Edit group')
    app.write('Search clients', other, within=dialog)  # to the others of the list leads an arrow key
    app.gone('check box', walk.client, within=dialog)
    app.focus(app.find('check box', other, within=dialog))
    app.key('space')
    app.says('^2 clients chosen$', within=dialog)
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit group')
    app.find('list item', re.compile('^Mitchell & Wong, 2 clients'), within=app.find('list', 'Groups'))
    assert_debtors([walk.client, other])


@step('V-05, K-12: whom a client names is a person, with what all of that person’s clients owe')
def _():
    app = walk.app
    walk.open_client()
    app.click('button', 'Edit client')
    dialog = app.find('dialog', 'Edit client')
    app.write('Contact person', 'Aroha Wong', within=dialog)
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit client')
    app.find('list item', re.compile('^Group'), within=app.find('list', 'Details'))
    walk.see('client-with-person')
    app.open_row(app.find('list item', re.compile('^Contact person'), within=app.find('list', 'Details')))
    app.find('list item', re.compile('^Aroha Wong, 1 client'), within=app.find('list', 'People'))
    walk.card_agrees()
    walk.see('person')
    app.resize(360, 800)
    walk.see('person-360')
    app.resize(1400, 900)


@step('V-01, V-05: of a person of several clients, too')
def _():
    app = walk.app
    walk.open_client(other)
    app.click('button', 'Edit client')
    dialog = app.find('dialog', 'Edit client')
    app.write('Contact person', 'Aroha Wong', within=dialog)
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit client')
    app.open_row(app.find('list item', re.compile('^Contact person'), within=app.find('list', 'Details')))
    app.find('list item', re.compile('^Aroha Wong, 2 clients'), within=app.find('list', 'People'))
    assert_debtors([walk.client, other])


@step('a person is called otherwise, and so is the one that the clients name')
def _():
    app = walk.app
    app.click('button', 'Edit')
    dialog = app.find('dialog', 'Edit person')
    app.write('Name', 'Aroha Mitchell', within=dialog)
    app.write('E-mail', 'aroha@mitchell.example', within=dialog)
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit person')
    app.find('list item', re.compile('^Aroha Mitchell.*aroha@mitchell.example'), within=app.find('list', 'People'))
    wait_until('both clients to name her so',
               lambda: ask("SELECT contact_name FROM client WHERE contact_name <> ''") == [('Aroha Mitchell',)] * 2)


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
