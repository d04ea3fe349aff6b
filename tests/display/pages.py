# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page and dialog there is, and how a person gets there: on the demo practice, at the test clock. Each standing
check (checks.py) runs over this table, and tests/check-pages fails the build for a template of src/ui that no row shows.

The rows are walked in their order, each from where the one before left off. `shows` names the templates that must be on
screen then; `alert` the heading of one that a function puts together."""

import os
import re
import sqlite3
from collections import namedtuple

from driver import files_under, has, name, wait_until
from first_light import CLIENT, MONTHLY, UPFRONT, Walk
from scopes import ask

NOW = '2026-11-20T03:14:15Z'
ZONE = 'Pacific/Auckland'
STAGES = {  # what the program is started with
    'new': [],
    'problem': ['--data-folder', '/dev/null/countersign'],
    'demo': ['--demo', '--now', NOW],
}

# Of products, and of the sandbox's organisation before anything of it is kept.
NAMES = {'Xero', 'Countersign', 'Kauri & Co Accountants', 'Demo', 'Aroha Nguyen'}
NOBODY = 'zzzz'  # what the walk types, and nothing has
# Routes, keys, addresses, currencies with an amount, names of files.
OTHER = re.compile(r'(GET|PUT|POST|DELETE) /\S*|(Ctrl|Alt|Shift|Super)\+.*|https?:\S*|localhost:\S*|[A-Z]{3}(\s[\d\s.,]+)?|\+\d+|[\w.]+\.\w+|Escape|Return|'
                   r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')

Page = namedtuple('Page', 'name stage shows way leave alert')
PAGES = []


def page(name, *shows, stage='demo', leave=None, alert=None):
    """Declares one; the function is the way there. leave: what is pressed, or a function, to go on from it."""
    def add(way):
        PAGES.append(Page(name, stage, shows, way, leave, alert))
        return way
    return add


def escape(*dialog):
    """Leaves by Escape; waits for that to be gone."""
    def leave(walk):
        walk.app.key('Escape')
        if dialog:
            walk.app.gone(*dialog)
    return leave


# ---- before there is a practice --------------------------------------------------------------------------------

@page('first-run', 'CsWindow', 'CsFirstRun', stage='new')
def _(walk):
    walk.first_run()


@page('practice-name', 'CsPracticeNameDialog', stage='new', leave=escape('dialog', 'New practice'))
def _(walk):
    walk.app.click('button', 'Connect Xero')
    walk.app.find('dialog', 'New practice')


@page('shortcuts', 'CsShortcutsDialog', stage='new', leave=escape('dialog', 'Keyboard shortcuts'))
def _(walk):
    walk.app.menu('Main menu', 'Keyboard shortcuts')
    walk.app.find('dialog', 'Keyboard shortcuts')


@page('help', 'CsHelpDialog', stage='new', leave=escape('dialog', 'Help'))
def _(walk):
    walk.app.key('F1')
    walk.app.find('dialog', 'Help')


@page('about', 'AdwAboutDialog', stage='new', leave=escape('dialog', 'About Countersign'))
def _(walk):
    walk.app.menu('Main menu', 'About Countersign')
    walk.app.find('dialog', re.compile('About'))


@page('problem', 'CsProblemPage', stage='problem')
def _(walk):
    walk.app.find('button', 'Try again')


# ---- a practice with nothing in it -----------------------------------------------------------------------------

@page('proposals-empty', 'CsProposalsPage', 'CsSidebar', 'CsSplit', 'CsListPane')
def _(walk):
    walk.in_practice()
    walk.renew_sandbox()
    walk.go('Proposals')
    walk.app.find('button', 'New proposal')


@page('clients-empty', 'CsClientsPage')
def _(walk):
    walk.go('Clients')


@page('invoices-empty', 'CsInvoicesPage')
def _(walk):
    walk.go('Invoices')


@page('activity-empty', 'CsActivityPage')
def _(walk):
    walk.go('Activity')


@page('throw-away', alert='Throw away this demo?', leave=escape('alert', 'Throw away this demo?'))
def _(walk):
    walk.app.click('button', 'Throw away…')
    walk.app.find('alert', 'Throw away this demo?')


# ---- connecting ------------------------------------------------------------------------------------------------

@page('connect', 'CsConnectDialog')
def _(walk):
    walk.open_wizard()
    walk.app.says('What you need')


@page('connect-waiting', 'CsConnectDialog')
def _(walk):
    walk.browser.will('cancel', held=True)
    walk.app.click('button', 'Open browser')
    walk.app.says('^Sign in to Xero in your browser')


@page('connect-problem', 'CsConnectProblemPage', leave=lambda walk: walk.app.click('button', 'Back'))
def _(walk):
    walk.browser.release()
    walk.app.says('^Xero was told no$')
    walk.app.find('button', 'Try again')


@page('connect-organisation', 'CsConnectDialog')
def _(walk):
    walk.app.says('What you need')
    walk.browser.will('allow')
    walk.app.click('button', 'Open browser')
    walk.app.says('^Invoices of this practice go to the organisation that you choose')


@page('connect-done', 'CsConnectDialog')
def _(walk):
    walk.app.click('button', 'Use this organisation')
    walk.app.find('button', 'Done', seconds=90)


# ---- a client, a proposal, its acceptance ----------------------------------------------------------------------

def leave_done(walk):
    walk.app.click('button', 'Done')
    walk.app.gone('dialog', 'Connect Xero')


def hold(walk, seconds):
    """So that what was accepted is still held when its page is looked at, however long the pages before took."""
    app = walk.app
    tab('Invoices')(walk)
    dialog = app.find('dialog', 'Preferences')
    row = app.find('spin button', re.compile('^Hold before sending'), within=dialog)
    row.get_value_iface().set_current_value(seconds)
    walk.close_preferences()


@page('client-new', 'CsClientDialog')
def _(walk):
    leave_done(walk)
    hold(walk, 600)
    walk.go('Clients')
    walk.app.key('ctrl+n')
    walk.app.find('dialog', 'New client')


@page('client', 'CsClientPane', 'CsInvoicesCard')
def _(walk):
    walk.app.key('Escape')
    walk.app.gone('dialog', 'New client')
    walk.create_client()


@page('client-edit', 'CsClientDialog', leave=escape('dialog', 'Edit client'))
def _(walk):
    walk.app.click('button', 'Edit client')
    walk.app.find('dialog', 'Edit client')


def list_of(walk, which):
    walk.go('Clients')
    walk.app.click(('radio button', 'toggle button'), which)


@page('groups-empty', 'CsClientSetsPage')
def _(walk):
    list_of(walk, 'Groups')
    walk.app.says('^No groups yet$')


@page('group-new', 'CsClientSetDialog')
def _(walk):
    walk.app.key('ctrl+n')
    walk.app.find('dialog', 'New group')


@page('group', 'CsClientSetPane', leave=lambda walk: list_of(walk, 'Clients'))
def _(walk):
    dialog = walk.app.find('dialog', 'New group')
    walk.app.write('Name', 'Kōwhai family', within=dialog)
    walk.app.focus(walk.app.find('check box', CLIENT, within=dialog))
    walk.app.key('space')
    walk.app.click('button', 'Save', within=dialog)
    walk.app.gone('dialog', 'New group')
    walk.app.find('list item', re.compile(re.escape(CLIENT)), within=walk.app.find('list', 'Clients'))


@page('proposal-client', 'CsClientPickerDialog', leave=escape('dialog', 'Who is it for?'))
def _(walk):
    walk.go('Proposals')
    walk.app.key('ctrl+n')
    dialog = walk.app.find('dialog', 'Who is it for?')
    walk.app.write('Search clients and contacts', CLIENT[:3], within=dialog)
    walk.app.find('list item', re.compile(re.escape(CLIENT)), within=dialog)


@page('proposal', 'CsProposalPane', 'CsProposalForm', 'CsLineRow')
def _(walk):
    walk.create_proposal()
    # What is written is kept a moment later, and the list follows.
    wait_until('the row to tell what a month costs', lambda: walk.app.peek(
        'list item', re.compile('^Accounts 2027, .*345'), within=walk.app.peek('list', 'Proposals')))


def monthly(walk):
    walk.app.choose(walk.app.find('combo box', 'Billed'), 'Monthly')
    walk.app.gone('combo box', 'Unit')


@page('proposal-rhythm', 'CsLineRow', leave=monthly)
def _(walk):
    walk.app.choose(walk.app.find('combo box', 'Billed'), 'Custom')
    walk.app.find('combo box', 'Unit')


@page('delete-draft', alert='Delete this draft?', leave=escape('alert', 'Delete this draft?'))
def _(walk):
    walk.app.menu('More', 'Delete draft')
    walk.app.find('alert', 'Delete this draft?')


@page('accept', 'CsAcceptDialog')
def _(walk):
    app = walk.app
    app.click('button', 'Mark as accepted…')
    dialog = app.find('dialog', 'Mark as accepted')
    app.write('Who accepted', 'Aroha Nguyen', within=dialog)
    app.write('When', '2026-08-12', within=dialog)
    preview = app.find('list', 'What this will do', within=dialog)
    app.says('past invoices are not sent by themselves$', within=preview)


@page('agreement', 'CsAgreementView')
def _(walk):
    app = walk.app
    app.click('button', 'Mark as accepted', within=app.find('dialog', 'Mark as accepted'))
    app.gone('dialog', 'Mark as accepted')
    app.find('button', 'Undo')


@page('pause-service', 'CsBillingDialog', leave=escape('dialog', 'Pause service'))
def _(walk):
    app = walk.app
    app.menu(f'More about “{MONTHLY[0]}”', 'Pause…')
    dialog = app.find('dialog', 'Pause service')
    app.says('^It is not billed on ', within=dialog)


@page('skip-invoice', alert='Skip this invoice?', leave=escape('alert', 'Skip this invoice?'))
def _(walk):
    app = walk.app
    listed = app.find('list', 'Planned')
    app.click('button', re.compile('^Skip the invoice of '), within=listed)
    app.find('alert', 'Skip this invoice?')


@page('do-not-send', alert='Don’t send the contact?', leave=escape('alert', 'Don’t send the contact?'))
def _(walk):
    app = walk.app
    walk.go('Activity')
    app.open_row(app.find('list item', re.compile('^Contact'), app.find('list', 'Activity')))
    app.click('button', 'Don’t send')
    app.find('alert', 'Don’t send the contact?')


@page('catch-up', 'CsCatchUpDialog', leave=escape('dialog', 'Missed invoices'))
def _(walk):
    app = walk.app
    walk.go('Proposals')
    walk.wait_invoice()
    app.click('button', 'Review…')
    wait_until('the missed ones', lambda: app.all('check box', within=app.peek('list', 'Missed invoices')))


# ---- what is done and what needs somebody ----------------------------------------------------------------------

@page('activity', 'CsNeedCard')
def _(walk):
    walk.have_invoice_refused()


@page('operation', 'CsOperationPane', 'CsSyncStrip')
def _(walk):
    walk.app.open_row(walk.app.find('list item', re.compile('^Invoice.*Sent'), walk.app.find('list', 'Activity')))
    walk.app.says('^[1-9] calls? to Xero$')


@page('calls', 'CsCallsPane', 'CsCallRow')
def _(walk):
    walk.app.menu('More about the activity', 'Calls to Xero')
    walk.app.find('list item', re.compile('^Read'), walk.app.find('list', 'Calls'))


@page('allowance', 'CsMeterButton', 'CsMeterBox', leave=escape())
def _(walk):
    walk.app.click(('toggle button', 'button', 'menu button'), 'Xero’s allowance of calls')
    walk.app.says('At this rate')


@page('support', 'CsSupportDialog', leave=escape('dialog', 'Support bundle'))
def _(walk):
    walk.app.menu('More about the activity', 'Support bundle…')
    dialog = walk.app.find('dialog', 'Support bundle')
    wait_until('the bundle', lambda: walk.app.peek('text', 'The support bundle', dialog))


# ---- the lists, with something in them -------------------------------------------------------------------------

@page('proposals', 'CsProposalsPage')
def _(walk):
    walk.go('Proposals')
    walk.app.find('list item', re.compile(re.escape(CLIENT)), within=walk.app.find('list', 'Proposals'))


@page('clients', 'CsClientsPage')
def _(walk):
    walk.go('Clients')
    walk.app.find('list item', re.compile(re.escape(CLIENT)))


@page('nothing-found', 'CsListPane', leave=lambda walk: walk.app.click('button', 'Show everything'))
def _(walk):
    walk.app.key('ctrl+f')
    walk.app.type(NOBODY)
    walk.app.says('^Nothing found$')


@page('client-import', 'CsClientImportDialog', leave=escape('dialog', 'Import clients'))
def _(walk):
    path = os.path.join(os.environ['HOME'], 'clients.csv')
    email = ask('SELECT email FROM client WHERE name = ?', CLIENT)[0][0]
    rows = ['Client name,Contact name,E-mail', f'{CLIENT},{NOBODY},', f'{NOBODY},,{email}', f'{NOBODY},,', f',{NOBODY},', f'{NOBODY},,']
    with open(path, 'w', encoding='utf-8') as file:
        file.write('\n'.join(rows))
    walk.app.menu('More about clients', re.compile('^Import from CSV'))
    walk.app.choose_file('Import clients', path)
    walk.app.find('list', 'Clients in the file')


@page('invoices', 'CsInvoicesPage', 'CsInvoiceBrowser', 'CsTotalBoxes')
def _(walk):
    walk.go('Invoices')
    wait_until('invoices in the list', walk.invoice_rows)


def back_to_invoices(walk):
    walk.app.act(walk.app.find('toggle button', 'By contact'))
    walk.app.gone(('list', 'tree table'), 'Aged receivables')


@page('debtors', 'CsDebtorsView', leave=back_to_invoices)
def _(walk):
    walk.app.resize(700, 800)  # in rows: it has the page for itself, and a wider one has columns
    walk.app.act(walk.app.find('toggle button', 'By contact'))
    listed = walk.app.find('list', 'Aged receivables')
    wait_until('who owes what', lambda: walk.app.all('list item', within=listed))


@page('invoice', 'CsInvoicePane')
def _(walk):
    # Rows take the place of columns as the window becomes narrower again.
    wait_until('rows that stay', lambda: name(walk.invoice_rows()[0].get_parent()) == 'Invoices')
    walk.app.open_row(walk.invoice_rows()[0])
    walk.app.says('(?i)payments|lines')


# ---- settings and the connection -------------------------------------------------------------------------------

def tab(title):
    def way(walk):
        if not walk.app.peek('dialog', 'Preferences'):
            walk.app.key('ctrl+comma')
        dialog = walk.app.find('dialog', 'Preferences')
        walk.app.click('page tab', title, within=dialog)
        wait_until(f'the page {title}', lambda: has(walk.app.find('page tab', title, within=dialog), 'selected'))
    return way


page('preferences', 'CsPreferencesDialog')(tab('Practice'))
page('preferences-invoices', 'CsPreferencesDialog')(tab('Invoices'))
page('preferences-xero', 'CsPreferencesDialog')(tab('Xero'))
page('preferences-sync', 'CsSyncPage', leave=escape('dialog', 'Preferences'))(tab('Sync'))


@page('health', 'CsHealthDialog', leave=escape('dialog', 'Connection to Xero'))
def _(walk):
    walk.app.click('button', re.compile('Details of the connection'))
    walk.app.find('dialog', 'Connection to Xero')


@page('disconnect', alert='Disconnect from Xero?', leave=escape('alert', 'Disconnect from Xero?'))
def _(walk):
    walk.app.menu('Main menu', 'Disconnect from Xero…')
    walk.app.find('alert', 'Disconnect from Xero?')


# ---- Practice Manager: last, as the sidebar tells of it from then on ---------------------------------------------

@page('work-connect', 'CsConnectWorkStart')
def _(walk):
    walk.app.menu('Main menu', 'Practice Manager…')
    walk.app.find('dialog', 'Preferences')
    walk.browser.will('allow')
    walk.app.focus(walk.app.find('button', 'Connect Practice Manager…'))
    walk.app.key('Return')
    walk.app.says('What you need')


@page('work-preferences', 'CsWorkPage', 'CsHealthRow')
def _(walk):
    walk.app.click('button', 'Open browser')
    walk.app.click('button', 'Use this practice', seconds=60)
    walk.app.find('button', 'Done', seconds=90)
    walk.app.open_row(walk.app.find('list item', 'Choose how clients travel'))
    walk.app.find('dialog', 'Preferences')


@page('work-new', 'CsWorkNewPage', leave=lambda walk: walk.app.click('button', 'Back'))
def _(walk):
    walk.app.set_switch('Allow contacts of Xero, too', True)
    walk.app.click('button', 'Look at them…')
    walk.app.find('list', 'Clients that are only there')


@page('work-disconnect', alert='Disconnect from Practice Manager?', leave=escape('alert', 'Disconnect from Practice Manager?'))
def _(walk):
    walk.app.focus(walk.app.find('button', 'Disconnect…'))
    walk.app.key('Return')
    walk.app.find('alert', 'Disconnect from Practice Manager?')


@page('work-link', 'CsWorkLinkDialog', leave=escape('dialog', 'Which client there?'))
def _(walk):
    walk.go('Clients')
    walk.app.open_row(walk.app.find('list item', re.compile(re.escape(CLIENT))))
    walk.app.click('button', 'Link…')
    walk.app.find('dialog', 'Which client there?')


@page('work-match', 'CsWorkMatchDialog', leave=escape('dialog', 'Is it one of these?'))
def _(walk):
    walk.sandbox.post('/sandbox/practice/clients', {'Name': 'Ngā Kōwhai Trust', 'Email': 'office@kowhai.example'})
    walk.app.menu('More ways to sync', 'Refresh from Practice Manager')
    walk.app.says('^Read what changed in Practice Manager$')
    walk.go('Proposals')
    walk.app.key('ctrl+n')
    dialog = walk.app.find('dialog', 'Who is it for?')
    walk.app.write('Search clients and contacts', 'Ngā Kōwhai', within=dialog)
    walk.app.open_row(walk.app.find('list item', re.compile('Contact in Xero'), within=dialog))
    walk.app.find('dialog', 'Is it one of these?')
    walk.app.says('The same name')


# ---- jobs --------------------------------------------------------------------------------------------------------

def work_row(walk, row):
    """Of Practice Manager's page of the preferences, a row that leads on."""
    if not walk.app.peek('dialog', 'Preferences'):
        walk.app.menu('Main menu', 'Practice Manager…')
    walk.app.open_row(walk.app.find('list item', row, within=walk.app.find('dialog', 'Preferences')))


