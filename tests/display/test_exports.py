#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Invoices in a file and on paper, by the dialogs that GTK has where no portal is: CSV and PDF to where the person says,
nowhere when they say no, and the printer that prints into a file. flatpak/test-flatpak does the same through the portals."""

import csv
import os
import re
import subprocess
import sys
import tempfile

from driver import Steps, has, name, wait_until
from first_light import Walk

FOLDER = tempfile.mkdtemp(prefix='exports-')
os.chdir(FOLDER)  # where the printer prints, unless told otherwise

steps = Steps('exports')
step = steps.step
walk = Walk()
numbers = []  # of the invoices that are listed


def target(file):
    return os.path.join(FOLDER, file)


def chooser(title):
    """GTK's own dialog, which is a window of the program."""
    return walk.app.find(('dialog', 'window', 'frame', 'file chooser'), title)


def answer(title, path, button='Save'):
    dialog = chooser(title)
    if path:
        entry = walk.app.find('text', None, within=dialog)
        walk.app.put(entry, path)
    walk.app.click('button', button, within=dialog)
    walk.app.gone(None, title)


def whole(path):
    """A PDF, from its beginning to its end."""
    with open(path, 'rb') as file:
        said = file.read()
    return said.startswith(b'%PDF-') and said.rstrip().endswith(b'%%EOF')


def words_of(path):
    assert whole(path), f'{path} is no PDF, or not all of one'
    return subprocess.run(['pdftotext', '-layout', path, '-'], check=True, capture_output=True, text=True).stdout


def listed():
    said = wait_until('how many there are', lambda: [one for one in walk.app.texts() if re.fullmatch(r'\d+ invoices?', one)])
    return int(said[-1].split()[0])


@step('invoices to be written down')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.go('Invoices')
    view = walk.app.find('toggle button', re.compile(r'^All \d+$'))
    walk.app.act(view)
    wait_until('all of them in the list', lambda: listed() == int(name(view).split()[-1]))


@step('whoever closes the chooser writes nothing')
def _():
    walk.app.menu('Export', 'CSV…')
    answer('Export invoices as CSV', None, 'Cancel')
    assert not os.listdir(FOLDER)


@step('CSV: a line an invoice, where the person said')
def _():
    walk.app.menu('Export', 'CSV…')
    answer('Export invoices as CSV', target('Debtors.csv'))
    walk.app.says('^Saved “Debtors.csv”$')
    with open(target('Debtors.csv'), encoding='utf-8-sig', newline='') as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == listed(), (len(lines), listed())
    numbers.extend(line['Number'] for line in lines)
    assert all(re.fullmatch(r'-?\d+\.\d\d', line['Balance']) for line in lines), lines[:3]


@step('PDF: the same invoices, whole')
def _():
    walk.app.menu('Export', 'PDF…')
    answer('Export invoices as PDF', target('Debtors.pdf'))
    walk.app.says('^Saved “Debtors.pdf”$')
    words = words_of(target('Debtors.pdf')).split()
    assert not [number for number in numbers if number not in words], words[:300]


@step('a folder that can’t be written to is told, and the program goes on')
def _():
    walk.app.menu('Export', 'PDF…')
    answer('Export invoices as PDF', '/proc/Debtors.pdf')
    walk.app.find('button', 'Details')
    assert walk.app.running()


def print_into_file(item, button='Print', menu='Export'):
    """GTK's dialog, a window of its own that is not the largest, and its printer that prints into the folder where the
    program was started."""
    walk.app.menu(menu, item)
    dialog = walk.app.find('dialog', 'Print')
    printer = walk.app.find('table row', 'Print to File', within=dialog)
    done = subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--name', '^Print$'], check=True, capture_output=True,
                          text=True, timeout=20)
    subprocess.run(['xdotool', 'windowfocus', '--sync', done.stdout.split()[-1], 'key', '--delay', '30', 'Down', 'space'], check=True,
                   timeout=20)
    wait_until('the printer to be chosen', lambda: has(printer, 'selected'))
    walk.app.click('button', button, within=dialog)
    walk.app.gone('dialog', 'Print')


def printed():
    """What came of it, once it is whole."""
    path = target('output.pdf')
    wait_until('something on paper', lambda: os.path.exists(path) and whole(path))
    words = words_of(path)
    os.remove(path)
    return words


@step('whoever closes the print dialog has nothing printed')
def _():
    print_into_file('Print…', 'Cancel')
    assert not os.path.exists(target('output.pdf'))


@step('paper: the same invoices, by the printer that prints into a file')
def _():
    print_into_file('Print…')
    words = printed().split()
    assert not [number for number in numbers if number not in words], words[:300]


@step('one invoice: Xero’s own PDF, and on paper')
def _():
    app = walk.app
    app.open_row(walk.invoice_rows()[0])
    app.says('(?i)payments|lines')
    number = next(one for one in numbers if app.peek('label', one))
    app.menu('More about this invoice', 'PDF from Xero…')
    answer('Save the PDF from Xero', target('One.pdf'))
    app.says('^Saved “One.pdf”$')
    assert whole(target('One.pdf'))
    print_into_file('Print…', menu='More about this invoice')
    assert number in printed()


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()[:5]


if __name__ == '__main__':
    sys.exit(steps.run())
