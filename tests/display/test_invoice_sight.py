#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of invoices in columns, whose rows draw what they show once they come into sight: by the keyboard, the wheel, an
order, a view, a window of another size. And what there is to press in a row, which is there where the keyboard is [V-17]."""

import os
import re
import subprocess
import sys

from contrast import Picture
from driver import BUILD, Atspi, Steps, has, live, name, wait_until
from first_light import NUMBER, Walk

steps = Steps('invoice_sight')
step = steps.step
walk = Walk()
COLUMNS = ('Number', 'Status')
INSET = 4  # pixels: of a cell, whose row may have an outline
INK = 2  # of a word or a pill with what it is drawn on; an empty cell has 1
SCROLLS = 12  # of the wheel: some pages


def view(which):
    return walk.app.find('toggle button', re.compile(rf'^{which} \d+$'))


def count(which):
    return int(name(view(which)).split()[-1])


def show(which):
    walk.app.act(view(which))
    wait_until(f'as many as {which} says', lambda: f'{count(which)} invoices' in walk.app.texts())


def table():
    return walk.app.find('tree table', 'Invoices')


def place(node):
    return Atspi.Component.get_extents(live(node), Atspi.CoordType.WINDOW)


def heads():
    return {name(one): place(one) for one in walk.app.all('filler', within=table())}


def head(which, button=1):
    walk.app.point(walk.app.find('filler', which, within=table()), button)


def rows():
    """Those that are on screen as a whole: what each says, and where it is."""
    whole = place(table())
    top, bottom = whole.y + place(walk.app.find('filler', 'Number', within=table())).height, whole.y + whole.height
    found = [(name(one), place(one)) for one in walk.invoice_rows() or ()]
    return [(said, at) for said, at in found if at.height > 0 and at.y >= top and at.y + at.height <= bottom]


def is_drawn():
    """Whether there is something in each of those cells of each row that is on screen."""
    picture = Picture(walk.app.picture(os.path.join(BUILD, 'invoice-sight.png'), settle_s=0.5))
    found, places = rows(), heads()
    return found and all(picture.contrast(places[column].x + INSET, at.y + INSET, places[column].width - 2 * INSET,
                                          at.height - 2 * INSET) >= INK
                         for _, at in found for column in COLUMNS if column in places)


def assert_drawn(what):
    wait_until(f'each row in sight to be drawn after {what}', is_drawn)


def first():
    """What the uppermost row says."""
    return next((name(one) for one in walk.invoice_rows() or ()), '')


def do(what, how):
    """Something after which other rows are in sight."""
    before = first()
    how()
    wait_until(f'other rows after {what}', lambda: first() not in ('', before))
    assert_drawn(what)


def turn_wheel(button):
    app = walk.app
    at = place(table())
    app.focus_window()
    subprocess.run(['xdotool', 'mousemove', '--window', app.window(), str(at.x + at.width // 2), str(at.y + at.height // 2),
                    'click', '--repeat', str(SCROLLS), '--delay', '20', str(button)], check=True)


@step('the demo practice reads its invoices, and draws them')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.app.resize(1500, 1000)  # room for columns
    walk.go('Invoices')
    wait_until('the first reading to end', lambda: count('All') > 0 and walk.app.peek('label', re.compile('^as of')), 30)
    show('All')
    assert_drawn('the first reading')


@step('what the keyboard and the wheel bring into sight is drawn')
def _():
    app = walk.app
    walk.invoice_row(NUMBER.pattern)
    do('End', lambda: app.key('End'))
    do('Home', lambda: app.key('Home'))
    do('Page Down', lambda: app.key('Page_Down', 'Page_Down'))
    do('Page Up', lambda: app.key('Page_Up', 'Page_Up'))
    do('the wheel', lambda: turn_wheel(5))
    do('the wheel back', lambda: turn_wheel(4))


@step('so is what another order, another view and a window of another size do')
def _():
    app = walk.app
    for _ in range(2):
        do('another order', lambda: head('Number'))
    for which in ('Overdue', 'All'):  # the one has fewer rows than GTK keeps at hand, the other more
        do(which, lambda which=which: show(which))
    for width, height in ((1500, 560), (1500, 1000), (1700, 1000), (1500, 1000)):
        app.resize(width, height)
        assert_drawn(f'{width}x{height}')


@step('a row that the keyboard brings into sight says at once what it is')
def _():
    app = walk.app
    before = first()
    head('Number')
    least = wait_until('the order of numbers', lambda: first() if first() not in ('', before) else None)
    head('Number')
    most = wait_until('the order to be turned', lambda: first() if first() not in ('', least) else None)
    number = {NUMBER.search(said).group() for said in (least, most)}
    assert len(number) == 2, number
    walk.invoice_row(NUMBER.pattern)
    for key in ('End', 'Home', 'End', 'Home'):
        before = app.focused().path
        app.key(key)
        said = wait_until('another row to have the focus', lambda: (lambda now: now and now.path != before
                         and name(now))(app.focused()))
        assert said == (least if key == 'End' else most), (key, said)


def in_order():
    """The heads of the columns from the left, and what the first row says in each."""
    cells = walk.app.all('table cell', within=walk.invoice_rows()[0])
    return [one for one, _ in sorted(heads().items(), key=lambda head: head[1].x)], [name(cell) for cell in cells]


@step('a column that is moved is said in its place, by its row and its cells')
def _():
    before, cells = in_order()
    contact, number = (heads()[one] for one in ('Contact', 'Number'))
    window = ['mousemove', '--window', str(walk.app.window())]
    height = str(contact.y + contact.height // 2)
    subprocess.run(['xdotool', *window, str(contact.x + 30), height, 'mousedown', '1', 'sleep', '0.2',
                    *window, str(contact.x), height, 'sleep', '0.2', *window, str(number.x + 20), height, 'sleep', '0.2',
                    *window, str(number.x + 10), height, 'sleep', '0.2', 'mouseup', '1'], check=True)
    wait_until('the column to be before the numbers', lambda: in_order()[0].index('Contact') < in_order()[0].index('Number'))
    after, moved = wait_until('its cells, too', lambda: (lambda now: now if now[1] != cells else None)(in_order()))
    said = dict(zip(before, cells))
    assert moved == [said[one] for one in after], (before, cells, after, moved)
    wait_until('the row to say it first', lambda: first().startswith(said['Contact'] + ', ' + said['Number']))


def drag(x, y, to):
    """With the button pressed, as a person does: not at one bound."""
    window = ['mousemove', '--window', str(walk.app.window())]
    middle = str((x + to) // 2)
    subprocess.run(['xdotool', *window, str(x), str(y), 'sleep', '0.2', 'mousedown', '1', 'sleep', '0.2', *window, middle, str(y),
                    'sleep', '0.2', *window, str(to), str(y), 'sleep', '0.2', 'mouseup', '1'], check=True)


@step('a column that is made narrower than its cells keeps to its place')
def _():
    def bounds():
        return [place(cell) for cell in walk.app.all('table cell', within=walk.invoice_rows()[0])]

    head = heads()['Number']
    before = bounds()
    drag(head.x + head.width - 1, head.y + head.height // 2, head.x + head.width - 41)
    after = wait_until('another width', lambda: (lambda now: now if [one.width for one in now] != [one.width for one in before]
                                                 else None)(bounds()))
    for one, following in zip(after, after[1:]):
        assert one.x + one.width <= following.x, (before, after)
    assert_drawn('that')


def payments():
    return walk.app.peek('label', 'Invoice total')


@step('V-17: an arrow goes to the payments of a row, which are shown, and another back to the row')
def _():
    app = walk.app
    button = walk.payments_button()
    row = app.focused()
    assert re.search(r'\d payments?$', name(row)), name(row)
    app.key('Right')
    wait_until('the payments to have the focus', lambda: has(live(button), 'focused'))
    wait_until('the payments', payments)
    app.key('Left')
    wait_until('the row to have the focus', lambda: app.focused() and app.focused().path == row.path)
    wait_until('the payments to be gone', lambda: payments() is None)


sys.exit(steps.run())
