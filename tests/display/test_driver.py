#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The driver on a window that is nothing but a driver's test (little-window.c), and the stand-in browser on a
consent page of its own: when these fail, no other display test means anything."""

import http.server
import os
import subprocess
import sys
import threading
import urllib.parse

from driver import App, Browser, Missing, Steps, has, name, wait_until
from tree import Tree

steps = Steps('driver')
step = steps.step
said = []  # the callbacks that came


class Consent(http.server.BaseHTTPRequestHandler):
    PAGE = b'''<!doctype html><form method="post" action="/consent?step=2"><input type="hidden" name="ticket" value="7">
      <label><input type="radio" name="organisation" value="a1" checked> Demo Company (NZ)</label>
      <label><input type="radio" name="organisation" value="b2"> Kauri &amp; Sons</label>
      <button name="answer" value="allow">Allow access</button><button name="answer" value="cancel">Cancel</button></form>'''

    def do_GET(self):
        said.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.PAGE if self.path.startswith('/authorize') else b'You may close this page.')

    def do_POST(self):
        form = self.rfile.read(int(self.headers['Content-Length'])).decode()
        self.send_response(302)
        self.send_header('Location', '/callback?' + form)
        self.end_headers()

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Consent)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f'http://127.0.0.1:{server.server_port}'
browser = Browser()
app = steps.app = App(program=os.environ['LITTLE_WINDOW'], env={'LITTLE_WINDOW_ADDRESS': address + '/authorize?state=x'})


@step('the window comes and its words are read')
def _():
    app.start()
    assert app.says('Nothing yet') == 'Nothing yet'
    assert not app.peek('label', 'The second page'), 'a page that is not on screen was found'


@step('text is written and a button pressed')
def _():
    app.write('Name', 'Ngaio Ōtautahi € & Sons')
    app.click('button', 'Greet')
    app.says('^Hello, Ngaio Ōtautahi € & Sons$')


@step('keys are typed where the focus is')
def _():
    app.focus(app.find('text', 'Name'))
    app.key('ctrl+a')
    app.type('Mia')
    app.key('alt+g')
    app.says('^Hello, Mia$')


@step('a window that stands still is not asked again; one that did anything is, whoever had it do so')
def _():
    def look():
        return Tree.of(app.accessible, app.accessible.path)
    before = wait_until('a window at rest', lambda: look() is Tree.latest and Tree.latest)
    assert app.texts() and look() is before, 'the bus was asked again for nothing'
    subprocess.run(['xdotool', 'key', 'End', 'exclam'], check=True)  # behind the driver's back
    wait_until('what was typed', lambda: 'text "Name: Mia!"' in app.tree())
    assert look() is not before
    app.key('BackSpace')
    wait_until('it to be gone', lambda: 'text "Name: Mia"' in app.tree())


@step('a switch is set')
def _():
    app.set_switch('Quiet', True)
    app.set_switch('Quiet', True)
    assert has(app.find('check box', 'Quiet'), 'checked')
    app.set_switch('Quiet', False)


@step('a dialog is found, answered and gone')
def _():
    app.click('button', 'Ask')
    dialog = app.find('alert', 'Really?')
    app.says('cannot be undone', within=dialog)
    app.click('button', 'Yes', within=dialog)
    app.gone('alert', 'Really?')
    app.says('^yes$')


@step('an item of a menu is taken')
def _():
    app.menu('Main menu', 'Say hello')
    app.says('^Hello from the menu$')


@step('an item of a combo row is chosen')
def _():
    app.choose(app.find('combo box', 'Billing'), 'Yearly')
    app.gone('list item', 'Monthly')
    app.says('Yearly', within=app.find('combo box', 'Billing'))


@step('a row of a list box is opened, markup and all')
def _():
    app.open_row(app.find('list item', '<a href=x>R&D'))
    wait_until('the row', lambda: '<a href=x>R&D' in [name(node) for node in app.all('label')])
    app.open_row(app.find('list item', 'Kauri Plumbing Ltd'))
    app.says('^Kauri Plumbing Ltd$')


@step('a row of a column view is opened')
def _():
    app.open_row(app.find('table row', 'Line 5'))
    app.says('^Line 5 opened$')


@step('what is missing is told in bounded time, with the tree')
def _():
    try:
        app.find('button', 'Nowhere', seconds=0.3)
    except Missing as error:
        assert 'Nowhere' in str(error)
    else:
        raise AssertionError('found what is not there')
    tree = app.tree()
    assert 'button "Greet"' in tree and 'text "Name: Mia"' in tree, tree


@step('the window takes a size, and a picture has it')
def _():
    for width, height in ((360, 780), (900, 800)):
        app.resize(width, height)
        path = app.picture(os.path.join(os.environ['XDG_CACHE_HOME'], 'picture.png'))
        with open(path, 'rb') as file:
            head = file.read(24)
        assert head[1:4] == b'PNG' and (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (width, height)
    assert 0 < app.minimum_width() <= 900


@step('the browser allows, for the organisation chosen')
def _():
    browser.will('allow', 'Kauri & Sons')
    app.click('button', 'Open browser')
    assert browser.wait_visit('followed')['status'] == 200
    callback = urllib.parse.parse_qs(urllib.parse.urlsplit(said[-1]).query)
    assert callback == {'ticket': ['7'], 'organisation': ['b2'], 'answer': ['allow']}, callback
    assert 'state' not in open(browser.log_path, encoding='utf-8').read(), 'the log holds a query'


@step('the browser cancels')
def _():
    browser.will('cancel')
    app.click('button', 'Open browser')
    browser.wait_visit('followed', 2)
    assert 'answer=cancel' in said[-1], said[-1]


@step('the browser never comes back')
def _():
    browser.will('never')
    count = len(said)
    app.click('button', 'Open browser')
    browser.wait_visit('opened', 3)
    assert len(said) == count


@step('the next page is reached, the first one gone')
def _():
    app.click('button', 'Next page')
    app.says('^The second page$')
    app.gone('button', 'Greet')


@step('the window closes and the program ends without a complaint')
def _():
    app.click('button', 'Close')
    assert app.wait_end() == 0
    assert not app.complaints(), app.complaints()


sys.exit(steps.run())