def close_preferences(walk):
    walk.close_preferences()


@page('jobs-empty', 'CsJobsPage')
def _(walk):
    walk.go('Jobs')
    walk.app.says('^No jobs yet$')


@page('job-rules', 'CsJobRulesPage', 'CsJobRuleGroup')
def _(walk):
    work_row(walk, 'How jobs are made')
    walk.app.find('combo box', 'Make')
    walk.app.set_switch(re.compile('^Make jobs by themselves'), False)


@page('job-service', 'CsJobServicePage', 'CsJobRuleGroup', leave=close_preferences)
def _(walk):
    walk.app.open_row(walk.app.find('list item', UPFRONT[0], within=walk.app.find('list', 'Services')))
    walk.app.find('text', re.compile('^Ids of job templates'))
    walk.app.set_switch(re.compile('^Rules of its own'), True)
    walk.app.write('Ids of job templates', walk.sandbox.get('/sandbox/practice')['templates'][0]['id'])


@page('team', 'CsTeamPage')
def _(walk):
    work_row(walk, 'Team')
    walk.app.says('^Nobody yet$')


@page('member', 'CsMemberPage', leave=close_preferences)
def _(walk):
    walk.app.click('button', 'Add…')
    walk.app.find('combo box', 'Staff record')


@page('job', 'CsJobsPage', 'CsJobPane')
def _(walk):
    walk.open_proposal()
    walk.app.click('button', 'Plan anew')
    walk.app.open_row(walk.app.find('list item', re.compile('^Accounts 2027'), within=walk.app.find('list', 'Jobs')))
    walk.app.find('button', 'Make it now')


