#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A monthly service after it was agreed [U-13]: paused, resumed, stopped and billed again from its own page, and one
invoice skipped, each with a reason, each undone; what the dialog foresees is what the plan then says."""

import re
import sqlite3
import sys
from datetime import date

from driver import Steps, has, wait_until
from first_light import MONTHLY, Walk

steps = Steps('billing-changes')
step = steps.step
walk = Walk()
MORE = f'More about “{MONTHLY[0]}”'
planned = []  # the days that were planned at first


def months(first, count):
    """The first of so many months, from that one on: the demo's invoice day."""
    return [date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1) for i in range(count)]


def read_plan():
    """The days of the monthly invoices that were not released, by the practice's own file."""
    store = sqlite3.connect(f'file:{walk.app.practice_file()}?mode=ro', uri=True)
    days = store.execute('SELECT date (date * 86400, \'unixepoch\') FROM planned_invoice WHERE journal_id IS NULL'
                         ' AND skipped_ms = 0 ORDER BY date').fetchall()
    store.close()
    return [date.fromisoformat(day) for day, in days]


def plan_is(wanted):
    wait_until('the plan to follow', lambda: read_plan() == wanted, 20)


def said(words):
    """What stands beside the service about it, or None."""
    return walk.app.peek('label', re.compile(words), walk.app.find('list', 'Services'))


def ask(item, title):
    walk.app.menu(MORE, item)
    return walk.app.find('dialog', title)


@step('what is billed every three months says so, and adds up with nothing that is billed otherwise [U-14]')
def _():
    steps.app = app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.create_client()
    walk.create_proposal()
    walk.add_service('Add monthly service', 'GST return', '1', '450')
    app.choose(app.all('combo box', 'Billed')[-1], 'Every 3 months')
    app.says('^450.00 every 3 months$', within=app.find('list', 'Services'))
    totals = app.find('list', 'Totals')
    wait_until('a total of each', lambda: [said[4:] for said in app.texts(totals) if said.startswith('NZD')]
               == ['1,380.00', '345.00', '517.50'])
    app.says('^Every 3 months$', within=totals)
    app.says('^Every 3 months from ', within=app.find('list', 'What this will do'))
    app.says(r'NZD.345\.00 a month, NZD.517\.50 every 3 months, including tax$')
    app.find('list item', re.compile(r'345.00 a month \+ …'), within=app.find('list', 'Proposals'))


@step('any other rhythm is typed: a number and a unit, and it adds up with nothing else [U-14]')
def _():
    app = walk.app
    services, totals = app.find('list', 'Services'), app.find('list', 'Totals')
    app.choose(app.all('combo box', 'Billed')[-1], 'Custom')
    app.focus(app.find('spin button', 'Billed every'))
    app.key('ctrl+a')
    app.type('5')
    app.choose(app.find('combo box', 'Unit'), 'Weeks')
    app.says('^450.00 every 5 weeks$', within=services)
    wait_until('a total of each', lambda: [said[4:] for said in app.texts(totals) if said.startswith('NZD')]
               == ['1,380.00', '345.00', '517.50'])
    app.says('^Every 5 weeks$', within=totals)
    app.says('^Every 5 weeks from ', within=app.find('list', 'What this will do'))
    app.says(r'NZD.345\.00 a month, NZD.517\.50 every 5 weeks, including tax$')
    walk.look('custom rhythm')


@step('usual again, there is no number and no unit; and it is gone with its service')
def _():
    app = walk.app
    app.choose(app.all('combo box', 'Billed')[-1], 'Every 2 months')
    app.says('^450.00 every 2 months$', within=app.find('list', 'Services'))
    app.gone('spin button', 'Billed every')
    app.gone('combo box', 'Unit')
    app.click('button', 'Remove service', within=app.find('list item', re.compile('^GST return .*Billed')))
    app.gone('list item', re.compile('^GST return'))


@step('accepted, a monthly service is planned a year ahead')
def _():
    app = walk.app
    walk.accept()
    walk.send_now()
    walk.wait_invoice()
    planned.extend(read_plan())
    assert len(planned) >= 11 and planned == months(planned[0], len(planned)), planned
    app.focus(app.find(('toggle button', 'button', 'menu button'), MORE))


@step('no pause without a reason, nor one that ends before it begins')
def _():
    app = walk.app
    dialog = ask('Pause…', 'Pause service')
    button = app.find('button', 'Pause', within=dialog)
    assert not has(button, 'sensitive')
    app.write('From', planned[2].isoformat(), within=dialog)
    app.write(re.compile('^Billed again from'), planned[1].isoformat(), within=dialog)
    app.write('Reason', 'On parental leave', within=dialog)
    app.says('^The day on which billing goes on lies after the one on which it pauses', within=dialog)
    assert not has(button, 'sensitive')


