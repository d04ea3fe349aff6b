#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The invoices as a person reviews them: views [V-03, V-10 to V-14], totals that are buttons [V-06], search [V-07],
dates [V-08], pins with undo [V-09], part payments [V-17], the keyboard, and saved views."""

import os
import re
import sys

from driver import Atspi, Steps, has, name, text, wait_until
from first_light import NUMBER, Walk
from probe import ELLIPSIZED, Probe

steps = Steps('invoices')
step = steps.step
walk = Walk()


def rows():
    return walk.invoice_rows() or []


def look(what):
    """At night, or when pictures are wanted: as it is, for somebody to look at."""
    if folder := os.environ.get('INVOICES_PICTURES'):
        walk.app.picture(os.path.join(folder, f'{what}.png'))


def view(which):
    return walk.app.find('toggle button', re.compile(rf'^{which} \d+$'))


def count(which):
    return int(name(view(which)).split()[-1])


def listed():
    """How many the bar at the bottom says there are."""
    label = walk.app.peek('label', re.compile(r'^\d+ invoices?$'), None)
    found = [one for one in walk.app.texts() if re.fullmatch(r'\d+ invoices?', one)]
    return {int(one.split()[0]) for one in found} if label or found else set()


def right_of(node):
    place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return place.x + place.width


def is_in_window(node):
    place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return place.x >= 0 and place.x + place.width <= walk.app.geometry()[2]


def is_above(node, other):
    place, below = (Atspi.Component.get_extents(one, Atspi.CoordType.WINDOW) for one in (node, other))
    return place.height > 0 and place.y + place.height <= below.y


def show(which):
    walk.app.act(view(which))
    wait_until(f'{which} to be shown', lambda: has(view(which), 'pressed') or has(view(which), 'checked'))


@step('the demo practice reads its invoices')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.app.resize(1500, 1000)  # room for columns
    walk.go('Invoices')
    look('first')
    wait_until('invoices in the list', rows, 30)
    wait_until('the first reading to end', lambda: count('All') > 0 and walk.app.peek('label', re.compile('^as of')), 30)


@step('V-03: what is open is shown at first')
def _():
    assert has(view('Open'), 'pressed') or has(view('Open'), 'checked')
    look('open')


@step('V-10 to V-13, K-9: unpaid is open and overdue, and each view lists what its badge says')
def _():
    assert count('Unpaid') == count('Open') + count('Overdue')
    assert count('Overdue') > 0 and count('Paid') > 0
    for which in ('Overdue', 'Paid', 'Unpaid', 'All'):
        show(which)
        wait_until(f'as many as {which} says', lambda: count(which) in listed())
        look(which.lower())
    show('Overdue')
    walk.app.says(r'^\d+ days? overdue')


@step('a click on a column’s head sorts, and another turns the order')
def _():
    def numbers():
        read = (NUMBER.search(name(one)) for one in rows())
        return [one.group() for one in read if one]

    def head():
        walk.app.point(walk.app.find('filler', 'Number', within=walk.app.find('tree table', 'Invoices')))
    show('All')
    head()
    wait_until('the order of numbers', lambda: len(numbers()) > 1 and numbers()[0] < numbers()[-1])
    head()
    wait_until('the order to be turned', lambda: len(numbers()) > 1 and numbers()[0] > numbers()[-1])


@step('V-06: the boxes list what they come to')
def _():
    walk.app.click('button', re.compile('^Total paid|Total paid'))
    wait_until('the paid ones', lambda: has(view('Paid'), 'pressed') or has(view('Paid'), 'checked'))
    walk.app.click('button', re.compile('^Total unpaid|Total unpaid'))
    wait_until('the unpaid ones', lambda: has(view('Unpaid'), 'pressed') or has(view('Unpaid'), 'checked'))


@step('V-17: the status says how many payments there were, and shows them down to the balance')
def _():
    app = walk.app
    show('All')
    button = walk.payments_button()
    app.act(button)
    app.says('^Invoice total$')
    app.says('^Balance$')
    look('payments')
    app.act(button)
    wait_until('the payments to be gone', lambda: 'Invoice total' not in app.texts())


@step('what is owed by age and by month is to be had as numbers, none of them cut short')
def _():
    app = walk.app
    app.act(app.find('toggle button', 'Table'))
    app.says('^Received$')
    tree = Probe(app.process).widgets()
    cells = [widget for widget in tree if widget.type == 'GtkLabel' and tree.is_within(widget, 'GtkPopover')]
    assert len(cells) > 3 * 6 and any(cell.text.startswith('NZD') for cell in cells), [cell.text for cell in cells]
    assert not [cell.text for cell in cells if cell.flags & ELLIPSIZED]
    look('table')
    app.key('Escape')
    app.gone('label', 'Received')


@step('V-07: the search narrows as one types, and Escape ends it')
def _():
    app = walk.app
    show('All')
    number = walk.invoice_number()
    entry = app.find(('text', 'entry'), re.compile('^Search number'))
    app.put(entry, number)
    wait_until('that one alone', lambda: listed() & {1} or len(rows()) <= 2)
    look('search')
    app.key('ctrl+f', 'Down')  # past the views, the totals, the bar
    wait_until('its row', lambda: any(has(row, 'focused') for row in rows()))
    app.put(entry, 'there is no such invoice')
    app.says('^Nothing found$')
    app.put(entry, '')
    wait_until('all again', lambda: count('All') in listed())


@step('V-07: words that only another view has lead there, and are kept')
def _():
    app = walk.app
    show('All')
    number = walk.invoice_number()
    entry = app.find(('text', 'entry'), re.compile('^Search number'))
    show('Pinned')
    app.put(entry, number)
    app.says('^Nothing found in the view “Pinned”$')
    app.click('button', 'Search all invoices')
    wait_until('that one', lambda: listed() & {1} or len(rows()) in (1, 2))
    assert text(entry) == number, text(entry)
    app.put(entry, 'there is no such invoice')
    app.says('^Nothing found$')
    app.click('button', 'Show everything')
    wait_until('all again', lambda: count('All') in listed() and text(entry) == '')


@step('the keyboard: j and k choose, p pins, undo unpins, the star does it, too [V-09, V-14]')
def _():
    app = walk.app
    show('Unpaid')  # what is voided or a draft may be pinned, and is in no view of these [K-10]
    app.focus(rows()[0])
    app.key('j')
    app.key('j')
    wait_until('a row to be chosen', lambda: any(has(one, 'selected') for one in rows()))
    app.key('p')
    app.says('^1 invoice pinned$')
    wait_until('the pin to count', lambda: count('Pinned') == 1)
    app.click('button', 'Undo')
    wait_until('the pin to be gone', lambda: count('Pinned') == 0)
    app.click('button', re.compile('^Pin invoice '), within=walk.invoice_row(NUMBER.pattern))
    wait_until('the star to count', lambda: count('Pinned') == 1)
    show('Pinned')
    look('pinned')


@step('K-10: what waits for approval is a click or a key away, in no total, and hides no view')
def _():
    app = walk.app
    drafts = count('Draft')
    assert drafts > 0 and count('Submitted') > 0
    assert not app.peek('toggle button', re.compile('^Voided')), 'what is over waits for nobody'
    unpaid = count('Unpaid')
    show('Draft')
    wait_until('the drafts', lambda: drafts in listed())
    assert count('Unpaid') == unpaid
    look('drafts')
    show('Open')
    app.focus(rows()[0])
    app.key('d')
    wait_until('the drafts again', lambda: has(view('Draft'), 'pressed') or has(view('Draft'), 'checked'))
    app.act(app.find('toggle button', 'More views'))
    app.click(('menu item', 'radio menu item', 'check menu item'), re.compile('^Voided'))
    wait_until('a button for what is shown', lambda: app.peek('toggle button', re.compile('^Voided')))
    show('Open')
    app.gone('toggle button', re.compile('^Voided'))


@step('pins survive a new start')
def _():
    walk.quit()
    steps.app = walk.start()
    walk.in_practice()
    walk.renew_sandbox()
    walk.go('Invoices')
    wait_until('the pin', lambda: walk.app.peek('toggle button', re.compile('^Pinned 1$')), 30)


@step('a view is saved, chosen, deleted and brought back')
def _():
    app = walk.app
    show('Overdue')
    app.menu('More views', 'Save this view…')
    dialog = app.find('alert', 'Save this view')
    assert not has(app.find('button', 'Save', within=dialog), 'sensitive'), 'a view without a name is refused once it is too late'
    app.type('Call today')  # where the focus is, which is where the name goes
    app.find('button', 'Save', within=dialog)
    app.click('button', 'Save', within=dialog)
    app.find('toggle button', 'Call today')
    look('saved-view')
    app.menu('More views', 'Delete view')
    app.gone('toggle button', 'Call today')
    app.click('button', 'Undo')
    app.find('toggle button', 'Call today')


def columns():
    """Where each column is, and how wide, by its head."""
    heads = walk.app.all('filler', within=walk.app.find('tree table', 'Invoices'))
    places = [Atspi.Component.get_extents(one, Atspi.CoordType.WINDOW) for one in heads]
    return {name(one): (place.x, place.width) for one, place in zip(heads, places)}


@step('at 1400 and 1600 pixels the state of each invoice stands whole beside the place for its details')
def _():
    app = walk.app
    show('Overdue')
    app.resize(1700, 900)  # room for all there is to say: a name has what is left
    wait_until('states', lambda: any(re.search(r'\d+ days? overdue', name(row)) for row in rows()))
    whole = wait_until('the columns', lambda: columns().get('Status'))[1]
    for width in (1400, 1600):
        app.resize(width, 900)
        wait_until('each state whole, and within the list', lambda: (lambda x, wide: wide == whole and x + wide
                   <= right_of(app.find('toggle button', 'Export')) + 12)(*columns().get('Status', (0, 0))))
        look(f'beside-{width}')


@step('beside details a name has more room than a date or an amount, and no column moves when one is chosen')
def _():
    app = walk.app
    for width in (1400, 1600):
        app.resize(width, 900)
        wait_until('the columns', lambda: columns().get('Contact'))
        before = columns()
        assert before['Contact'][1] >= 1.4 * max(before['Date'][1], before['Total NZD'][1]), before
        assert ('Due' in before) == (width == 1600), before
        app.open_row(rows()[2])
        app.find('button', 'Open in Xero')
        assert columns() == before, (columns(), before)
        look(f'details-{width}')
    app.resize(1366, 900)  # the details would have too little beside columns, so there are none
    wait_until('rows of two lines', lambda: app.peek('list', 'Invoices') and not app.peek('tree table', 'Invoices'))
    app.resize(900, 900)  # and here the details are over the list
    app.click('button', 'Back')
    wait_until('the list', rows)


@step('at 360 pixels an invoice is a row of two lines that says it all')
def _():
    app = walk.app
    show('Overdue')
    for width in (1400, 900, 360):
        app.resize(width, 900)
        wait_until('the rows', rows)
        look(f'overdue-{width}')
    assert re.search('overdue', ' '.join(app.texts(app.find('list', 'Invoices'))))
    for which in ('Draft', 'Submitted'):  # [K-10] one click away here, too
        assert is_in_window(view(which)), which
    show('All')
    app.says(r'· \d+ payments?$')


@step('in a small window the list has the room, and the picture of the ages comes when it is asked for')
def _():
    app = walk.app
    app.resize(360, 640)
    age = re.compile('^Over 90 days: ')
    app.gone('toggle button', age)
    wait_until('three invoices in sight', lambda: sum(is_above(row, app.find('toggle button', 'Export')) for row in rows()) >= 3)
    look('small')
    app.click('toggle button', 'Owed by age')
    app.click('toggle button', age)
    wait_until('it stays while it is asked of', lambda: has(app.find('toggle button', age), 'pressed')
               or has(app.find('toggle button', age), 'checked'))
    look('small-ages')
    app.click('toggle button', age)
    app.click('toggle button', 'Owed by age')
    app.gone('toggle button', age)
    app.resize(1500, 1000)
    app.find('toggle button', age)


sys.exit(steps.run())