@page('job-not-made', alert='Not make this job?', leave=escape('alert', 'Not make this job?'))
def _(walk):
    walk.app.click('button', 'Don’t make it…')
    walk.app.find('alert', 'Not make this job?')


@page('jobs-board', 'CsJobsPage', 'CsJobBoard', leave=lambda walk: walk.app.click(('radio button', 'toggle button'), 'List'))
def _(walk):
    walk.go('Jobs')
    walk.app.click(('radio button', 'toggle button'), 'Board')
    walk.app.find('list', 'Planned')


# ---- what is at Xero already; last, as from here on there is an invoice more --------------------------------------

@page('it-is-this-one', alert='Is it this invoice?', leave=escape('alert', 'Is it this invoice?'))
def _(walk):
    walk.have_invoice_corrected()
    walk.app.click('button', 'It is this one…')
    walk.app.find('alert', 'Is it this invoice?')


def texts_of(path):
    """Of a file that is a store; else none."""
    with open(path, 'rb') as file:
        if file.read(16) != b'SQLite format 3\0':
            return []
    store = sqlite3.connect(f'file:{path}?mode=ro', uri=True, timeout=10)
    # But of the search's index, which is no table that can be read and made of what the others hold.
    tables = store.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'invoice_text%'").fetchall()
    words = [value for (table,) in tables for row in store.execute(f'SELECT * FROM "{table}"')
             for value in row if isinstance(value, str)]
    store.close()
    return words


