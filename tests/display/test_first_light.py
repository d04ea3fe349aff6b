#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, end to end, on the real window: what a person does is driven, what came of it is counted in the
sandbox. At the end nothing but the keyring may hold a secret."""

import os
import re
import sys

from driver import Steps, descendants, has, issued_secrets, keyring_secrets, leaks, name, text, wait_until
from first_light import CLIENT, EMAIL, Walk

KEYRING_SCHEMA = 'io.github.countersign.Countersign.Grant'
FOLDERS = [os.environ[one] for one in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME')]

steps = Steps('first-light')
step = steps.step
walk = Walk()
kept = []  # what the keyring held on the way


def state():
    return walk.sandbox.state()


def assert_no_secrets():
    kept.extend(secret for secret in keyring_secrets(KEYRING_SCHEMA) if secret not in kept)
    hashes = issued_secrets(os.environ['XDG_DATA_HOME'])
    assert hashes, 'the sandbox has given out no token yet'
    pid = walk.app.process.pid
    found = leaks(hashes, FOLDERS, [pid, *descendants(pid)], kept)
    found += [f'{walk.app.log_path}: a secret' for secret in kept if secret in walk.app.log()]
    assert not found, found


@step('the first-run page offers Xero and a demo')
def _():
    steps.app = walk.start()
    walk.first_run()


@step('the demo practice opens on its sandbox')
def _():
    walk.explore_demo()
    assert state()['tokens']['connections'] == 0


@step('a consent that is refused connects nothing, and says what to do')
def _():
    walk.connect_refused()
    assert state()['tokens']['connections'] == 0


@step('Xero is connected through the browser, the tokens are in the keyring alone')
def _():
    walk.connect()
    assert state()['tokens']['connections'] == 1
    assert keyring_secrets(KEYRING_SCHEMA), 'nothing in the keyring'
    assert_no_secrets()


@step('a page’s own key takes the focus along in the sidebar, and the arrows go on from there')
def _():
    app = walk.app
    pages = app.find('list', 'Pages')
    app.focus(app.find('list item', 'Proposals', within=pages))
    walk.go('Activity')
    wait_until('the focus to be there', lambda: has(app.find('list item', re.compile('^Activity'), within=pages), 'focused'))
    app.key('Up')
    wait_until('the page above', lambda: has(app.find('list item', 'Invoices', within=pages), 'selected'))


@step('C-05: connected and without clients, the page says how contacts become some')
def _():
    walk.go('Clients')
    walk.app.says('^Xero’s contacts do not become clients by themselves')
    walk.app.find('button', 'Import from CSV…')


@step('a client is made')
def _():
    walk.create_client()


@step('a proposal is made, with totals and tax')
def _():
    walk.create_proposal()
    assert not state()['created_contacts'] and not state()['created_invoices'], 'something left before acceptance'


@step('a new service folds those before it; one that is removed is named, and comes back')
def _():
    app = walk.app
    assert [text(one) for one in app.all('text', 'Description')] == ['Monthly bookkeeping']
    app.click('button', 'Remove service')
    app.says('^The service “Monthly bookkeeping” was removed$')
    app.click('button', 'Undo')
    app.says('^Monthly bookkeeping$')
    app.says('Subtotal .*' + walk.amount('1,200.00'))


@step('an edit made just before the window closes is kept')
def _():
    walk.app.write('Title', 'Accounts 2027 and 2028')
    walk.quit()
    steps.app = walk.start()
    walk.in_practice()
    walk.renew_sandbox()
    walk.open_proposal()
    walk.app.find('text', 'Title')
    walk.app.says('^Accounts 2027 and 2028$')


@step('it is accepted, after a preview of what will be written')
def _():
    walk.accept()


@step('one contact and one invoice arrive in Xero; whoever reads what was agreed meanwhile stays where they are')
def _():
    walk.app.focus(walk.app.find('list item', 'Accepted by'))
    walk.wait_invoice()
    focused = walk.app.focused()
    assert focused and name(focused) == 'Accepted by', focused and name(focused)
    contacts, invoices = state()['created_contacts'], state()['created_invoices']
    assert [(one['name'], one['email']) for one in contacts] == [(CLIENT, EMAIL)], contacts
    assert [one['contact'] for one in invoices] == [CLIENT], invoices
    assert all(count == 1 for count in state()['invoices_by_number'].values())


@step('a draft that was sent is in no total, and what is unpaid says where it is')
def _():
    walk.app.says(r'^Nothing is unpaid\. 1 invoice counts once it is approved in Xero\.$')


@step('the invoices are listed, one opens with its lines')
def _():
    walk.invoices()


@step('after a quit and a start everything is there')
def _():
    walk.quit()
    steps.app = walk.start()
    walk.in_practice()
    walk.renew_sandbox()
    walk.invoices()
    assert len(state()['created_invoices']) == 1
    assert_no_secrets()


@step('Xero is disconnected, the keyring is empty')
def _():
    walk.disconnect()
    walk.app.find('button', re.compile('^Xero: Disconnected'))  # the sidebar's row, and its way back
    walk.app.find('button', 'Connect…')
    assert state()['tokens']['connections'] == 0
    # The page says so before the keyring has forgotten: a pull in the air may still refresh a token.
    wait_until('the keyring to be empty', lambda: not keyring_secrets(KEYRING_SCHEMA))


@step('the program ends without a complaint')
def _():
    assert_no_secrets()
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
