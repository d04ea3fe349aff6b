#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Practice Manager as a person meets it: connecting with the privilege missing and what mends it [W-01 to W-06], another
practice than before [U-23] and the same one again [X-14], its clients made into leads [K-2], a namesake linked anew and back [X-15, X-16, X-17], and a refresh that brings what was changed there
[X-12]."""

import re
import sys

from driver import Steps, has, wait_until
from wrong_turns import Turns

steps = Steps('practice-manager')
step = steps.step
walk = Turns('practice-manager')
PRIVILEGE = '/sandbox/practice/privilege'
CLIENTS = '/sandbox/practice/clients'
NAMESAKE = 'Ngaio Plumbing'
WAS_CONNECTED = re.compile('This practice was connected to it before$')
made = {}


def enter(name, **elements):
    """Somebody enters a client there: its unique id."""
    return walk.sandbox.post(CLIENTS, {'Name': name, **elements})['id']


def number_of(client):
    """What stands in its address there."""
    return walk.sandbox.get(CLIENTS + '/' + client)['web_number']


def practices():
    """Two stand beside each other in the sandbox; a person without the privilege has it in neither."""
    return [one['id'] for one in walk.sandbox.get('/sandbox/practice')['practices']]


press_row = walk.press_row


def open_practice_manager():
    walk.app.menu('Main menu', 'Practice Manager…')
    return walk.app.find('dialog', 'Preferences')


@step('a demo practice, and somebody without the privilege')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    for practice in practices():
        walk.sandbox.post(PRIVILEGE, {'privilege': 'missing', 'practice': practice})
    walk.browser.will('allow')
    open_practice_manager()
    press_row('Connect Practice Manager…')
    walk.app.find('dialog', 'Connect Practice Manager')
    walk.app.says('Authorise 3rd Party Full Access')
    walk.app.says('^At the bottom of the staff record$')  # W-01: what the two drawings show
    walk.app.says('^Newer screens: among the permissions$')
    walk.keep('what-you-need')
    walk.app.click('button', 'Open browser')
    walk.browser.wait_visit('lost')
    walk.app.open_row(walk.app.find('list item', re.compile('^What if the page says')))
    walk.app.says('You don’t have access to connect any Xero Practice Manager accounts')
    walk.app.says('untick it, save, tick it again')
    walk.keep('what-if', moves=True)


@step('no practice is shared: it is taken back before the browser comes back')
def _():
    app = walk.app
    for practice in practices():
        walk.sandbox.post(PRIVILEGE, {'press': 'tick', 'practice': practice})
    walk.browser.will('allow', held='callback')
    app.click('button', 'Open browser again')
    walk.browser.wait_visit('allow')
    walk.sandbox.post('/sandbox/tokens', {'action': 'revoke'})
    walk.browser.release()
    walk.page('No practice was shared', 'no-practice', 'Cancel', 'Back', 'Try again')


@step('W-04 to W-06: the privilege is gone after the consent: what to do, and Xero’s own words to keep')
def _():
    app = walk.app
    walk.browser.will('allow')
    app.click('button', 'Try again')
    app.find('button', 'Use this practice', seconds=30)
    walk.sandbox.post(PRIVILEGE, {'privilege': 'missing', 'practice': practices()[0]})
    app.click('button', 'Use this practice')
    walk.page('Practice Manager doesn’t let you', 'no-privilege', 'Copy what was said', 'Choose again',
              'Sign in as somebody else', 'Cancel', 'Back')
    app.says('untick it, save, tick it again')
    app.says('show it to Xero’s support')


@step('W-04: ticked, the practice is chosen again, and is connected')
def _():
    app = walk.app
    walk.sandbox.post(PRIVILEGE, {'press': 'tick', 'practice': practices()[0]})
    app.click('button', 'Choose again')
    app.click('button', 'Use this practice', seconds=30)
    app.find('button', 'Done', seconds=90)
    app.says('^Connected to Practice Manager$')
    app.open_row(app.find('list item', 'Choose how clients travel'))
    app.find('dialog', 'Preferences')
    app.says('^Changes travel$')


@step('K-2: clients that are only there become leads, after a look at them')
def _():
    app = walk.app
    app.says(r'^\d+ clients are only there$')
    app.click('button', 'Look at them…')
    app.find('list', 'Clients that are only there')
    walk.keep('only-there')
    app.open_row(app.find('list item', 'Bluff Oyster Company'))
    wait_until('no tick', lambda: not has(app.find('check box', 'Bluff Oyster Company'), 'checked'))
    app.write('Search clients that are only there', 'Bluff')
    app.gone('button', re.compile(r'^Make \d+ lead'))  # nor of those that the search hides
    app.write('Search clients that are only there', '')
    app.click('button', re.compile(r'^Make \d+ leads$'))
    app.says('^1 client was left out: Xero takes')
    app.write('Search clients that are only there', 'R&D')
    wait_until('that one alone', lambda: len(app.all('button', 'Leave out')) == 1)
    app.click('button', 'Leave out')
    app.gone('button', 'Leave out')
    app.click('button', 'Undo')
    app.find('button', 'Leave out')
    app.click('button', 'Back')
    app.says('^2 clients are only there$')
    app.click('button', 'Close', within=app.find('dialog', 'Preferences'))
    app.gone('dialog', 'Preferences')


def offered(linked):
    """The practice that is marked as linked, or another one, among those to choose from."""
    rows = walk.app.all('list item', within=walk.app.find('list', 'Practices'))
    return next(row for row in rows if bool(walk.app.peek('label', WAS_CONNECTED, row)) == linked)


@step('U-23, X-14: another practice is refused while clients are linked, the one before is linked again')
def _():
    app = walk.app
    walk.browser.will('allow', practices()[1])
    open_practice_manager()
    press_row('Link again…')
    app.click('button', 'Open browser')
    app.find('button', 'Use this practice', seconds=30)
    app.open_row(offered(linked=False))
    walk.keep('several-practices')
    app.click('button', 'Use this practice')
    walk.page('That is another practice', 'other-practice', 'Choose again', 'Sign in as somebody else', 'Cancel', 'Back')
    app.click('button', 'Choose again')
    app.open_row(offered(linked=True))
    app.click('button', 'Use this practice')
    app.click('button', 'Done', seconds=90)
    app.gone('dialog', 'Connect Practice Manager')


@step('X-12: a refresh brings what was entered there')
def _():
    app = walk.app
    made['first'] = enter(NAMESAKE, Email='one@ngaio.example')
    made['second'] = enter(NAMESAKE, Email='two@ngaio.example')
    app.menu('More ways to sync', 'Refresh from Practice Manager')
    app.says('^Read what changed in Practice Manager$')
    walk.go('Proposals')
    app.key('ctrl+n')
    dialog = app.find('dialog', 'Who is it for?')
    app.write('Search clients and contacts', NAMESAKE, within=dialog)
    app.find('list item', re.compile(made['second'][:8]), within=dialog)
    row = app.find('list item', re.compile(made['first'][:8]), within=dialog)
    app.open_row(row)
    app.gone('dialog', 'Who is it for?')


@step('X-15, X-16: the namesake is told apart by its id, linked anew, and back')
def _():
    app = walk.app
    walk.go('Clients')
    app.open_row(app.find('list item', re.compile(NAMESAKE)))
    app.says('Unique id ' + made['first'])
    app.click('button', 'Change…')
    dialog = app.find('dialog', 'Which client there?')
    app.says(made['first'], within=dialog)
    app.write('Search clients of Practice Manager', made['second'], within=dialog)
    app.gone('label', re.compile(made['first']), within=dialog)
    app.says(made['second'], within=dialog)
    app.open_row(app.find('list item', NAMESAKE, within=dialog))
    app.gone('dialog', 'Which client there?')
    app.click('button', 'Undo')
    app.says('Unique id ' + made['first'])


@step('X-17: a client that is not linked at all is found by the address that is pasted for it')
def _():
    app = walk.app
    address = 'https://practicemanager.xero.com/Client/%s/Detail' % number_of(made['second'])
    walk.go('Clients')
    app.key('ctrl+n')
    dialog = app.find('dialog', 'New client')
    app.write('Name of the business or person', 'The Ngaio Trust', within=dialog)
    app.click('button', 'Create client', within=dialog)
    app.gone('dialog', 'New client')
    app.says('^Not linked yet$')
    app.click('button', 'Link…')
    dialog = app.find('dialog', 'Which client there?')
    app.write('Search clients of Practice Manager', '999999999', within=dialog)
    app.says('has the number 999999999', within=dialog, seconds=30)
    app.write('Search clients of Practice Manager', address, within=dialog)
    app.says(made['second'], within=dialog, seconds=30)
    app.says('XPM ID %s' % number_of(made['second']), within=dialog)
    app.open_row(app.find('list item', NAMESAKE, within=dialog))
    app.gone('dialog', 'Which client there?')
    app.says('Unique id ' + made['second'])


@step('the end')
def _():
    walk.quit()


sys.exit(steps.run())