# ---- walking them ----------------------------------------------------------------------------------------------

class Visit(Walk):
    """One program, or several one after the other, that is led through the table."""

    first = '1,380'  # of NOW

    def __init__(self, env=None):
        super().__init__(env={'TZ': ZONE, **(env or {})})
        self.stage = None
        self.written = self.texts = None  # the practice's files as they were read last

    def amount(self, words):
        """Of no country: the digits, and whatever a locale puts between them."""
        return r'\D'.join(re.findall(r'\d+', words))

    def data(self, said):
        """Whether all of that is what somebody wrote: in the practice's file, a name, a route, a key, an amount."""
        if said.startswith('{'):
            return True  # a file, which is of no language: the support bundle
        kept = self.kept()

        def is_data(part):
            return (part == NOBODY or not re.search(r'[^\W\d_]{2}', part) or part in NAMES or OTHER.fullmatch(part)
                    or re.sub(r'^\d+ ', '', part) in kept)
        return all(is_data(part.strip()) for part in re.split(r' · |, |: |\n|  |[“”()]| ?→ ?', said))

    def kept(self):
        """Every text in the practice's files."""
        paths = [path for path in files_under(os.path.join(os.environ['XDG_DATA_HOME'], 'countersign')) if not path.endswith('-shm')]
        written = [(path, stat.st_mtime_ns, stat.st_size) for path, stat in ((path, os.stat(path)) for path in paths)]
        if written != self.written:
            self.written, self.texts = written, '\n'.join(text for path in paths for text in texts_of(path))
        return self.texts

    def begin(self, stage, **env):
        if self.app:
            self.app.stop()
        self.stage = stage
        return self.start(*STAGES[stage], **env)
