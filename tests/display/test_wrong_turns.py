#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each wrong turn of connecting, as a person meets it: the page says what happened and what to do, has its buttons, and
leads on. A picture of each is kept in BUILD/wrong-turns. At the end the connection's health, and its warning [U-22]."""

import os
import re
import socket
import subprocess
import sys
import time

from driver import BUILD, Steps, clean_folder, wait_until
from first_light import Walk

# Sixteen steps that move clocks, take ports and close the keyring's own question: at times one of them waits in vain
# on a busy machine. So they are walked at night, until each of them is steady.
if os.environ.get('COUNTERSIGN_NIGHTLY') != '1':
    print('1..0 # SKIP the wrong turns are walked by tests/run --nightly')
    sys.exit(0)

TOKEN = '/connect/token'
ACTIONS = '/api.xro/2.0/Organisation/Actions'
PORTS = (8742, 18742, 28742)

pictures = clean_folder(os.path.join(BUILD, 'wrong-turns'))
steps = Steps('wrong-turns')
step = steps.step


def look(name):
    walk.app.picture(os.path.join(pictures, name + '.png'))


walk = Walk()


def begin():
    walk.open_wizard()
    walk.app.click('button', 'Open browser')


def page(title, name, *buttons):
    """The page of a wrong turn is there, has these buttons, and is kept as a picture."""
    app = walk.app
    app.says('^' + re.escape(title) + '$', seconds=20)
    for button in buttons:
        app.find('button', button)
    look(name)


def press_row(name):
    """A row that is a button has no action of its own on the bus: it is gone to, and Return pressed."""
    walk.app.focus(walk.app.find('button', name))
    walk.app.key('Return')


def back():
    """From the page of a wrong turn to the wizard's first, and never out of it."""
    walk.app.click('button', 'Back')
    walk.app.says('What you need')


def wrong_answer(kind, path, title, name, buttons=('Cancel', 'Back', 'Try again'), seconds=0):
    walk.sandbox.fault(kind, path, seconds=seconds)
    walk.browser.will('allow')
    begin()
    page(title, name, *buttons)
    back()


@step('a demo practice')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()


@step('refused')
def _():
    walk.browser.will('cancel')
    begin()
    page('Xero was told no', 'refused', 'Cancel', 'Back', 'Try again')
    back()


@step('W-04, W-06: no access to connect, a wrong redirect address, a missing scope: what if the page says')
def _():
    app = walk.app
    walk.browser.will('never')
    begin()
    app.says('^Sign in to Xero in your browser')
    app.open_row(app.find('list item', re.compile('^What if the page says')))
    for words in ('Invalid redirect_uri', 'permission to connect apps', 'Invalid scope for client', 'Something else',
                  'http://localhost:28742/callback'):
        app.says(words)
    app.find('button', 'Copy all addresses')
    app.find('button', 'Copy the address')
    look('what-if')
    app.click('button', 'Cancel')
    app.says('What you need')


@step('ports taken')
def _():
    taken = []
    for port in PORTS:
        other = socket.socket(socket.AF_INET6)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        wait_until(f'port {port}', lambda other=other, port=port: bind(other, port))
        taken.append(other)
    begin()
    page('Another program is in the way', 'ports-taken', 'Try again')
    for other in taken:
        other.close()
    back()


def bind(other, port):
    try:
        other.bind(('::', port))
        other.listen()
        return True
    except OSError:
        return False


@step('the clock is wrong')
def _():
    wrong_answer('clock-skew', TOKEN, 'This computer’s clock is wrong', 'clock', seconds=7200)


@step('too late')
def _():
    wrong_answer('expired-token', TOKEN, 'Xero no longer takes this sign-in', 'too-late')


@step('Xero is busy')
def _():
    wrong_answer('503', '/connections', 'Xero can’t answer just now', 'busy')


@step('a guest network answers')
def _():
    wrong_answer('wrong-type', '/connections', 'That answer wasn’t Xero’s', 'guest-network')


@step('the app lacks a permission')
def _():
    walk.sandbox.fault('lost-scope', ACTIONS)
    walk.browser.will('allow')
    begin()
    walk.app.click('button', 'Use this organisation', seconds=20)
    page('The Xero app lacks a permission', 'missing-scope', 'Try again')
    back()


