#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each wrong turn of connecting, as a person meets it: the page says what happened and what to do, has its buttons, and
leads on. At the end the connection's health, and its warning [U-22]."""

import datetime
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time

from driver import Steps, wait_until
from wrong_turns import Turns

TOKEN = '/connect/token'
ACTIONS = '/api.xro/2.0/Organisation/Actions'
INVOICES = '/api.xro/2.0/Invoices'
UNWELL = re.compile(r'^Xero: Not answering properly, tried again at \d\d:\d\d\. Details of the connection')
PORTS = (8742, 18742, 28742)

GONE = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'sandbox-gone')  # while it is there, no sandbox starts
NOBODY = 'http://localhost:9'  # where none listens
STAND_IN = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'countersign-sandbox')
SANDBOX = f"""#!/bin/sh
while [ -e '{GONE}' ]; do sleep 0.1; done
exec '{os.environ['COUNTERSIGN_SANDBOX']}' "$@"
"""

steps = Steps('wrong-turns')
step = steps.step
walk = Turns('wrong-turns')


begin, page, back, look, press_row = walk.begin, walk.page, walk.back, walk.keep, walk.press_row


def wrong_answer(kind, path, title, name, buttons=('Cancel', 'Back', 'Try again'), seconds=0):
    walk.sandbox.fault(kind, path, seconds=seconds)
    walk.browser.will('allow')
    begin()
    page(title, name, *buttons)
    back()


def start(*args):
    steps.app = walk.start(*args, COUNTERSIGN_SANDBOX=STAND_IN)


@step('a demo practice')
def _():
    with open(STAND_IN, 'w', encoding='utf-8') as file:
        file.write(SANDBOX)
    os.chmod(STAND_IN, 0o700)
    start()
    walk.first_run()
    walk.explore_demo()


@step('refused')
def _():
    walk.browser.will('cancel')
    begin()
    page('Xero was told no', 'refused', 'Cancel', 'Back', 'Try again')
    back()


@step('no organisation is shared: it is taken back before the browser comes back')
def _():
    answered = sum(one['did'] == 'allow' for one in walk.browser.visits())
    walk.browser.will('allow', held='callback')
    begin()
    walk.browser.wait_visit('allow', answered + 1)
    walk.sandbox.post('/sandbox/tokens', {'action': 'revoke'})
    walk.browser.release()
    page('No organisation was shared', 'no-organisation', 'Cancel', 'Back', 'Try again')
    back()
    walk.health('Not connected')


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
    look('what-if', moves=True)
    app.click('button', 'Cancel')
    app.says('^What you need$')


@step('Escape while the browser is waited for closes the wizard, and the port with it')
def _():
    app = walk.app
    begin()
    app.says('^Sign in to Xero in your browser')
    assert not can_bind(PORTS[0]), 'nobody listens'
    app.key('Escape')
    app.gone('dialog', 'Connect Xero')
    wait_until('the port to be free', lambda: can_bind(PORTS[0]))
    walk.health('Not connected')


@step('a second sign-in while one is open: that one is shown, as it stands')
def _():
    app = walk.app
    begin()
    app.says('^Sign in to Xero in your browser')
    app.click('button', 'Connect…')  # behind the wizard, where a screen reader still finds it
    still_waiting()
    app.key('F1')  # W-07
    app.click('button', 'Connect to Xero…', within=app.find('dialog', 'Help'))
    app.gone('dialog', 'Help')
    still_waiting()
    app.menu('Main menu', 'Practice Manager…')  # lies over it
    press_row('Connect Practice Manager…')
    app.gone('dialog', 'Preferences')
    still_waiting()
    assert not app.peek('dialog', 'Connect Practice Manager'), 'two wizards'
    app.key('Escape')
    app.gone('dialog', 'Connect Xero')
    wait_until('the port to be free', lambda: can_bind(PORTS[0]))


def still_waiting():
    """One wizard, on top of all: what it shows is what the keyboard meets."""
    app = walk.app
    app.says('^Sign in to Xero in your browser')
    assert len(app.all('dialog', 'Connect Xero')) == 1, 'two wizards'
    assert not can_bind(PORTS[0]), 'nobody listens'


def take(port):
    """The port, held; None: somebody has it."""
    other = socket.socket(socket.AF_INET6)
    other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        other.bind(('::', port))
        other.listen()
        return other
    except OSError:
        other.close()
        return None


def can_bind(port):
    other = take(port)
    if other:
        other.close()
    return other is not None


