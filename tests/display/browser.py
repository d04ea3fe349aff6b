#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""browser.py ADDRESS   a person at a browser, for tests: reads the consent page, chooses the organisation, presses
Allow or Cancel, and follows the redirect back to the program. driver.Browser writes its orders. It speaks to the
loopback interface alone, and its log keeps neither codes nor queries."""

import html.parser
import http.client
import json
import os
import sys
import time
import urllib.parse

REDIRECTS_MAX = 5
HELD_MAX_S = 200  # a person who looks at the page: until driver.Browser.release()
LOOPBACK = ('localhost', '127.0.0.1', '::1')


class Page(html.parser.HTMLParser):
    """The first form of a page: its fields as a browser would send them, its choices and its buttons."""

    def __init__(self):
        super().__init__()
        self.form = None      # (method, action)
        self.fields = []      # [name, value]: hidden and typed ones, ticked boxes, chosen radios
        self.choices = []     # [kind, name, value, words]: options, radios, boxes
        self.buttons = []     # [name, value, words]
        self._select = None
        self._words = None    # the list entry whose words are being read

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name, value = attrs.get('name'), attrs.get('value') or ''
        if tag == 'form' and self.form is None:
            self.form = ((attrs.get('method') or 'get').upper(), attrs.get('action') or '')
        elif tag == 'select':
            self._select = name
        elif tag == 'option':
            self.choices.append(['option', self._select, attrs.get('value'), ''])
            self._words = self.choices[-1]
            if 'selected' in attrs:
                self.fields.append([self._select, value])
        elif tag == 'button':
            self.buttons.append([name, value, ''])
            self._words = self.buttons[-1]
        elif tag == 'input':
            kind = (attrs.get('type') or 'text').lower()
            if kind == 'submit':
                self.buttons.append([name, value, value])
            elif kind in ('radio', 'checkbox'):
                self.choices.append([kind, name, value or 'on', ''])
                self._words = self.choices[-1]
                if 'checked' in attrs:
                    self.fields.append([name, value or 'on'])
            elif name:
                self.fields.append([name, value])

    def handle_data(self, data):
        if self._words is not None:
            self._words[-1] += data

    def handle_endtag(self, tag):
        if tag in ('option', 'button', 'label', 'form'):
            self._words = None

    def choose(self, organisation):
        """Takes the choice that has these words or this value; without an organisation, what stands, or the first."""
        for kind, name, value, words in self.choices:
            value = words.strip() if value is None else value
            chosen = [field for field in self.fields if field[0] == name]
            if organisation is None and chosen:
                continue
            if organisation is None or organisation in words or organisation == value:
                if kind != 'checkbox' or organisation is not None:
                    self.fields = [field for field in self.fields if field[0] != name]
                self.fields.append([name, value])
                return True
        return organisation is None

    def press(self, *words):
        """The button that says one of these, as a field to send; None when there is none."""
        for name, value, said in self.buttons:
            if any(word in (said + ' ' + value).lower() for word in words):
                return [name, value]
        return None


def fetch(method, address, fields=None):
    parts = urllib.parse.urlsplit(address)
    if parts.scheme != 'http' or parts.hostname not in LOOPBACK:
        raise ValueError(f'not an address of this machine: {parts.scheme}://{parts.hostname}')
    path = urllib.parse.urlunsplit(('', '', parts.path or '/', parts.query, ''))
    body = headers = None
    if fields is not None:
        encoded = urllib.parse.urlencode([tuple(field) for field in fields])
        if method == 'POST':
            body, headers = encoded, {'Content-Type': 'application/x-www-form-urlencoded'}
        else:
            path = (parts.path or '/') + '?' + encoded
    connection = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=30)
    try:
        connection.request(method, path, body, headers or {})
        reply = connection.getresponse()
        return reply.status, reply.getheader('Location'), reply.read().decode('utf-8', 'replace')
    finally:
        connection.close()


def read_orders(folder):
    with open(os.path.join(folder, 'browser-orders.json'), encoding='utf-8') as file:
        return json.load(file)


def hold(folder, orders, where):
    """Waits until the person is let go on from there; the orders as they are then."""
    deadline = time.monotonic() + HELD_MAX_S
    while orders.get('held') == where and time.monotonic() < deadline:
        time.sleep(0.1)
        orders = read_orders(folder)
    return orders


def redirect_of(address, query):
    """Where a person would be sent back to, with the state that belongs to it: Xero itself is not asked."""
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
    return f'{asked["redirect_uri"][0]}?{query}&state={urllib.parse.quote(asked["state"][0])}'


def main(address):
    folder = os.environ['XDG_RUNTIME_DIR']
    orders = read_orders(folder)

    def log(did, where, status=0, note=''):
        bare = urllib.parse.urlunsplit(urllib.parse.urlsplit(where)._replace(query='', fragment=''))
        with open(os.path.join(folder, 'browser-log'), 'a', encoding='utf-8') as file:
            file.write(json.dumps({'did': did, 'address': bare, 'status': status, 'note': note}) + '\n')

    log('opened', address)
    orders = hold(folder, orders, True)
    if orders['answer'] == 'never':
        return 0
    try:
        if orders['answer'] == 'return':
            address = redirect_of(address, orders['query'])
            status, _, _ = fetch('GET', address)
            log('followed', address, status)
            return 0
        status, location, text = fetch('GET', address)
        page = Page()
        page.feed(text)
        if page.form is None or status != 200:
            log('lost', address, status, 'no form on the page')
            return 1
        if orders['answer'] == 'cancel':
            button = page.press('cancel', 'deny', 'decline')
        else:
            if not page.choose(orders.get('organisation')):
                log('lost', address, status, f'no organisation {orders.get("organisation")}')
                return 1
            button = page.press('allow', 'accept', 'continue')
        if button is None:
            log('lost', address, status, f'no button for {orders["answer"]}')
            return 1
        fields = page.fields + ([button] if button[0] else [])
        method, action = page.form
        address = urllib.parse.urljoin(address, action)
        status, location, _ = fetch(method, address, fields)
        log(orders['answer'], address, status)
        hold(folder, orders, 'callback')
        for _ in range(REDIRECTS_MAX):
            if not location or orders['answer'] == 'refuse':
                break
            address = urllib.parse.urljoin(address, location)
            status, location, _ = fetch('GET', address)
            log('followed', address, status)
    except (OSError, ValueError, http.client.HTTPException) as error:
        log('lost', address, 0, f'{type(error).__name__}')
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