@step('a person without rights: what is missing is named, and the choice can be made again')
def _():
    app = walk.app
    walk.sandbox.post('/sandbox/rights', {'CreateContact': False, 'CreateDraftInvoice': False})
    walk.browser.will('allow')
    begin()
    app.click('button', 'Use this organisation', seconds=20)
    page('Your role in Xero isn’t enough', 'no-rights', 'Choose again', 'Sign in as somebody else', 'Cancel', 'Back')
    app.says('Create contacts')
    app.says('Create draft invoices')
    walk.sandbox.post('/sandbox/rights', {'CreateContact': True, 'CreateDraftInvoice': True})
    app.click('button', 'Choose again')
    app.click('button', 'Use this organisation')
    app.find('button', 'Done', seconds=90)
    app.click('button', 'Done')
    app.gone('dialog', 'Connect Xero')


@step('B-21: the health of the connection, and a refresh by hand')
def _():
    app = walk.app
    app.click('button', re.compile('Details of the connection'))
    app.find('dialog', 'Connection to Xero')
    for words in ('Kauri & Co Accountants', r'^60 days? left|, (59|60) days left', r'^\d+ left$', 'Invoices: read and write',
                  'Payments: read only'):
        app.says(words)
    look('health')
    before = refreshes()
    press_row('Refresh now')
    wait_until('a refresh', lambda: refreshes() == before + 1)
    for button in ('Sign in again…', 'Disconnect…'):
        app.find('button', button)


def refreshes():
    return sum(one['path'] == TOKEN for one in walk.sandbox.requests())


@step('X-14: signing in again marks the organisation that is linked')
def _():
    app = walk.app
    walk.browser.will('allow')
    press_row('Sign in again…')
    app.find('dialog', 'Connect Xero')
    app.click('button', 'Open browser')
    app.says('^This practice was connected to it before$', seconds=20)
    look('linked-before')
    app.click('button', 'Use this organisation')
    app.find('button', 'Done', seconds=90)
    app.click('button', 'Done')
    app.gone('dialog', 'Connect Xero')


@step('U-23: another organisation is refused while something is linked, and both are named')
def _():
    app = walk.app
    walk.create_client()
    walk.create_proposal()
    walk.accept()
    walk.wait_invoice()
    walk.browser.will('allow', 'Harbour Trading')
    app.click('button', re.compile('Details of the connection'))
    press_row('Sign in again…')
    app.click('button', 'Open browser')
    app.open_row(app.find('list item', re.compile('^Harbour Trading'), seconds=20))
    look('several-organisations')
    app.click('button', 'Use this organisation')
    page('That is another organisation', 'other-organisation', 'Choose again', 'Sign in as somebody else')
    app.says('Kauri & Co Accountants.*Harbour Trading')
    app.click('button', 'Cancel')
    app.gone('dialog', 'Connect Xero')


@step('a lost permission is told apart from a broken network')
def _():
    app = walk.app
    walk.sandbox.post('/sandbox/tokens', {'action': 'revoke'})
    app.click('button', re.compile('Details of the connection'))
    press_row('Refresh now')
    app.says('^Xero has ended the permission: sign in again')
    look('lost-permission')
    app.key('Escape')
    app.find('button', 'Sign in…')


@step('the keyring stays locked: its question is closed')
def _():
    app = walk.app
    subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path',
                    '/org/freedesktop/secrets', '--method', 'org.freedesktop.Secret.Service.Lock',
                    "[objectpath '/org/freedesktop/secrets/collection/login']"], check=True, stdout=subprocess.DEVNULL)
    app.click('button', 'Sign in…')
    app.click('button', 'Open browser')
    app.says('^Asking your keyring…$')
    look('keyring-asked')

    def dismissed():
        subprocess.run(['xdotool', 'key', 'Escape'], check=False)
        time.sleep(0.3)
        return app.peek(None, 'The keyring stayed locked')
    wait_until('the question to be closed', dismissed, 20)
    page('The keyring stayed locked', 'keyring-locked', 'Try again')
    app.click('button', 'Cancel')
    app.gone('dialog', 'Connect Xero')


@step('the program ends without a complaint')
def _():
    # The keyring may ask once more, for what runs by itself: its question has the keyboard until it is closed.
    def ended():
        subprocess.run(['xdotool', 'key', 'Escape', 'ctrl+q'], check=False)
        time.sleep(0.3)
        return not walk.app.running()
    wait_until('the program to end', ended, 20)
    assert walk.app.process.returncode == 0, walk.app.process.returncode
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