@step('ports taken')
def _():
    taken = [wait_until(f'port {port}', lambda port=port: take(port)) for port in PORTS]
    begin()
    page('Another program is in the way', 'ports-taken', 'Try again')
    for other in taken:
        other.close()
    back()


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
    app.find('button', 'Use this organisation')


@step('another program holds the practice’s file: nothing is changed, and the choice can be made again')
def _():
    app = walk.app
    other = sqlite3.connect(app.practice_file(), isolation_level=None)
    other.execute('BEGIN IMMEDIATE')
    app.click('button', 'Use this organisation')
    page('Connecting didn’t work', 'other', 'Choose again', 'Try again', 'Cancel', 'Back')
    other.execute('ROLLBACK')
    other.close()
    app.click('button', 'Choose again')
    app.find('button', 'Use this organisation')


@step('Back from the choice leads to the first page, and nothing is kept')
def _():
    walk.keep('choice')
    back()
    assert walk.sandbox.state()['tokens']['connections'] <= 1
    walk.health('Not connected')


@step('the first reading breaks off: connected all the same, and read again from there')
def _():
    app = walk.app
    walk.sandbox.fault('503', INVOICES, count=1000)
    walk.browser.will('allow')
    begin()
    app.click('button', 'Use this organisation', seconds=20)
    page('Connected, but not read yet', 'first-reading', 'Read again', 'Cancel')
    assert not app.peek('button', 'Back'), 'there is nothing to go back from'
    walk.sandbox.clear_faults()
    app.click('button', 'Read again')
    app.find('button', 'Done', seconds=90)
    look('done')
    app.click('button', 'Done')
    app.gone('dialog', 'Connect Xero')
    walk.health('Connected, ')


@step('B-21: the health of the connection, and a refresh by hand')
def _():
    app = walk.app
    app.click('button', re.compile('Details of the connection'))
    app.find('dialog', 'Connection to Xero')
    for words in ('Kauri & Co Accountants.*NZ, NZD', '^Signed in as$', '^Last read$', '^Last renewed$',
                  r'^60 days? left|, (59|60) days left', r'^\d+ left$', 'Invoices: read and write', 'Payments: read only'):
        app.says(words)
    look('health')
    before = refreshes()
    press_row('Renew and read now')
    wait_until('a refresh', lambda: refreshes() == before + 1)
    for button in ('Sign in again…', 'Disconnect…'):
        app.find('button', button)
    app.key('Escape')
    app.gone('dialog', 'Connection to Xero')


def refreshes():
    return sum(one['path'] == TOKEN for one in walk.sandbox.requests())


def choose_again():
    """On the page to choose from, with the organisation that is linked marked as such, to the end."""
    app = walk.app
    app.says('^New Zealand, NZD\nThis practice was connected to it before$', seconds=20)
    look('linked-before')
    app.click('button', 'Use this organisation')
    app.find('button', 'Done', seconds=90)
    app.click('button', 'Done')
    app.gone('dialog', 'Connect Xero')
    walk.health('Connected, ')


@step('X-14: signing in again marks the organisation that is linked')
def _():
    app = walk.app
    walk.browser.will('allow')
    app.click('button', re.compile('Details of the connection'))
    press_row('Sign in again…')
    app.find('dialog', 'Connect Xero')
    app.click('button', 'Open browser')
    choose_again()


def link_somebody():
    """A proposal for somebody whom Xero knows already: that makes the link [C-02]."""
    app = walk.app
    app.key('ctrl+n')
    dialog = app.find('dialog', 'Who is it for?')
    row = app.find('list item', re.compile('^Aoraki Helicopters Ltd'), within=app.find('list', 'Clients and contacts'), seconds=20)
    app.open_row(row)
    app.gone('dialog', 'Who is it for?')
    app.find('text', 'Title')


@step('U-23: another organisation of the login is refused while something is linked, and both are named')
def _():
    app = walk.app
    link_somebody()
    walk.browser.will('allow', 'Harbour Trading')
    app.click('button', re.compile('Details of the connection'))
    press_row('Sign in again…')
    app.click('button', 'Open browser')
    app.says('^New Zealand, NZD\nThis practice was connected to it before$', seconds=20)
    app.says('^Australia, AUD$')
    app.open_row(app.find('list item', re.compile('^Harbour Trading')))
    look('several-organisations')
    app.click('button', 'Use this organisation')
    page('That is another organisation', 'other-organisation', 'Choose again', 'Sign in as somebody else')
    app.says('Kauri & Co Accountants.*Harbour Trading')
    app.click('button', 'Cancel')
    app.gone('dialog', 'Connect Xero')


