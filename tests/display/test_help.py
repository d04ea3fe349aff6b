#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The help opens where it fits what is looked at, is searched, leads to what it is about, and knows every key."""

import re
import sys

from driver import Steps, has, name, wait_until
from first_light import PAGES, Walk

TOPICS = {'Proposals': 'Write a proposal', 'Clients': 'Clients', 'Invoices': 'Invoices',
          'Activity': 'What is sent, and what needs you'}

steps = Steps('help')
step = steps.step
walk = Walk()


def help_at(title):
    """The help, open at that topic."""
    dialog = walk.app.find('dialog', 'Help')
    row = walk.app.find('list item', title, within=dialog)
    wait_until(f'the topic {title}', lambda: has(row, 'selected'))
    return dialog


def close_help():
    walk.app.key('Escape')
    walk.app.gone('dialog', 'Help')


def in_page(page):
    row = walk.app.find('list item', re.compile(f'^{page}'), walk.app.find('list', 'Pages'))
    return has(row, 'selected')


@step('F1 explains how it works before there is a practice')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.app.key('F1')
    help_at('How it works')
    walk.look('help-start')
    close_help()


@step('F1 opens the help where it fits the page')
def _():
    walk.explore_demo()
    for page in PAGES:
        walk.go(page)
        walk.app.key('F1')
        help_at(TOPICS[page])
        walk.look(f'help-{page.lower()}')
        close_help()


@step('F1 over a dialog is about the dialog')
def _():
    app = walk.app
    app.key('ctrl+comma')
    app.find('dialog', 'Preferences')
    app.key('F1')
    help_at('How invoices look')
    close_help()
    app.key('Escape')
    app.gone('dialog', 'Preferences')


@step('the help is searched by any words of a topic, and leads to what it is about')
def _():
    app = walk.app
    walk.go('Clients')
    app.key('F1')
    dialog = app.find('dialog', 'Help')
    topics = app.find('list', 'Topics', within=dialog)
    assert len(app.all('list item', within=topics)) == 14, app.tree()
    app.type('skip lock date')
    wait_until('one topic', lambda: [name(one) for one in app.all('list item', within=topics)] == ['Invoices that were missed'])
    help_at('Invoices that were missed')
    app.write('Search the help', 'zebra', within=dialog)
    app.says('^Nothing found$', within=dialog)
    app.gone('label', 'Invoices that were missed')  # no topic has the word: none is shown
    app.gone('button', 'Go to activity')
    app.write('Search the help', 'push now', within=dialog)
    help_at('What is sent, and what needs you')
    app.click('button', 'Go to activity', within=dialog)
    app.gone('dialog', 'Help')
    wait_until('the page', lambda: in_page('Activity'))


@step('a list of its own where the window is narrow')
def _():
    app = walk.app
    before = app.geometry()[2:]
    app.resize(360, 720)
    app.key('F1')
    dialog = app.find('dialog', 'Help')
    app.says('^A card on top says what happened', within=dialog)
    assert not app.peek('list', 'Topics', dialog), 'no room for both'
    walk.look('help-narrow')
    app.click('button', 'Back', within=dialog)
    topics = app.find('list', 'Topics', within=dialog)
    app.open_row(app.find('list item', 'Keyboard', within=topics))
    app.says('^Everything can be done from the keyboard', within=dialog)
    app.key('Escape')  # to the list, and then away
    app.find('list', 'Topics', within=dialog)
    close_help()
    app.resize(*before)


@step('the shortcuts page has every key of the window')
def _():
    app = walk.app
    app.key('ctrl+question')
    dialog = app.find('dialog', 'Keyboard shortcuts')
    told = app.texts(within=dialog)
    for key in ('F1', 'F5', 'F10', 'Ctrl+N', 'Ctrl+F', 'Ctrl+R', 'Ctrl+W', 'Ctrl+Q', 'Alt+1', 'Alt+5'):
        assert key in told, (key, told)
    app.key('Escape')
    app.gone('dialog', 'Keyboard shortcuts')


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()[:5]


if __name__ == '__main__':
    sys.exit(steps.run())
