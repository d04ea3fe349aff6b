# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job as a person does it, step by step: from the first-run page to an invoice in Xero and back out. The
test (test_first_light.py) proves each step by the sandbox's own count; the tour (tour.py) takes its picture.

What is pinned here are roles and accessible names, nothing else of how the window is made."""

import datetime
import re

from driver import App, Browser, Sandbox, has, name, text, wait_until

ORGANISATION = None  # the sandbox's consent page: what stands there
CLIENT = 'Kōwhai & Daughters Joinery'
EMAIL = 'accounts@kowhai.example'
UPFRONT = ('Annual accounts 2027', '1', '1200')
MONTHLY = ('Monthly bookkeeping', '1', '300')
# What the first invoice comes to, with tax: on the first of a month the month's share is on it, too.
FIRST = '1,725' if datetime.date.today().day == 1 else '1,380'
PAGES = ('Proposals', 'Clients', 'Invoices', 'Activity')
KEYS = (*PAGES, 'Jobs')  # Alt+1 and so on; the last is there with a practice manager alone


NUMBER = re.compile(r'INV-\d+')


class Walk:
    """One person's way through the program. look(name) is called where there is something to see."""

    first = FIRST

    def __init__(self, look=None, env=None):
        self.look = look or (lambda picture: None)
        self.env = env or {}
        self.browser = Browser()
        self.app = None
        self.sandbox = None

    def amount(self, words):
        """A pattern of an amount as it stands on screen; where numbers are written otherwise, otherwise."""
        return re.escape(words)

    # -- start and end

    def start(self, *args, program=None, **env):
        self.app = App(*args, program=program, env={**self.env, **env}).start()
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
        self.renew_sandbox()
        self.look('demo')

    def renew_sandbox(self):
        """The demo's sandbox, which lives as long as the program."""
        self.sandbox = Sandbox.of(self.app)

    def in_practice(self):
        self.app.find('list', 'Pages')

    def quit(self):
        assert self.app.quit() == 0, f'the program ended with {self.app.process.returncode}'

    # -- getting about

    def close_preferences(self):
        """Whatever page of them it is. By its button: a toast that has just come up takes Escape for itself."""
        dialog = self.app.find('dialog', 'Preferences')
        self.app.click('button', 'Close', within=dialog)
        self.app.gone('dialog', 'Preferences')
        return dialog

    def go(self, page):
        """Alt+1 and so on, as the shortcuts say."""
        self.app.key(f'alt+{KEYS.index(page) + 1}')

        def is_there():
            row = self.app.peek('list item', re.compile(f'^{page}'), self.app.peek('list', 'Pages'))
            return has(row, 'selected') if row else page in self.app.texts()
        wait_until(f'the page {page}', is_there)

    # -- connecting

    def open_wizard(self):
        """By the button beside Xero's health in the sidebar."""
        if not self.app.peek('dialog', 'Connect Xero'):
            self.app.click('button', 'Connect…')
        return self.app.find('dialog', 'Connect Xero')

    def connect(self):
        app = self.app
        self.open_wizard()
        app.says('What you need')
        self.look('connect-what-you-need')
        self.browser.will('allow', ORGANISATION, held=True)
        app.click('button', 'Open browser')
        app.says('^Sign in to Xero in your browser')
        self.look('connect-waiting')
        self.browser.release()
        self.browser.wait_visit('followed')
        app.says('^Invoices of this practice go to the organisation that you choose')
        self.look('connect-organisation')
        app.click('button', 'Use this organisation')
        app.find('button', 'Done', seconds=90)
        self.look('connect-done')
        app.click('button', 'Done')
        app.gone('dialog', 'Connect Xero')

    def connect_refused(self):
        """The person presses Cancel on Xero's page: the wizard says what to do, and nothing is connected."""
        app = self.app
        self.open_wizard()
        self.browser.will('cancel')
        app.click('button', 'Open browser')
        self.browser.wait_visit('followed')
        app.says('^Xero was told no$')
        app.find('button', 'Try again')
        self.look('connect-refused')
        app.click('button', 'Cancel')
        app.gone('dialog', 'Connect Xero')

    # -- the work

    def create_client(self, client=CLIENT, email=EMAIL):
        app = self.app
        self.go('Clients')
        self.look('clients')
        app.key('ctrl+n')
        dialog = app.find('dialog', 'New client')
        app.write('Name of the business or person', client, within=dialog)
        app.write('E-mail', email, within=dialog)
        self.look('client-new')
        app.click('button', 'Create client', within=dialog)
        app.gone('dialog', 'New client')
        app.says('^Not in Xero yet$')
        self.look('client')

    def create_proposal(self, client=CLIENT):
        """Written against the form's templates before its page was there: to be run, and mended where it differs."""
        app = self.app
        self.go('Proposals')
        self.look('proposals')
        app.key('ctrl+n')
        dialog = app.find('dialog', 'Who is it for?')
        app.write('Search clients and contacts', client, within=dialog)
        row = app.find('list item', re.compile(re.escape(client)), within=app.find('list', 'Clients and contacts'))
        self.look('proposal-client')
        app.open_row(row)
        app.gone('dialog', 'Who is it for?')
        app.write('Title', 'Accounts 2027')
        app.says('^Saved$')  # a service that is added while that is under way is folded up again
        self.add_service('Add upfront service', *UPFRONT)
        self.add_service('Add monthly service', *MONTHLY)
        app.says('Subtotal .*' + self.amount('1,200.00'))
        self.look('proposal')

    def add_service(self, button, description, quantity, price):
        """What a new service's account and tax are, the practice's settings say; the last one of a name is the new one."""
        app = self.app
        app.click('button', button)
        wait_until('a new service', lambda: [text(one) for one in app.all('text', 'Description')][-1:] == [''])
        fields = {name(one): one for one in app.all('text')}  # of a name the last one is kept
        for field, words in (('Description', description), ('Quantity', quantity), ('Unit price', price)):
            app.put(fields[field], words)
        choices = {name(one): one for one in app.all('combo box')}
        for combo in ('Account', 'Tax'):
            if app.peek('label', 'Choose…', within=choices[combo]):
                app.choose(choices[combo], re.compile('^(200 Sales|15% GST on Income)'))

    def open_proposal(self, client=CLIENT):
        """The one of that client in the list of proposals."""
        app = self.app
        self.go('Proposals')
        app.open_row(app.find('list item', re.compile(re.escape(client)), within=app.find('list', 'Proposals')))

    def accept(self):
        """Who and how; the preview says what will be written, and the hold can still be undone afterwards."""
        app = self.app
        app.click('button', 'Mark as accepted…')
        dialog = app.find('dialog', 'Mark as accepted')
        app.write('Who accepted', 'Aroha Nguyen', within=dialog)
        preview = app.find('list', 'What this will do', within=dialog)
        app.says(r'^Invoice CS-\d{4}$', within=preview)
        app.says(self.amount(f'{self.first}.00'), within=preview)
        self.look('accept')
        app.click('button', 'Mark as accepted', within=dialog)
        app.gone('dialog', 'Mark as accepted')
        app.find('button', 'Undo')
        self.look('held')

    def undo_acceptance(self):
        """Within the hold: as if it had not been accepted."""
        app = self.app
        app.click('button', 'Undo')
        app.find('button', 'Mark as accepted…')

    def send_now(self):
        """Presses the button, unless the hold has ended by itself meanwhile, which comes to the same."""
        wait_until('the hold to end', lambda: not (button := self.app.peek('button', 'Send now')) or self.app.act(button))

    def wait_invoice(self):
        app = self.app
        self.send_now()
        app.says(r'^Invoice CS-\d{4}$', seconds=30, within=app.find('list', 'To Xero'))
        wait_until('contact and invoice to be in Xero', lambda: len(self.opens_in_xero()) == 2, 30)
        self.look('sent')

    def have_client_in_xero(self):
        """Connects the demo, for a client whose first invoice has arrived."""
        self.connect()
        self.create_client()
        self.create_proposal()
        self.accept()
        self.wait_invoice()

    def have_invoice_refused(self):
        """The second one of the client: meanwhile somebody archived the contact at Xero."""
        self.create_proposal()
        contact = self.sandbox.state()['created_contacts'][0]['id']
        self.sandbox.post(f'/sandbox/contacts/{contact}/archive')
        self.accept()
        self.send_now()
        self.go('Activity')
        wait_until('the card', self.card, 30)
        self.look('activity-card')

    def card(self, says='was not sent'):
        """What says that an invoice needs somebody, among the activity."""
        return self.app.peek('list item', re.compile(f'{says}, Needs you'), self.app.peek('list', 'Activity'))

    def have_invoice_corrected(self, cents=5):
        """The refused one, tried again: its answer is lost, and somebody corrects its tax before it is looked for."""
        contact = self.sandbox.state()['created_contacts'][0]['id']
        self.sandbox.post(f'/sandbox/contacts/{contact}/restore')
        self.sandbox.fault('corrected-after', '/api.xro/2.0/Invoices', 'PUT', seconds=cents)
        self.go('Activity')
        self.app.click('button', 'Try again', within=wait_until('the card', self.card))
        wait_until('what was found', lambda: self.card('may be in Xero already'), 30)

    def activity(self):
        """What else the page of activity has: the calls, the allowance, the support bundle."""
        app = self.app
        app.menu('More about the activity', 'Calls to Xero')
        app.find('list', 'Calls')
        self.look('activity-calls')
        app.click(('toggle button', 'button', 'menu button'), 'Xero’s allowance of calls')
        app.says('At this rate')
        self.look('activity-allowance')
        app.key('Escape')
        app.menu('More about the activity', 'Support bundle…')
        dialog = app.find('dialog', 'Support bundle')
        wait_until('the bundle', lambda: app.peek('text', 'The support bundle', dialog))
        self.look('activity-support')
        app.key('Escape')
        app.gone('dialog', 'Support bundle')

    def created(self):
        """The invoices that the sandbox was sent."""
        return self.sandbox.state()['created_invoices']

    def assert_once(self, count):
        """So many, and none of them twice."""
        assert len(self.created()) == count, self.created()
        assert all(times == 1 for times in self.sandbox.state()['invoices_by_number'].values())

    def opens_in_xero(self):
        """The buttons that lead to what has arrived."""
        return self.app.all('button', re.compile('^Open.* in Xero'), within=self.app.peek('list', 'To Xero'))

    def invoice_rows(self):
        """Of the table, or of the list of two-line rows where there is no room for columns."""
        narrow = self.app.peek('list', 'Invoices')
        return self.app.all('table row')[1:] or (narrow and self.app.all('list item', within=narrow))

    def invoice_row(self, pattern):
        """The first whose words are like that, with the keyboard in it: what there is to press is there only then."""
        row = wait_until(f'a row like {pattern}', lambda: next((one for one in self.invoice_rows() if re.search(pattern, name(one))), None))
        self.app.go_to_row(row)
        return row

    def invoice_number(self):
        """Of the first that is listed."""
        return wait_until('a number', lambda: next((NUMBER.search(name(one)).group() for one in self.invoice_rows()
                                                    if NUMBER.search(name(one))), None))

    def payments_button(self):
        """Of the first that has payments."""
        return self.app.find('button', re.compile(r'^\d+ payments?$'), within=self.invoice_row(r'\d payments?$'))

    def invoices(self):
        app = self.app
        self.go('Invoices')
        rows = wait_until('invoices in the list', self.invoice_rows)
        self.look('invoices')
        app.open_row(rows[0])
        app.says('(?i)payments|lines')
        self.look('invoice')

    def disconnect(self):
        app = self.app
        app.menu('Main menu', 'Disconnect from Xero…')
        dialog = app.find('alert', 'Disconnect from Xero?')
        self.look('disconnect')
        app.click('button', 'Disconnect', within=dialog)
        app.gone('alert', 'Disconnect from Xero?')
        app.says('Disconnected')
        self.look('disconnected')
