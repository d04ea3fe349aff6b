#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of clients from a spreadsheet, looked at before anything is saved, imported, taken back, and written out again
[C-06, U-29]. Without a portal GTK's own dialog asks for the file."""

import csv
import os
import re
import sys

from driver import Atspi, Steps, has, wait_until
from first_light import Walk
from scopes import ask

LIST = '''Client name,Contact name,E-mail,Phone
Tui Orchards,Ana Tui,ana@tui.example,021 555
"Kea, Weka & Co",,kea@example.com,'+64 9 555
Rata Ltd,,not an address,
Tui Orchards Limited,Ana,ANA@tui.example,
'''
AGAIN = '''Number;Client name;Contact name;E-mail;Phone
{number};Tui Orchards;Ben Tui;ana@tui.example;021 555
;Tui Orchards;;else@where.example;
;Kea, Weka & Co;;kea@example.com;+64 9 555
;Moa Farm;;;
'''
CLIENTS = "SELECT name, contact_name, email, phone FROM client WHERE state <> 'archived' ORDER BY name"
TUI = ('Tui Orchards', 'Ana Tui', 'ana@tui.example', '021 555')
KEA = ('Kea, Weka & Co', '', 'kea@example.com', '+64 9 555')

steps = Steps('client import')
step = steps.step
walk = Walk()
folder = os.environ['HOME']


def write(file_name, words, encoding='utf-8'):
    path = os.path.join(folder, file_name)
    with open(path, 'w', encoding=encoding, newline='') as file:
        file.write(words)
    return path


def see(what):
    if pictures := os.environ.get('IMPORT_PICTURES'):
        walk.app.picture(os.path.join(pictures, f'{what}.png'))


def open_list(path):
    walk.app.menu('More about clients', re.compile('^Import from CSV'))
    walk.app.choose_file('Import clients', path)
    return walk.app.find('dialog', 'Import clients')


def row(whom):
    return walk.app.find('list item', whom, within=walk.app.find('list', 'Clients in the file'))


def tick(whom):
    return walk.app.find('check box', f'Import {whom}', within=row(whom))


@step('a practice without clients offers the import, too')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.app.resize(1200, 800)
    walk.go('Clients')


@step('C-06: what is no list of clients says why, and another can be chosen')
def _():
    app = walk.app
    dialog = open_list(write('nothing.csv', 'E-mail,Phone\na@b.nz,1\n'))
    app.says('^No column is the client’s name', within=dialog)
    see('failed')
    app.click('button', 'Choose another file…', within=dialog)
    app.choose_file('Import clients', write('open.csv', 'Name\n"Tui\n'))
    app.says('^Line 2 opens a quotation mark')
    app.key('Escape')
    app.gone('dialog', 'Import clients')
    assert ask(CLIENTS) == []


@step('U-29: what would happen is told before anything does')
def _():
    app = walk.app
    dialog = open_list(write('clients.csv', LIST))
    app.says('^2 new clients$', within=dialog)
    app.says('^1 row can’t be imported$', within=dialog)
    app.says('^Line 4: An e-mail address looks like', within=dialog)
    app.says('^Line 5 is the same client as line 2$', within=dialog)
    app.says('^2 of 4 rows of clients.csv are ticked$', within=dialog)
    see('list')
    assert not has(tick('Rata Ltd'), 'enabled')
    assert ask(CLIENTS) == []


@step('what is not ticked stays out, and nothing ticked is nothing to import')
def _():
    app = walk.app
    dialog = app.find('dialog', 'Import clients')
    app.open_row(row('Tui Orchards'))
    app.says('^1 of 4 rows of clients.csv are ticked$', within=dialog)
    app.go_to_row(row('Kea, Weka & Co'))
    app.key('Tab', 'space')
    app.says('^0 of 4 rows', within=dialog)
    assert not has(app.find('button', 'Import', within=dialog), 'enabled')
    app.key('space')
    app.open_row(row('Tui Orchards'))
    app.says('^2 of 4 rows', within=dialog)


@step('C-06: they are imported together, and undo takes all of them back')
def _():
    app = walk.app
    app.click('button', 'Import')
    app.says('^Imported: 2 new clients · 2 rows left out$')
    app.find('list item', re.compile('^Tui Orchards'), within=app.find('list', 'Clients'))
    assert ask(CLIENTS) == [KEA, TUI]
    see('imported')
    app.click('button', 'Undo')
    wait_until('none of them', lambda: ask(CLIENTS) == [])
    app.says('^No clients yet$')
    app.says('^The import was taken back$')
    app.click(('radio button', 'toggle button'), 'People')
    app.says('^No people yet$')  # whom they named is in the archive with them
    app.click(('radio button', 'toggle button'), 'Clients')


