#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What shapes an invoice, on the real window (I-11, U-27): the practice's terms, a client's own, and the preview that
says whose word counts. The pictures are in BUILD/shape."""

import os
import re
import sys

from driver import Steps
from first_light import CLIENT, Walk

steps = Steps('shape')
step = steps.step
pictures = os.path.join(os.environ['COUNTERSIGN_BUILD'], 'shape')
os.makedirs(pictures, exist_ok=True)
walk = Walk()


def look(name):
    walk.app.picture(os.path.join(pictures, name + '.png'))


@step('a client of a connected practice')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.create_client()


@step('the client gets terms of its own, and the dialog says what the practice has')
def _():
    app = walk.app
    app.click('button', 'Edit client')
    dialog = app.find('dialog', 'Edit client')
    app.says('^Practice: 14 days after the invoice date$', within=dialog)
    look('client')
    app.choose(app.find('combo box', 'Payment terms', within=dialog), 'Day of the next month')
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit client')


@step('I-11: what the client has of its own is put back by Undo, and the dialog shows it so')
def _():
    app = walk.app
    walk.go('Clients')
    app.click('button', 'Edit client')
    dialog = app.find('dialog', 'Edit client')
    app.choose(app.find('combo box', 'Payment terms', within=dialog), 'Days after the end of the month')
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit client')
    app.says(f'^The invoice settings of {CLIENT} were saved$')
    look('undo')
    app.click('button', 'Undo')
    app.says('^Put back as it was before$')
    app.click('button', 'Edit client')
    dialog = app.find('dialog', 'Edit client')
    app.find('label', 'Day of the next month', within=app.find('combo box', 'Payment terms', within=dialog))
    app.click('button', 'Cancel', within=dialog)
    app.gone('dialog', 'Edit client')


@step('I-11: what the practice has is put back by Undo, and the open preferences show it')
def _():
    app = walk.app
    app.key('ctrl+comma')
    dialog = app.find('dialog', 'Preferences')
    app.click('page tab', 'Invoices', within=dialog)
    combo = app.find('combo box', 'Services billed on the same day', within=dialog)
    app.choose(combo, 'An invoice each')
    app.says('^The practice’s invoice settings were saved$', within=dialog)
    look('undo-practice')
    app.click('button', 'Undo', within=dialog)
    app.says('^Put back as it was before$', within=dialog)
    app.find('label', 'On one invoice', within=combo)
    app.click('button', 'Close', within=dialog)
    app.gone('dialog', 'Preferences')


@step('I-11: closed right after a change, the preferences leave their Undo to the window')
def _():
    app = walk.app
    app.key('ctrl+comma')
    dialog = app.find('dialog', 'Preferences')
    app.click('page tab', 'Invoices', within=dialog)
    app.choose(app.find('combo box', 'Services billed on the same day', within=dialog), 'An invoice each')
    app.click('button', 'Close', within=dialog)
    app.gone('dialog', 'Preferences')
    app.says('^The practice’s invoice settings were saved$')
    app.click('button', 'Undo')
    app.says('^Put back as it was before$')


@step('a proposal of the client inherits them, and the preview says from whom')
def _():
    walk.create_proposal()
    walk.app.says('^Client: On day 14 of the next month$')
    walk.app.says('from the client')
    look('proposal')


@step('I-11: what the proposal has of its own is put back by Undo')
def _():
    app = walk.app
    app.choose(app.find('combo box', 'Payment terms'), 'Days after the end of the month')
    app.says('^The proposal’s invoice settings were saved$')
    app.click('button', 'Undo')
    app.says('^Put back as it was before$')
    app.says('^Client: On day 14 of the next month$')
    app.says('from the client')


@step('I-11: what a service has of its own is put back by Undo')
def _():
    app = walk.app
    combo = app.find('combo box', 'Services billed on the same day')
    app.choose(combo, 'An invoice each')
    app.says('^The proposal’s invoice settings were saved$')
    app.click('button', 'Undo')
    app.says('^Put back as it was before$')
    app.find('label', re.compile('^Practice: On one invoice$'), within=combo)


@step('a theme that is gone from Xero is called so, and another can be chosen')
def _():
    app = walk.app

    def edit():
        walk.go('Clients')
        app.click('button', 'Edit client')
        return app.find('dialog', 'Edit client')
    dialog = edit()
    app.choose(app.find('combo box', 'Branding theme', within=dialog), 'Advisory')
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit client')
    walk.sandbox.post('/sandbox/settings/theme/Advisory/archive')
    app.click('button', 'Sync now')
    app.says('^Everything is up to date$')
    dialog = edit()
    app.says('^Gone from Xero: choose another$', within=dialog)
    look('gone')
    app.choose(app.find('combo box', 'Branding theme', within=dialog), 'Standard')
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit client')


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