def links():
    """What is linked to which record at Xero, by the practice's own file."""
    store = sqlite3.connect(f'file:{walk.app.practice_file()}?mode=ro', uri=True)
    found = sorted(store.execute('SELECT kind, local_id, connection_id, remote_id FROM link').fetchall())
    store.close()
    return found


@step('X-14: disconnected and connected again, what was linked is linked still')
def _():
    app = walk.app
    before = links()
    assert before, 'nothing is linked'
    walk.disconnect()
    walk.health('Disconnected')
    walk.browser.will('allow')
    begin()
    choose_again()
    assert links() == before
    walk.go('Clients')
    app.open_row(app.find('list item', re.compile('^Aoraki Helicopters Ltd')))
    app.says('^Linked to a contact in Xero$')


@step('Xero is out of reach: the sidebar says Offline, and tries again')
def _():
    app = walk.app
    open(GONE, 'w', encoding='utf-8').close()
    walk.sandbox.kill(app)
    app.key('ctrl+r')
    walk.health('Offline')
    look('sidebar-offline')
    os.unlink(GONE)
    walk.renew_sandbox()
    app.click('button', 'Try again')
    walk.health('Connected, ')


@step('R-04: Xero answers, but not properly: one stumble is not told, what lasts is, apart from Offline')
def _():
    app = walk.app
    walk.sandbox.fault('503', INVOICES)
    app.key('ctrl+r')
    walk.health('Connected, just now')
    walk.sandbox.fault('503', '/api.xro/2.0', count=1000)
    app.key('ctrl+r')
    app.find('button', UNWELL, seconds=60)
    assert not app.peek('button', re.compile('^Xero: Offline')), 'it is not the network'
    look('sidebar-unwell')
    app.click('button', re.compile('Details of the connection'))
    app.says('^Xero can be reached, but isn’t answering properly')
    look('unwell')
    app.key('Escape')
    app.gone('dialog', 'Connection to Xero')
    walk.sandbox.clear_faults()
    app.click('button', 'Try again')
    walk.health('Connected, just now')


@step('the keyring is locked: the sidebar says so, and unlocks it')
def _():
    app = walk.app
    walk.lock_keyring()
    app.click('button', re.compile('Details of the connection'))
    press_row('Renew and read now')
    walk.answer_keyring()
    app.key('Escape')
    app.gone('dialog', 'Connection to Xero')
    walk.health('Keyring is locked')
    look('sidebar-locked')
    app.click('button', 'Unlock')
    walk.answer_keyring(os.environ['SESSION_KEYRING'])
    walk.health('Connected, just now')  # and so has read since


@step('U-22: nobody could renew the permission for 50 days: warned ten days before its end')
def _():
    walk.quit()
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=51)
    start('--demo', '--sandbox', NOBODY, '--now', later.strftime('%Y-%m-%dT%H:%M:%SZ'))
    app = walk.app
    walk.health('Sign in again before ')
    look('old-permission-sidebar')
    app.click('button', re.compile('Details of the connection'))
    app.says('^The permission was not renewed for 50 days. Sign in again before ')
    app.says(', (8|9) days left$')
    look('old-permission')
    app.key('Escape')
    app.gone('dialog', 'Connection to Xero')


@step('a lost permission is told apart from a broken network')
def _():
    walk.quit()
    start()
    walk.renew_sandbox()
    app = walk.app
    walk.health('Connected, ')
    walk.sandbox.post('/sandbox/tokens', {'action': 'revoke'})
    app.click('button', re.compile('Details of the connection'))
    press_row('Renew and read now')
    app.says('^Xero has ended the permission: sign in again')
    look('lost-permission')
    app.key('Escape')
    app.find('button', 'Sign in…')
    walk.health('Sign in needed')


@step('the keyring stays locked: its question is closed')
def _():
    app = walk.app
    walk.lock_keyring()
    app.click('button', 'Sign in…')
    app.click('button', 'Open browser')
    app.says('^Asking your keyring…$')
    walk.keyring_asks()
    look('keyring-asked', moves=True)
    walk.answer_keyring()
    page('The keyring stayed locked', 'keyring-locked', 'Try again')
    app.click('button', 'Cancel')
    app.gone('dialog', 'Connect Xero')


@step('the program ends without a complaint')
def _():
    # The keyring may ask once more, for what runs by itself: its question has the keyboard until it is closed.
    def ended():
        walk.app.focus_window()  # the question that was closed had the focus
        subprocess.run(['xdotool', 'key', 'Escape', 'ctrl+q'], check=False)
        time.sleep(0.3)
        return not walk.app.running()
    wait_until('the program to end', ended, 20)
    assert walk.app.process.returncode == 0, walk.app.process.returncode
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