@step('U-29: the same list again brings back those that it made, and makes nobody twice')
def _():
    app = walk.app
    dialog = open_list(os.path.join(folder, 'clients.csv'))
    app.says('^2 clients will be changed$', within=dialog)
    app.says('^Back from the archive$', within=dialog)
    app.click('button', 'Import', within=dialog)
    wait_until('both of them', lambda: ask(CLIENTS) == [KEA, TUI])
    assert ask('SELECT count(*) FROM client') == [(2,)]
    app.gone('dialog', 'Import clients')


@step('U-29: who is here is changed, left or asked about; semicolons and old encodings are read')
def _():
    app = walk.app
    number = ask("SELECT number FROM client WHERE name = 'Tui Orchards'")[0][0]
    dialog = open_list(write('again.csv', AGAIN.format(number=number) + ';Caf\xe9 Zo\xeb;;;\n', 'cp1252'))
    app.says('^Contact person: Ana Tui → Ben Tui$', within=dialog)
    app.says('^1 may be here already', within=dialog)
    app.says(re.escape(f'else@where.example. Here is Tui Orchards ({number}, '), within=dialog)
    app.says('^1 client is here already, with the same details$', within=dialog)
    app.says('^2 new clients$', within=dialog)
    see('again')
    app.click('button', 'Import', within=dialog)
    app.says('^Imported: 2 new clients · 1 client changed · 1 as before · 1 row left out$')
    app.gone('dialog', 'Import clients')
    after = ask(CLIENTS)
    assert after == [('Café Zoë', '', '', ''), KEA, ('Moa Farm', '', '', ''), (TUI[0], 'Ben Tui', *TUI[2:])]


def edges(node):
    place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return place.x, place.x + place.width


@step('the search is as wide as its list, whatever that is')
def _():
    app = walk.app
    for width in (1400, 840, 1200):
        app.resize(width, 800)
        wait_until('the search over its list', lambda: edges(app.find('list', 'Clients')) == (
            edges(app.find(('text', 'entry'), re.compile('^Search name')))[0] - 12,
            edges(app.find(('text', 'entry'), re.compile('^Search name')))[1] + 12))


@step('U-29: an import is undone from the menu, too: who was changed is as before, and not if changed since')
def _():
    app = walk.app
    before = ask(CLIENTS)
    app.open_row(app.find('list item', re.compile('^Moa Farm'), within=app.find('list', 'Clients')))
    app.click('button', 'Edit client')
    dialog = app.find('dialog', 'Edit client')
    app.write('Phone', '1', within=dialog)
    app.click('button', 'Save', within=dialog)
    app.gone('dialog', 'Edit client')
    app.menu('More about clients', 'Undo the last import')
    app.says('^Nothing was taken back. Moa Farm was changed meanwhile')
    assert [row for row in ask(CLIENTS) if row[0] != 'Moa Farm'] == [row for row in before if row[0] != 'Moa Farm']
    dialog = open_list(write('third.csv', 'Client name,Phone\nTui Orchards,022 777\n'))
    app.says('^Phone: 021 555 → 022 777$', within=dialog)
    app.click('button', 'Import', within=dialog)
    app.says('^Imported: 1 client changed$')
    app.menu('More about clients', 'Undo the last import')
    app.says('^The import was taken back$')
    assert [row for row in ask(CLIENTS) if row[0] == TUI[0]] == [(TUI[0], 'Ben Tui', *TUI[2:])]


@step('a client that is archived is named where it can be taken back')
def _():
    app = walk.app
    app.open_row(app.find('list item', re.compile('^Moa Farm'), within=app.find('list', 'Clients')))
    app.menu('More', 'Archive')
    app.says('^Moa Farm was archived$')
    wait_until('it to be there', lambda: 'Moa Farm' not in [row[0] for row in ask(CLIENTS)])
    app.click('button', 'Undo')
    wait_until('it to be back', lambda: 'Moa Farm' in [row[0] for row in ask(CLIENTS)])


@step('what is written out is what would be read in: nothing new')
def _():
    app = walk.app
    path = os.path.join(folder, 'out.csv')
    app.menu('More about clients', re.compile('^Export to CSV'))
    app.choose_file('Export clients', path)
    app.says('^Saved “out.csv”$')
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.reader(file))
    assert rows[0] == ['Number', 'Client name', 'Contact name', 'E-mail', 'Phone', 'Status'], rows[0]
    assert [row[1] for row in rows[1:]] == ['Café Zoë', 'Kea, Weka & Co', 'Moa Farm', 'Tui Orchards']
    assert rows[2][4] == "'+64 9 555"
    dialog = open_list(path)
    app.says('^4 clients are here already, with the same details$', within=dialog)
    assert not has(app.find('button', 'Import', within=dialog), 'enabled')
    app.key('Escape')
    app.gone('dialog', 'Import clients')


@step('nothing was complained of')
def _():
    assert not walk.app.complaints(), walk.app.complaints()
    walk.quit()


sys.exit(steps.run())
