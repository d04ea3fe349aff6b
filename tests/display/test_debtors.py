#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who owes what, since when: a row a contact and currency [V-05], its ages as the bar above has them [K-9], from there to the
invoices of one and back, sorted, searched, in a file, by the keyboard, and at 360 pixels; held against plain SQL."""

import csv
import os
import re
import sys
import tempfile
import unicodedata

from driver import Atspi, Steps, has, name, text, wait_until
from probe import Probe
from scopes import BASE, UNPAID, ScopeWalk, amount, ask, debtor_lines, debtors, how_many, is_debtor, plain, plain_words, words

FOLDER = tempfile.mkdtemp(prefix='debtors-')

steps = Steps('debtors')
step = steps.step
walk = ScopeWalk()
rows = walk.debtor_rows
table = walk.debtor_table


def folded(said):
    """Without case and accents, as names are put in order."""
    return ''.join(one for one in unicodedata.normalize('NFD', said.casefold()) if not unicodedata.combining(one))


def cells(row):
    return [plain_words(name(cell)) for cell in walk.app.all('table cell', within=row)]


def is_listed(wanted):
    """As far as it is on screen: from the first on or, where the end is looked at, up to the last."""
    said = [all_words for _, all_words in rows()]
    return len(said) > 5 and any(all(is_debtor(one, *line) for one, line in zip(said, part))
                                 for part in (wanted[:len(said)], wanted[-len(said):]) if len(part) == len(said))


def all_listed():
    return is_listed(debtor_lines(debtors()))


def begins(said, wanted):
    return len(said) > 5 and all(one.startswith(who) for one, who in zip(said[:9], wanted))


def is_in_window(node):
    place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return place.x >= 0 and place.x + place.width <= walk.app.geometry()[2]


def to_the_end():
    """Where the totals are."""
    focus_list()
    walk.app.key('End')
    wait_until('the last total', lambda: rows() and rows()[-1][1].startswith('Total') and all_listed())


def focus_list():
    """On the first of them, by the keyboard: out of the search, and up."""
    app = walk.app
    wait_until('a row to stand on', rows)
    app.key('ctrl+f')
    wait_until('the search', lambda: has(app.find(('text', 'entry'), 'Search contact'), 'focused'))
    app.key('Escape')
    wait_until('the list', lambda: any(has(row, 'focused') for row, _ in rows()))
    app.key('Home')
    wait_until('its first row', lambda: has(rows()[0][0], 'focused') and all_listed())


@step('the demo practice reads its invoices')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.app.resize(1500, 1000)
    walk.go('Invoices')
    wait_until('the first reading', lambda: len(ask('SELECT 1 FROM cursor WHERE full_ms > 0')) >= 2, 60)
    wait_until('invoices in the list', walk.invoice_rows, 30)


@step('V-05: w lists who owes what, the most first, each currency with its total behind it, as SQL has it')
def _():
    app = walk.app
    app.focus(walk.invoice_rows()[0])
    app.key('w')
    wait_until('everybody who owes something', all_listed)
    wait_until('the keyboard on the first of them', lambda: has(rows()[0][0], 'focused'))
    assert len({row[2] for row in debtors()}) > 1, 'one currency only'
    walk.see('debtors')
    to_the_end()
    said = {cells(row)[1] for row, all_words in rows() if all_words.startswith(('Total ', 'Total,'))}
    for currency, n, _, balance in plain(UNPAID):  # [V-06] what the box and the bar say
        assert amount(balance, currency) in said, (said, balance)
        app.find('button', re.compile(rf'^Total unpaid.*{currency}\s{re.escape(words(balance))}'))
    assert has(app.find('toggle button', 'By contact'), 'pressed') or has(app.find('toggle button', 'By contact'), 'checked')
    app.says(rf'^{len({row[0] for row in debtors()})} contacts$')
    walk.see('debtors-end')


@step('K-9: the ages of a row come to what it owes, and of all rows to what the bar says')
def _():
    heads = [name(one) for one in walk.app.all('filler', within=table())]
    total = dict(zip(heads, cells([row for row, all_words in rows() if all_words.startswith(('Total ', 'Total,'))][0])))
    for age in ('Not yet due', '1–30', '31–60', '61–90', 'Over 90'):
        said = plain_words(name(walk.app.find('toggle button', re.compile(rf'^{age}( days)?: {BASE}\s'))))
        assert f' {total[age] if total[age] != "–" else "0.00"} in' in said, (age, total, said)


@step('it has the page for itself at 1400 and 1600 pixels')
def _():
    for width in (1400, 1600):
        walk.app.resize(width, 900)
        wait_until('the list', rows)
        wait_until('each column in the window', lambda: all(is_in_window(one) for one in walk.app.all('filler', within=table())))
        assert not walk.app.peek('grouping', 'Choose an invoice'), 'there is room, and nothing in it'
        assert len(walk.app.all('filler', within=table())) == 10
        walk.see(f'debtors-{width}')
    walk.app.resize(1500, 1000)


@step('the words over a column of numbers end where those do, sorted by or not')
def _():
    tree = Probe(walk.app.process).widgets()
    titles = {widget.text: next(holder for holder in tree.above(widget) if holder.type == 'GtkColumnViewTitle') for widget in tree
              if widget.type == 'GtkLabel' and widget.text and tree.is_within(widget, 'GtkColumnViewTitle')}
    labels = {widget.text: widget for widget in tree if widget.type == 'GtkLabel' and tree.is_within(widget, 'GtkColumnViewTitle')}
    before = labels['Contact'].x - titles['Contact'].x
    after = {title: titles[title].x + titles[title].width - labels[title].x - labels[title].width for title in titles}
    assert len(after) == 10, after
    assert all(abs(gap - before) <= 1 for title, gap in after.items() if title != 'Contact'), (before, after)


@step('a click on a column’s head sorts within each currency, and another turns the order')
def _():
    app = walk.app

    def head(title):
        app.point(app.find('filler', title, within=table()))

    def names():
        return [all_words for _, all_words in rows()]
    wait_until('columns again', all_listed)
    head('Contact')
    one = sorted([row[1] for row in debtors() if row[2] == BASE], key=folded)
    wait_until('the order of names', lambda: begins(names(), one))
    head('Contact')
    wait_until('the order to be turned', lambda: begins(names(), one[::-1]))
    head(f'Owed {BASE}')
    wait_until('the least first', lambda: names()[0].startswith([row[1] for row in debtors() if row[2] == BASE][-1]))
    head(f'Owed {BASE}')
    wait_until('the most first again', all_listed)


@step('V-07: the search finds them by name, totals and all, and Escape ends it')
def _():
    app = walk.app
    debtor = debtors()[1]
    same = [row for row in debtors() if row[1] == debtor[1]]
    entry = app.find(('text', 'entry'), 'Search contact')
    app.put(entry, debtor[1])
    wait_until('that one alone', lambda: len(rows()) == 2 * len(same) and rows()[0][1].startswith(debtor[1]))
    app.says(r'^1 of \d+ contacts$')
    app.put(entry, 'there is no such contact')
    app.says('^Nobody found$')
    app.focus(entry)
    app.key('Escape')
    wait_until('everybody again', all_listed)
    assert text(entry) == '', text(entry)


@step('in a file there is a line a contact and currency, and no total to add up by mistake')
def _():
    app = walk.app
    path = os.path.join(FOLDER, 'debtors.csv')
    app.menu('Export', 'CSV…')
    dialog = app.find(('dialog', 'window', 'frame', 'file chooser'), 'Export aged receivables as CSV')
    app.put(app.find('text', None, within=dialog), path)
    app.click('button', 'Save', within=dialog)
    app.gone(None, 'Export aged receivables as CSV')
    app.says('^Saved “debtors.csv”$')
    with open(path, encoding='utf-8-sig', newline='') as file:
        lines = {(line['Xero contact ID'], line['Currency']): line for line in csv.DictReader(file)}
    assert len(lines) == len(debtors())
    ages = ('Not yet due', '1-30 days', '31-60 days', '61-90 days', 'Over 90 days')
    for contact_id, who, currency, owed, n in debtors():
        line = lines[(contact_id, currency)]
        assert (line['Contact'], line['Owed'], line['Invoices']) == (who, f'{owed / 100:.2f}', str(n)), line
        assert sum(round(float(line[age]) * 100) for age in ages) == owed, line
        assert round(float(line['Overdue']) * 100) == owed - round(float(line['Not yet due']) * 100), line


@step('Enter lists what one of them owes, as the view of what is unpaid, and a button leads back to that row')
def _():
    app = walk.app
    contact_id, who, _, _, _ = debtors()[0]
    focus_list()
    walk.app.key('Return')
    n = how_many(f'contact_id = ? AND {UNPAID}', contact_id)
    wait_until('its unpaid invoices', lambda: walk.is_shown('Unpaid') and walk.count('Unpaid') == n and len(walk.invoice_rows() or []) == n)
    assert walk.count('All') == how_many('contact_id = ?', contact_id)
    app.find('label', who)
    walk.see('debtor')
    app.click('button', 'Aged receivables')
    wait_until('all of them', all_listed)
    wait_until('the same row', lambda: has(rows()[0][0], 'selected'))


@step('Escape leads back, too; w goes on to the invoices that were listed before')
def _():
    app = walk.app
    focus_list()
    app.key('j')
    app.key('Return')
    wait_until('invoices of one', lambda: app.peek('button', 'Aged receivables') and walk.invoice_rows())
    app.focus(walk.invoice_rows()[0])
    app.key('Escape')
    wait_until('all of them', all_listed)
    focus_list()
    app.key('w')
    wait_until('the open ones of everybody', lambda: walk.is_shown('Open') and not table())
    assert walk.count('All') == how_many('1')
    assert not app.peek('button', 'Aged receivables')


@step('a total leads to all that is unpaid; an age of the bar lists invoices again')
def _():
    app = walk.app
    app.act(app.find('toggle button', 'By contact'))
    wait_until('all of them', all_listed)
    to_the_end()
    app.key('Return')
    wait_until('all that is unpaid', lambda: walk.is_shown('Unpaid') and not table())
    app.act(app.find('toggle button', 'By contact'))
    wait_until('all of them', all_listed)
    app.act(app.find('toggle button', re.compile('^Over 90 days: ')))
    wait_until('invoices again', lambda: not table() and walk.invoice_rows())
    app.act(app.find('toggle button', re.compile('^Over 90 days: ')))


@step('at 360 pixels a contact is a row of two lines that says how much and since when')
def _():
    app = walk.app
    app.focus(walk.invoice_rows()[0])
    app.key('w')
    for width in (900, 360):
        app.resize(width, 900)
        wait_until('the rows', all_listed)
        walk.see(f'debtors-{width}')
    within = app.find('list', 'Aged receivables')
    names = [plain_words(name(row)) for row in app.all('list item', within=within)]
    assert len(names) > 3, names
    for row, (who, owed) in zip(names, debtor_lines(debtors())):
        assert who in row and owed in row and re.search(r'\d invoices?$', row), row
    assert any(re.search('overdue, since', row) for row in names), names
    focus_list()
    app.key('Return')
    wait_until('its invoices', lambda: app.peek('button', 'Aged receivables') and walk.invoice_rows())
    walk.see('debtor-360')
    app.click('button', 'Aged receivables')
    wait_until('all of them', lambda: app.peek('list', 'Aged receivables'))


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
