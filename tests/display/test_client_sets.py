#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups of clients and the people behind them: made, renamed, deleted and brought back; and the invoices of all their
clients [V-05, K-12]."""

import re
import sys

from driver import Steps, wait_until
from scopes import PAID, ScopeWalk, ask, how_many

steps = Steps('client sets')
step = steps.step
walk = ScopeWalk()


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


@step('a person is called otherwise, and so is the one that the client names')
def _():
    app = walk.app
    app.click('button', 'Edit')
    dialog = app.find('dialog', 'Edit person')
    app.write('Name', 'Aroha Mitchell', within=dialog)
    app.write('E-mail', 'aroha@mitchell.example', within=dialog)
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit person')
    app.find('list item', re.compile('^Aroha Mitchell.*aroha@mitchell.example'), within=app.find('list', 'People'))
    wait_until('the client to name her so', lambda: ask("SELECT contact_name FROM client WHERE contact_name <> ''") == [('Aroha Mitchell',)])


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
