#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Activity page as a person uses it: what needs them is a card whose button settles it [R-04], sending and reading
are three different buttons [K-15], a long reading tells how far it is and can be stopped, each call can be looked up,
the allowance can be read [B-21], and a support bundle tells nothing of anybody."""

import json
import re
import sys

from driver import Steps, called, has, name, text, wait_until
from first_light import CLIENT, EMAIL, FIRST, Walk

INVOICES = '/api.xro/2.0/Invoices'

steps = Steps('activity')
step = steps.step
walk = Walk()


def focused():
    """What the row, or the button, says that has the keyboard; '': nothing has."""
    found = walk.app.focused()
    return called(found) if found else ''


def badge():
    return name(walk.app.find('list item', re.compile('^Activity'), walk.app.find('list', 'Pages')))


@step('a client that is in Xero')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.create_client()
    walk.create_proposal()
    walk.accept()


def keep_back():
    """The invoice that is held."""
    app = walk.app
    walk.go('Activity')
    app.go_to_row(app.find('list item', re.compile('^Invoice CS-0001'), within=app.find('list', 'Activity')))
    app.key('Return')
    app.click('button', 'Don’t send')
    app.says('^Invoice CS-0001 won’t be sent$')


@step('an invoice that is kept from being sent while it is held is put back by Undo')
def _():
    app = walk.app
    keep_back()
    app.click('button', 'Undo', within=app.find('alert', ''))
    app.says('^It is held again, and goes after that$')
    app.find('list item', re.compile('^Invoice CS-0001.*Held'), within=app.find('list', 'Activity'))


@step('while it is kept back its proposal says why all of it can’t be undone; sent after all, it can')
def _():
    app = walk.app
    keep_back()
    walk.open_proposal()
    app.says('^What was kept from being sent can’t be undone with the rest')
    held = app.find(None, 'Held')
    assert not has(app.find('button', 'Undo', within=held), 'sensitive')
    app.click('button', 'Send after all')
    wait_until('Undo to be there again', lambda: has(app.find('button', 'Undo', within=held), 'sensitive'))
    assert not [one for one in app.texts(held) if 'can’t be undone' in one], app.texts(held)


@step('whoever is in the row of an invoice stays there while it is sent')
def _():
    app = walk.app
    app.go_to_row(app.find('list item', re.compile('^Invoice CS-0001'), within=app.find('list', 'To Xero')))
    walk.wait_invoice()
    assert re.search('^Invoice CS-0001.*Sent', focused()), focused()


@step('the next invoice is refused: a card says what, in Xero’s own words, and what to do')
def _():
    app = walk.app
    walk.have_invoice_refused()
    assert re.search('1 thing needs you', badge()), badge()
    app.says('^Needs you$', within=app.find('list', 'Activity'))
    app.says('^Xero says: “')
    app.says(f'^NZD.{FIRST}.00$')
    for button in ('Try again', 'Open contact in Xero', 'Don’t send'):
        app.find('button', button)


@step('the filter shows what is asked for')
def _():
    app = walk.app
    rows = app.find('list', 'Activity')
    app.click(('radio button', 'toggle button'), 'Done')
    wait_until('what is done alone', lambda: not walk.card() and app.peek('list item', re.compile('Sent|Linked'), rows))
    app.click(('radio button', 'toggle button'), 'Needs you')
    wait_until('the card alone', lambda: walk.card() and not app.peek('list item', re.compile('Sent|Linked'), rows))
    app.click(('radio button', 'toggle button'), 'All')


@step('what is kept from being sent can go after all, from its proposal')
def _():
    app = walk.app
    app.click('button', 'Don’t send')
    wait_until('the card to go', lambda: not walk.card(), 30)
    app.open_row(app.find('list item', re.compile('^Invoice .*Cancelled'), within=app.find('list', 'Activity')))
    app.says('^Was not sent. “Send after all”, on its proposal, lets it go')
    walk.go('Proposals')
    app.open_row(app.find('list item', re.compile('PROP-0002'), within=app.find('list', 'Proposals')))
    app.focus(app.find('button', 'Send after all', within=app.find('list', 'To Xero')))
    app.key('Return')
    app.gone('button', 'Send after all')
    wait_until('the keyboard to be on its row', lambda: focused().startswith('Invoice CS-0002'))
    app.go_to_row(app.find('list item', re.compile('planned so far'), within=app.find('list', 'Planned')))
    walk.send_now()
    app.says('^Blocked$', seconds=30, within=app.find('list', 'To Xero'))
    assert focused().startswith('Monthly from'), focused()
    walk.go('Activity')
    wait_until('it to be refused again, as the contact is archived still', walk.card, 30)
    assert len(walk.sandbox.state()['created_invoices']) == 1


@step('R-04: its button settles it, and the card goes by itself')
def _():
    app = walk.app
    contact = walk.sandbox.state()['created_contacts'][0]['id']
    walk.sandbox.post(f'/sandbox/contacts/{contact}/restore')
    app.click('button', 'Try again')
    wait_until('the card to go', lambda: not walk.card(), 30)
    wait_until('the badge to go', lambda: 'needs you' not in badge())
    assert len(walk.sandbox.state()['created_invoices']) == 2
    wait_until('both invoices to be sent',
               lambda: len(app.all('list item', re.compile(f'^Invoice.*Sent.*{re.escape(CLIENT)}'))) == 2)
    wait_until('one group of what is done', lambda: [called(one) for one in app.all('row header')] == ['Done 3'])


@step('an operation tells its calls')
def _():
    app = walk.app
    app.open_row(app.find('list item', re.compile('^Invoice'), app.find('list', 'Activity')))
    app.says('^[23] calls? to Xero$')


@step('K-15: three buttons, and each says what it does')
def _():
    app = walk.app
    for button, does in (('Push now', 'Nothing is read'), ('Refresh from Xero', 'Nothing is sent'), ('Sync now', 'Both')):
        said = [one.get_description() or '' for one in app.all('button', button)]
        assert any(does in words for words in said), (button, said)


@step('a long reading tells how far it is, and stops when it is told to')
def _():
    app = walk.app
    walk.sandbox.fault('delay', INVOICES, 'GET', seconds=30)
    before = reads()

    def is_delayed():
        if not app.peek('progress bar', 'Reading from Xero'):  # or what read by itself has passed the invoices already
            app.click('button', 'Refresh from Xero')
        return reads() > before
    wait_until('a reading that does not end', is_delayed)
    app.find('progress bar', 'Reading from Xero')
    app.says('records? read|Checking|Reading accounts')
    walk.look('activity-reading')
    app.click('button', 'Cancel')
    app.gone('progress bar', 'Reading from Xero')
    walk.sandbox.clear_faults()


def reads(status=None):
    return sum(one['method'] == 'GET' and one['path'] == INVOICES and status in (None, one['status'])
               for one in walk.sandbox.requests())


@step('each call is listed by its route, and nobody’s name is in it')
def _():
    app = walk.app
    walk.sandbox.fault('503', INVOICES, 'GET')

    def is_refused():  # the call that was given up may still be answered meanwhile
        if not app.peek('progress bar', 'Reading from Xero'):
            app.click('button', 'Refresh from Xero')
        return reads(503) > 0
    wait_until('a reading that meets an error', is_refused, 30)
    app.gone('progress bar', 'Reading from Xero', seconds=30)
    app.menu('More about the activity', 'Calls to Xero')
    calls = app.find('list', 'Calls')
    app.find('list item', re.compile(r'^Read payments, Answered, GET /Payments, \d+ ms · [\d.]+.(bytes|kB)$'), calls)
    refused = re.compile(r'^Read invoices, Xero’s error, GET /Invoices')
    app.focus(calls)

    def down_to_it():  # a whole reading may have come after it: then it stands further down
        found = app.peek('list item', refused, calls)
        if not found:
            app.key('Down')
        return found
    wait_until('the call that was refused, going down the list', down_to_it, 30)
    words = ' '.join(app.texts(calls))
    assert CLIENT not in words and EMAIL not in words
    walk.look('activity-calls')


@step('B-21: the allowance of calls')
def _():
    app = walk.app
    app.click(('toggle button', 'button', 'menu button'), 'Xero’s allowance of calls')
    app.says(r'^\d+ of 60 used$')
    app.says('At this rate')
    walk.look('activity-allowance')
    app.key('Escape')


@step('a support bundle is shown as it would be saved, and names nobody')
def _():
    app = walk.app
    app.menu('More about the activity', 'Support bundle…')
    dialog = app.find('dialog', 'Support bundle')
    shown = text(wait_until('the bundle', lambda: app.peek('text', 'The support bundle', dialog)))
    bundle = json.loads(shown)
    assert bundle['calls'] and bundle['audit']['fits'], shown[:500]
    for secret in (CLIENT, EMAIL, 'Aroha Nguyen', 'Accounts 2027', FIRST.replace(',', ''), FIRST, 'Kauri', 'CS-0001'):
        assert secret not in shown, secret
    for button in ('Copy', 'Save…'):
        app.find('button', button, dialog)
    walk.look('activity-support')
    app.key('Escape')
    app.gone('dialog', 'Support bundle')


@step('the program ends')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
