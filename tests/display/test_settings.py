#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sets, and what leaves the window: the time zone whose day invoices carry, when invoices are sent and
when the next round is [K-5], the support bundle as a file and on the clipboard; and the card of a permission that is
gone, whose button settles it [R-04]."""

import os
import re
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from driver import Steps, has, name, text, wait_until
from first_light import Walk

# GTK's own chooser, when it is closed while it still lists a folder.
CHOOSER = "g_object_notify_by_pspec: assertion 'G_IS_OBJECT (object)' failed"
THERE = 'Pacific/Auckland'  # where the sandbox's organisation is

steps = Steps('settings')
step = steps.step
walk = Walk()


def preferences():
    walk.app.key('ctrl+comma')
    return walk.app.find('dialog', 'Preferences')


def open_page(dialog, title):
    walk.app.click('page tab', title, within=dialog)
    tab = walk.app.find('page tab', title, within=dialog)
    wait_until(f'the page {title}', lambda: has(tab, 'selected'))


def search(combo_name, words, wanted):
    """Chooses in a list that is too long for arrows: by typing a part of it."""
    app = walk.app
    combo = app.find('combo box', combo_name)
    app.focus(combo)
    app.key('space')
    entry = wait_until('the search', lambda: app.peek('entry', None, combo))
    app.type(words)
    wait_until('what was typed', lambda: text(entry) == words)
    app.choose_open(combo, wanted)


def clock(moment):
    return f'{moment:%H:%M}'


@step('a practice that is connected to an organisation far away')
def _():
    steps.app = walk.start(TZ='Etc/UTC')
    walk.first_run()
    walk.explore_demo()
    walk.connect()


@step('the time zone: that the organisation has another day is said, and is gone once it has not')
def _():
    app = walk.app
    dialog = preferences()
    app.says(f'The organisation in Xero is in {THERE}, where a day begins at another hour', within=dialog)
    walk.look('zone')
    search('Time zone', 'auckl', THERE)
    words = app.says(r'^It is \d\d:\d\d there\. Invoices carry the day of this zone\.$', within=dialog)
    now = datetime.now(ZoneInfo(THERE))
    assert words.split()[2] in (clock(now), clock(datetime.fromtimestamp(now.timestamp() - 60, now.tzinfo))), words


@step('K-5: sent once a day, and the next time is told in the practice’s zone')
def _():
    app = walk.app
    dialog = app.find('dialog', 'Preferences')
    open_page(dialog, 'Sync')
    app.says('^Goes as soon as its hold is over', within=dialog)
    app.choose(app.find('combo box', 'Send', within=dialog), 'Once a day')
    row = app.find('text', 'Time of the day', within=dialog)
    for at in ('00:00', '23:59'):
        app.focus(row)
        app.key('ctrl+a')
        app.type(at)
        app.key('Return')
        now = datetime.now(ZoneInfo(THERE))
        app.says(f'^Next: {"today" if at > clock(now) else "tomorrow"} {at}$', within=dialog)
    walk.look('sync')


@step('a time that is none is refused, in words')
def _():
    app = walk.app
    dialog = app.find('dialog', 'Preferences')
    app.focus(app.find('text', 'Time of the day', within=dialog))
    app.key('ctrl+a')
    app.type('25:00')
    app.key('Return')
    app.says('^Write the time as hours and minutes, such as 17:00', within=dialog)
    app.key('ctrl+a')
    app.type('23:59')
    app.key('Return')
    wait_until('the words to go', lambda: not any('Write the time' in words for words in app.texts(dialog)))
    walk.close_preferences()


@step('by hand: nothing goes by itself, after a restart of the page too')
def _():
    app = walk.app
    dialog = preferences()
    open_page(dialog, 'Sync')
    combo = app.find('combo box', 'Send', within=dialog)
    app.find('label', 'Once a day', within=combo)
    app.choose(combo, 'By hand')
    app.says('^Nothing goes by itself: choose Push now', within=dialog)
    app.gone('text', 'Time of the day', within=dialog)
    walk.close_preferences()


def open_bundle():
    app = walk.app
    app.menu('More about the activity', 'Support bundle…')
    dialog = app.find('dialog', 'Support bundle')
    return dialog, text(wait_until('the bundle', lambda: app.peek('text', 'The support bundle', dialog)))


@step('the support bundle is copied as it is shown')
def _():
    app = walk.app
    walk.go('Activity')
    dialog, shown = open_bundle()
    app.click('button', 'Copy', dialog)
    app.says('^Copied$')
    app.key('Escape')  # takes the toast away
    app.key('Escape')
    app.gone('dialog', 'Support bundle')
    walk.go('Invoices')
    app.key('ctrl+f')
    entry = app.find(('text', 'entry'), re.compile('^Search number'))
    wait_until('the search to have the keyboard', lambda: has(entry, 'focused'))
    app.key('ctrl+v')
    wait_until('what was copied', lambda: ''.join(text(entry).split()) == ''.join(shown.split()))
    app.key('ctrl+a', 'Delete')


@step('R-04: a permission that is gone is a card, whose button settles it')
def _():
    app = walk.app
    walk.sandbox.post('/sandbox/tokens', {'action': 'revoke'})
    walk.go('Activity')
    app.click('button', 'Refresh from Xero')
    card = app.find('list item', re.compile('^Xero needs you to sign in again, Needs you'), seconds=20)
    row = app.find('list item', re.compile('^Activity'), app.find('list', 'Pages'))
    wait_until('the badge', lambda: '1 thing needs you' in name(row))
    walk.look('sign-in')
    app.click('button', 'Sign in…', within=card)
    app.find('dialog', 'Connect Xero')
    walk.connect()
    app.gone('list item', re.compile('^Xero needs you to sign in again'), seconds=20)
    wait_until('the badge to go', lambda: 'needs you' not in name(row))


@step('the support bundle is saved where the person says, and nobody else may read it')
def _():
    app = walk.app
    walk.go('Activity')
    dialog, shown = open_bundle()
    path = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'bundle.json')
    app.click('button', 'Save…', dialog)
    chooser = app.find('dialog', 'Save the support bundle')
    app.write('Name:', path, within=chooser)
    walk.look('save')
    app.click('button', 'Save', within=chooser)
    wait_until('the file', lambda: os.path.exists(path) and os.path.getsize(path) > 0)
    app.says('^Saved$')
    with open(path, encoding='utf-8') as file:
        assert file.read() == shown
    assert os.stat(path).st_mode & 0o077 == 0, 'others may read it'
    app.click('button', 'Close', within=dialog)
    app.gone('dialog', 'Support bundle')


@step('the program ends without a complaint')
def _():
    walk.quit()
    complaints = [line for line in walk.app.complaints() if CHOOSER not in line]
    assert not complaints, complaints


sys.exit(steps.run())
