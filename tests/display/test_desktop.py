#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""At home on the desktop: one window however often it is started, what the launcher's menu asks for, a notification for
who looks elsewhere [R-04], and a window that is found as it was left."""

import re
import subprocess
import sys

from driver import Steps, has, wait_until
from first_light import CLIENT, FIRST, Walk
from notices import NoticeBoard

ID = 'io.github.countersign.Countersign'
SIZE = (1111, 777)

steps = Steps('desktop')
step = steps.step
board = NoticeBoard()
steps.at_end(board.stop)
walk = Walk()


def desktop_asks(action):
    """As the launcher's menu and a notification do."""
    path = '/' + ID.replace('.', '/')
    subprocess.run(['gdbus', 'call', '--session', '--dest', ID, '--object-path', path, '--method',
                    'org.freedesktop.Application.ActivateAction', action, '[]', '{}'], check=True, stdout=subprocess.DEVNULL)


def in_page(page):
    row = walk.app.find('list item', re.compile(f'^{page}'), walk.app.find('list', 'Pages'))
    return has(row, 'selected')


@step('a client that is in Xero')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.have_client_in_xero()


@step('R-04: who looks elsewhere is told once that something needs them, and of nobody by name')
def _():
    app = walk.app
    walk.create_proposal()
    contact = walk.sandbox.state()['created_contacts'][0]['id']
    walk.sandbox.post(f'/sandbox/contacts/{contact}/archive')
    walk.accept()
    assert not board.shown(), board.shown()
    board.look_away()
    walk.send_now()
    notice, = wait_until('a notification', board.shown, 30).values()
    assert notice['title'] == 'An entry was not sent', notice
    assert not re.search(f'{re.escape(CLIENT)}|{FIRST}|Kōwhai', notice['title'] + notice['body']), notice
    assert 'show-activity' in notice['action'], notice


@step('R-04: it goes once its cause is gone')
def _():
    app = walk.app
    contact = walk.sandbox.state()['created_contacts'][0]['id']
    walk.sandbox.post(f'/sandbox/contacts/{contact}/restore')
    desktop_asks('show-activity')
    wait_until('the page', lambda: in_page('Activity'))
    board.look_away()
    app.click('button', 'Try again')
    wait_until('no notification', lambda: not board.shown(), 30)
    assert [line['did'] for line in board.history()].count('add') == 1, board.history()


@step('the launcher’s menu: a new client, a new proposal')
def _():
    app = walk.app
    desktop_asks('new-client')
    app.find('dialog', 'New client')
    app.key('Escape')
    app.gone('dialog', 'New client')
    desktop_asks('new-proposal')
    app.find('dialog', 'Who is it for?')
    app.key('Escape')
    app.gone('dialog', 'Who is it for?')


@step('started a second time, it is the same window')
def _():
    done = subprocess.run(walk.app.args, env=walk.app.env, check=False, timeout=60, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert len(walk.app.all('frame')) == 1, walk.app.tree()


@step('the window is found as it was left: its size and its page')
def _():
    walk.go('Clients')
    walk.app.resize(*SIZE)
    walk.quit()
    steps.app = walk.start()
    walk.in_practice()
    wait_until('the size', lambda: walk.app.geometry()[2:] == SIZE)
    wait_until('the page', lambda: in_page('Clients'))
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()[:5]


if __name__ == '__main__':
    sys.exit(steps.run())
