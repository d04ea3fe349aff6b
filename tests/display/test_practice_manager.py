#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Practice Manager from end to end, as a person meets it: connecting with the privilege missing and what mends it [W-01 to
W-06], how clients travel [W-03, X-05], its clients made into leads [K-2], another practice than before [U-23] and the same one
again [X-14], a contact of Xero that may be somebody there [K-3, X-08], services linked to templates and the team to the staff,
a proposal for three services whose jobs and invoice bear one number [U-24], a namesake linked anew and back [X-15, X-16, X-17],
and a refresh that brings what was changed there [X-12]."""

import re
import sys

from driver import Missing, Steps, has, name, wait_until
from practice_manager import CLIENTS, Practice
from wrong_turns import Turns


class Whole(Practice, Turns):
    pass


steps = Steps('practice-manager')
step = steps.step
walk = Whole('practice-manager')
PRIVILEGE = '/sandbox/practice/privilege'
NAMESAKE = 'Ngaio Plumbing'
TRUST = 'Ngā Kōwhai Trust'
OURS, THEIRS = 'ours@kowhai.example', 'theirs@kowhai.example'
OTHER = 'Zephyr Wind Instruments Ltd'
SERVICES = (('Annual accounts 2027', 'Annual Accounts'), ('Monthly bookkeeping', 'Monthly Bookkeeping'), ('BAS', 'GST Return'))
WAS_CONNECTED = re.compile('This practice was connected to it before$')
made = {}


def number_of(client):
    """What stands in its address there."""
    return walk.sandbox.get(CLIENTS + '/' + client)['web_number']


def practices():
    """Two stand beside each other in the sandbox; a person without the privilege has it in neither."""
    return [one['id'] for one in walk.there()['practices']]


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


@step('W-05: the box is ticked already and does nothing: ticked once more it still does not, unticked and ticked anew it does')
def _():
    app = walk.app
    for practice in practices():
        walk.sandbox.post(PRIVILEGE, {'privilege': 'ticked', 'practice': practice})
        walk.sandbox.post(PRIVILEGE, {'press': 'tick', 'practice': practice})
    app.click('button', 'Open browser again')
    walk.browser.wait_visit('lost', 2)
    app.says('untick it, save, tick it again')
    for practice in practices():
        walk.sandbox.post(PRIVILEGE, {'press': 'untick', 'practice': practice})


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


@step('W-02 to W-05, X-05: ticked, the practice is chosen again and allowed, and leads to how clients travel')
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


def pick(text):
    """Somebody or something in the list of whom a proposal can be for."""
    app = walk.app
    walk.go('Proposals')
    app.key('ctrl+n')
    dialog = app.find('dialog', 'Who is it for?')
    app.write('Search clients and contacts', text, within=dialog)
    return dialog


def open_client(who):
    """The list is long: what is far down in it has no row before it is searched for."""
    app = walk.app
    walk.go('Clients')
    app.write('Search name, number or e-mail', who)

    def found():
        rows = app.all('list item', within=app.find('list', 'Clients'))
        return rows and all(name(row).startswith(who) for row in rows) and rows[0]
    app.open_row(wait_until(f'{who} alone', found))
    app.write('Search name, number or e-mail', '')


def press_until_gone(button):
    """What is read meanwhile may put another button in the place of the one that is just pressed, which then tells nobody."""
    for _ in range(3):
        walk.app.click('button', button)
        try:
            walk.app.gone('button', button, seconds=4)
            return
        except Missing:
            continue
    raise Missing(f'{button!r} stays, however often it is pressed')


def unique_id():
    """Of the client there that the one on screen is linked to; None: none."""
    said = [one for one in walk.app.texts() if one.startswith('Unique id ')]
    return said[0].split()[-1] if said else None


@step('X-08: contacts of Xero can’t be imported beside Practice Manager, until an administrator allows it')
def _():
    app = walk.app
    walk.connect()
    made['trust'] = walk.enter(TRUST, Email='office@kowhai.example')
    walk.refresh_work()
    dialog = pick('Ngā Kōwhai')
    app.find('list item', re.compile(made['trust'][:8] + '|Practice Manager'), within=dialog)
    assert not app.peek('list item', re.compile('Contact in Xero'), within=dialog), 'a contact of Xero is offered'
    app.key('Escape')
    app.gone('dialog', 'Who is it for?')
    walk.open_preferences()
    app.set_switch('Allow contacts of Xero, too', True)
    walk.close_preferences()


@step('K-3: allowed, a contact that may be somebody there is asked about first; the one that is chosen is its link')
def _():
    app = walk.app
    dialog = pick('Ngā Kōwhai')
    app.open_row(app.find('list item', re.compile('Contact in Xero'), within=dialog))
    dialog = app.find('dialog', 'Is it one of these?')
    assert not app.peek('dialog', 'Who is it for?'), 'two dialogs'
    app.says('The same name', within=dialog)
    app.says(made['trust'], within=dialog)
    app.open_row(app.find('list item', re.compile(TRUST), within=app.find('list', 'Clients of Practice Manager that it may be')))
    app.gone('dialog', 'Is it one of these?')
    app.write('Title', 'Accounts 2027')
    open_client(TRUST)
    app.says('Unique id ' + made['trust'])
    app.find('list item', re.compile(f'^{TRUST}, Xero ✓'), within=app.find('list', 'Clients'))


@step('K-3: what is none of them becomes a client of its own, linked to nobody there')
def _():
    app = walk.app
    walk.enter(OTHER.replace('Ltd', 'Limited'), Email='office@zephyr.example')
    walk.refresh_work()
    dialog = pick(OTHER)
    app.open_row(app.find('list item', re.compile('Contact in Xero'), within=dialog))
    app.find('dialog', 'Is it one of these?')
    app.click('button', 'None of these: a new client')
    app.gone('dialog', 'Is it one of these?')
    open_client(OTHER)
    app.says('^Not linked yet$')
    assert unique_id() is None


@step('J-02, J-03, P-08: a proposal for three services, each linked to a job template, and the team to the staff')
def _():
    app = walk.app
    walk.sandbox.post('/sandbox/assumptions', {'granular-scopes-list-templates': True})
    walk.refresh_work()
    walk.preferences('How jobs are made')
    app.choose(app.find('combo box', 'Make'), 'One job for each service')
    app.write('Name of the job', '{service}')
    walk.close_preferences()
    walk.preferences('Team')
    walk.add_member('Mia', 'mia@kauri.example', 'Manages it')
    app.click('button', 'Link by e-mail')
    app.says('In Practice Manager: Mia Tamihana', within=app.find('list', 'Team'))
    walk.close_preferences()
    walk.create_proposal(TRUST)
    walk.add_service('Add upfront service', 'BAS', '1', '150')
    for service, template in SERVICES:
        walk.link_template(service, template)
    app.says('Staff: .*Mia Tamihana', within=app.find('list', 'Jobs that this will make'))


@step('J-01, J-04, U-24: accepted, its three jobs are there, and its invoice has their order number for a reference')
def _():
    app = walk.app
    before = walk.there()
    app.click('button', 'Mark as accepted…')
    dialog = app.find('dialog', 'Mark as accepted')
    app.write('Who accepted', 'Aroha Nguyen', within=dialog)
    app.click('button', 'Mark as accepted', within=dialog)
    app.gone('dialog', 'Mark as accepted')
    walk.send_now()
    wait_until('three jobs there', lambda: len(walk.there()['created_jobs']) == 3, 60)
    wait_until('the invoice to be there', lambda: walk.sandbox.state()['created_invoices'], 60)
    walk.go('Jobs')
    app.says('^Live 3$', seconds=60)
    after = walk.there()
    assert after['jobs'] == before['jobs'] + 3, after['jobs']
    assert after['tasks'] > before['tasks'] and after['assignments'] > before['assignments']
    assert {job['client_id'] for job in after['created_jobs']} == {made['trust']}
    numbers = {job['order_number'] for job in after['created_jobs']}
    assert len(numbers) == 1, numbers
    assert {one['reference'] for one in walk.sandbox.state()['created_invoices']} == numbers


@step('K-1, X-03: both ways, what both sides changed stands side by side and is overwritten on neither; what is chosen is on both')
def _():
    app = walk.app
    walk.preferences_travel('Both ways')
    open_client(TRUST)
    walk.sandbox.post(f'{CLIENTS}/{made["trust"]}/edit', {'Email': THEIRS})
    app.click('button', 'Edit client')
    dialog = app.find('dialog', 'Edit client')
    app.write('E-mail', OURS, within=dialog)
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit client')
    walk.refresh_work()
    app.says(f'Here: {re.escape(OURS)}\nThere: {re.escape(THEIRS)}', seconds=30)
    assert walk.sandbox.get(f'{CLIENTS}/{made["trust"]}')['email'] == THEIRS
    app.find('button', 'Take theirs')
    press_until_gone('Keep ours')
    wait_until('ours to be there', lambda: walk.sandbox.get(f'{CLIENTS}/{made["trust"]}')['email'] == OURS, 30)
    assert walk.there()['tax_writes'] == 0, 'a tax number was written [X-10]'


@step('X-12: a refresh brings what was entered there')
def _():
    app = walk.app
    made['first'] = walk.enter(NAMESAKE, Email='one@ngaio.example')
    made['second'] = walk.enter(NAMESAKE, Email='two@ngaio.example')
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
    open_client(NAMESAKE)
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


@step('X-17: the number of somebody who is called otherwise is looked for among all there, once that is said')
def _():
    app = walk.app
    other = walk.enter('Zig Zag Haulage')
    walk.refresh_work()
    open_client('The Ngaio Trust')
    app.click('button', 'Change…')
    dialog = app.find('dialog', 'Which client there?')
    app.write('Search clients of Practice Manager', str(number_of(other)), within=dialog)
    app.says('has the number %s' % number_of(other), within=dialog, seconds=30)
    app.click('button', 'Look at all the others there', within=dialog)
    app.says(other, within=dialog, seconds=90)
    app.open_row(app.find('list item', 'Zig Zag Haulage', within=dialog))
    app.gone('dialog', 'Which client there?')
    app.says('Unique id ' + other)


@step('X-12: a refresh brings that a job was completed there')
def _():
    number = walk.there()['created_jobs'][0]['number']
    walk.sandbox.post(f'/sandbox/practice/jobs/{number}/edit', {'state': 'COMPLETED'})
    walk.refresh_work()
    walk.go('Jobs')
    walk.app.says('^Completed 1$', seconds=30)
    walk.app.says('^Live 2$')


@step('B-21: what each of the two services allows, and what of it was used')
def _():
    app = walk.app
    walk.go('Activity')
    app.click(('toggle button', 'button', 'menu button'), 'Xero’s allowance of calls')
    app.says('^Calls that Practice Manager allows$')
    app.says('^Calls that Xero allows$')
    app.says(r'^\d+ of 60 used$')
    app.key('Escape')


@step('the end')
def _():
    walk.quit()


sys.exit(steps.run())