@step('it names the invoices that are left out, and those are left out')
def _():
    app = walk.app
    dialog = app.find('dialog', 'Pause service')
    app.write(re.compile('^Billed again from'), planned[4].isoformat(), within=dialog)
    words = app.says('^It is not billed on ', within=dialog)
    assert str(planned[2].year) in words and ' more' not in words, words
    walk.look('pause')
    app.click('button', 'Pause', within=dialog)
    app.gone('dialog', 'Pause service')
    plan_is(planned[:2] + planned[4:])
    wait_until('the row to say so', lambda: said('billed again from .*: On parental leave'))
    listed = app.find('list', 'Planned')
    wait_until('two spans of months', lambda: len(app.all('label', re.compile('^Monthly from'), listed)) == 2)
    walk.look('paused')


@step('the toast takes it back')
def _():
    app = walk.app
    app.click('button', 'Undo')
    plan_is(planned)
    wait_until('the row to be as before', lambda: not said('On parental leave'))


@step('by keyboard alone: paused from now on, the menu offers to resume')
def _():
    app = walk.app
    app.focus(app.find(('toggle button', 'button', 'menu button'), MORE))
    app.key('Return')
    app.find('menu item', 'Pause…')
    app.key('Return')
    dialog = app.find('dialog', 'Pause service')
    app.type('They pay late')
    wait_until('the button', lambda: has(app.find('button', 'Pause', within=dialog), 'sensitive'))
    app.key('Return')
    app.gone('dialog', 'Pause service')
    plan_is([])
    wait_until('the row to say so', lambda: said('Paused from .*: They pay late'))


@step('resumed, it is billed on the days that were agreed [U-12]')
def _():
    app = walk.app
    dialog = ask('Resume…', 'Resume service')
    app.write('From', planned[3].isoformat(), within=dialog)
    app.write('Reason', 'Paid', within=dialog)
    app.says('^It is billed on .* again$', within=dialog)
    app.click('button', 'Resume', within=dialog)
    app.gone('dialog', 'Resume service')
    plan_is(planned[3:])


@step('stopped from a later day; resumed, each from its own day, it is as agreed')
def _():
    app = walk.app
    dialog = ask('Stop…', 'Stop service')
    app.write('From', planned[5].isoformat(), within=dialog)
    app.write('Reason', 'Business sold', within=dialog)
    app.click('button', 'Stop', within=dialog)
    app.gone('dialog', 'Stop service')
    plan_is(planned[3:5])
    app.focus(app.find(('toggle button', 'button', 'menu button'), MORE))
    assert said('Paused from .*: They pay late') and said('Stopped from .*: Business sold')
    dialog = ask('Resume…', 'Resume service')
    app.write('From', planned[5].isoformat(), within=dialog)
    app.write('Reason', 'Not sold after all', within=dialog)
    app.click('button', 'Resume', within=dialog)
    app.gone('dialog', 'Resume service')
    plan_is(planned[3:])
    app.focus(app.find(('toggle button', 'button', 'menu button'), MORE))
    dialog = ask('Resume…', 'Resume service')
    app.write('Reason', 'Paid at once', within=dialog)
    app.click('button', 'Resume', within=dialog)
    app.gone('dialog', 'Resume service')
    plan_is(planned)


@step('one invoice is skipped with a reason, and taken back where it is read')
def _():
    app = walk.app
    listed = app.find('list', 'Planned')
    series = app.find('list item', re.compile('^Monthly from'), within=listed)
    app.focus(series)
    app.key('Return')
    app.click('button', re.compile('^Skip the invoice of '), within=listed)
    alert = app.find('alert', 'Skip this invoice?')
    assert not has(app.find('button', 'Skip', within=alert), 'sensitive')
    app.write('Reason', 'A gift', within=alert)
    walk.look('skip')
    app.click('button', 'Skip', within=alert)
    app.gone('alert', 'Skip this invoice?')
    plan_is(planned[1:])
    app.says('^Skipped: A gift$')
    assert app.peek('button', re.compile('^Skip the invoice of '), listed), 'the months folded up'
    app.click('button', 'Undo skipping')
    plan_is(planned)


@step('nothing of it reached Xero, and the program ends well')
def _():
    walk.assert_once(1)
    walk.quit()


sys.exit(steps.run())
