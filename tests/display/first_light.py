# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job as a person does it, step by step: from the first-run page to an invoice in Xero and back out. The
test (test_first_light.py) proves each step by the sandbox's own count; the tour (tour.py) takes its picture.

What is pinned here are roles and accessible names, nothing else of how the window is made."""

import re

from driver import App, Browser, Sandbox, has, name, wait_until

ORGANISATION = None  # the sandbox's consent page: what stands there
CLIENT = 'Kōwhai & Daughters Joinery'
EMAIL = 'accounts@kowhai.example'
UPFRONT = ('Annual accounts 2027', '1', '1200')
MONTHLY = ('Monthly bookkeeping', '1', '300')
PAGES = ('Proposals', 'Clients', 'Invoices', 'Activity')


class Walk:
    """One person's way through the program. look(name) is called where there is something to see."""

    def __init__(self, look=None, env=None):
        self.look = look or (lambda picture: None)
        self.env = env or {}
        self.browser = Browser()
        self.app = None
        self.sandbox = None

    # -- start and end

    def start(self, *args, **env):
        self.app = App(*args, env={**self.env, **env}).start()
        return self.app

    def first_run(self):
        self.app.says('^Welcome to Countersign$')
        self.app.find('button', 'Connect Xero')
        self.app.find('button', 'Explore a demo practice')
        self.look('first-run')

    def explore_demo(self):
        self.app.click('button', 'Explore a demo practice')
        self.in_practice()
        self.app.says('Demo practice: nothing leaves this computer')
        self.sandbox = Sandbox.of(self.app)
        self.look('demo')

    def in_practice(self):
        self.app.find('list', 'Pages')

    def quit(self):
        assert self.app.quit() == 0, f'the program ended with {self.app.process.returncode}'

    # -- getting about

    def go(self, page):
        """Alt+1 and so on, as the shortcuts say."""
        self.app.key(f'alt+{PAGES.index(page) + 1}')
        wait_until(f'the page {page}', lambda: self.app.peek('list item', re.compile(f'^{page}')) is not None or
                   page in self.app.texts())

    # -- connecting

    def connect(self):
        app = self.app
        app.key('alt+1')
        if not app.peek('dialog', re.compile('Connect')):
            app.click('button', re.compile('^Connect'))
        app.find(('dialog', 'alert'), re.compile('Connect'))
        self.look('connect-what-you-need')
        self.browser.will('allow', ORGANISATION)
        app.click('button', re.compile('^(Open browser|Continue|Next|Start|Sign in)'))
        self.look('connect-browser')
        self.browser.wait_visit('followed')
        app.says('organisation', seconds=20)
        self.look('connect-organisation')
        app.click('button', re.compile('^(Connect|Continue|Choose|Use)'))
        app.says('(?i)connected|done|ready', seconds=60)
        self.look('connect-done')
        app.click('button', re.compile('^(Done|Close|Finish)'))

    # -- the work

    def create_client(self):
        app = self.app
        self.go('Clients')
        self.look('clients')
        app.key('ctrl+n')
        app.write(re.compile('^(Name|Entity name|Client name)'), CLIENT)
        app.write(re.compile('(?i)^e-?mail'), EMAIL)
        self.look('client-new')
        app.click('button', re.compile('^(Create|Save|Add)'))
        app.says(re.escape(CLIENT))
        self.look('client')

    def create_proposal(self):
        raise NotImplementedError('waits for the proposal editor')

    def accept(self):
        raise NotImplementedError('waits for the acceptance dialog')

    def wait_invoice(self):
        raise NotImplementedError('waits for the proposal page')

    def invoices(self):
        app = self.app
        self.go('Invoices')
        rows = wait_until('invoices in the list', lambda: app.all('table row')[1:])
        self.look('invoices')
        app.open_row(rows[0])
        app.says('(?i)payments|lines')
        self.look('invoice')

    def disconnect(self):
        app = self.app
        app.key('F10')
        app.click('menu item', re.compile('^Disconnect from Xero'))
        dialog = app.find('alert', 'Disconnect from Xero?')
        self.look('disconnect')
        app.click('button', 'Disconnect', within=dialog)
        app.says('Disconnected')
        self.look('disconnected')


__all__ = ['Walk', 'CLIENT', 'EMAIL', 'PAGES', 'has', 'name']
