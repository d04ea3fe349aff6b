# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk among the invoices of a client, a group, a person or a proposal: the two totals on its page [V-05], held
against plain SQL over the practice's own file."""

import os
import re
import sqlite3

from driver import files_under, has, name, wait_until
from first_light import Walk

# V-05, K-10 in plain words.
BASE = 'NZD'  # the practice's own currency
UNPAID = "status = 'AUTHORISED' AND balance_minor > 0"
PAID = "(status = 'PAID' OR (status = 'AUTHORISED' AND balance_minor = 0))"


def ask(query, *values):
    """Of the practice's own file."""
    for path in files_under(os.path.join(os.environ['XDG_DATA_HOME'], 'countersign')):
        with open(path, 'rb') as file:
            if file.read(16) != b'SQLite format 3\0':
                continue
        store = sqlite3.connect(f'file:{path}?mode=ro', uri=True, timeout=10)
        try:
            if store.execute("SELECT 1 FROM sqlite_schema WHERE name = 'ledger_invoice'").fetchone():
                return store.execute(query, values).fetchall()
        finally:
            store.close()
    return []


def plain(where, *values):
    """[(currency, how many, total, balance)] in minor units."""
    return ask(f'SELECT currency, count(*), sum(total_minor), sum(balance_minor) FROM ledger_invoice'
               f' WHERE is_sales = 1 AND {where} GROUP BY currency ORDER BY currency', *values)


def how_many(where, *values):
    return sum(row[1] for row in plain(where, *values))


def words(minor):
    return f'{minor // 100:,}.{minor % 100:02}'


def debtors(where='1', *values):
    """[(contact id, name, currency, owed, how many)]: the practice's own currency first, the most owed first."""
    return ask('SELECT contact_id, max(contact_name), currency, sum(balance_minor), count(*) FROM ledger_invoice'
               f' WHERE is_sales = 1 AND {UNPAID} AND {where} GROUP BY contact_id, currency'
               f" ORDER BY currency <> '{BASE}', currency, 4 DESC, 2", *values)


def amount(minor, currency):
    return words(minor) if currency == BASE else f'{currency} {words(minor)}'


def debtor_lines(owing):
    """What a list of them says: who and how much, with a total behind each currency."""
    lines = []
    for at, (_, who, currency, owed, _) in enumerate(owing):
        lines.append((who, amount(owed, currency)))
        if at + 1 == len(owing) or owing[at + 1][2] != currency:
            total = sum(row[3] for row in owing if row[2] == currency)
            lines.append(('Total', amount(total, currency)))
    return lines


def is_debtor(said, who, owed):
    return said.startswith((f'{who} {owed} ', f'{who}, {owed}, '))


def plain_words(said):
    """A currency and its amount stay on one line."""
    return said.replace('\N{NO-BREAK SPACE}', ' ')


class ScopeWalk(Walk):
    """The contact of Xero that has most to show is made a client by take_busiest()."""

    contact_id = None
    client = None

    def see(self, what):
        """When pictures are wanted: as it is, for somebody to look at."""
        if folder := os.environ.get('INVOICES_PICTURES'):
            self.app.picture(os.path.join(folder, f'{what}.png'))

    def take_busiest(self):
        app = self.start()
        self.first_run()
        self.explore_demo()
        self.connect()
        wait_until('the first reading', lambda: len(ask('SELECT 1 FROM cursor WHERE full_ms > 0')) >= 2, 60)
        self.contact_id, self.client = ask(
            'SELECT i.contact_id, i.contact_name FROM ledger_invoice i JOIN ledger_contact c ON c.remote_id = i.contact_id'
            f' WHERE is_sales = 1 AND is_archived = 0 GROUP BY 1'
            f' ORDER BY sum({UNPAID}) > 0 AND sum({PAID}) > 0 DESC, count(*) DESC')[0]
        self.make_client(self.client)
        app.resize(1400, 900)
        return app

    def make_client(self, contact):
        """By a proposal for it."""
        app = self.app
        self.go('Proposals')
        app.key('ctrl+n')
        dialog = app.find('dialog', 'Who is it for?')
        app.write('Search clients and contacts', contact, within=dialog)
        app.open_row(app.find('list item', re.compile(re.escape(contact)), within=app.find('list', 'Clients and contacts')))
        app.gone('dialog', 'Who is it for?')

    def list_of(self, which):
        """Clients, groups or people."""
        self.go('Clients')
        self.app.click(('radio button', 'toggle button'), which)
        for other in {'Groups', 'People'} - {which}:  # a group's details have a list of clients, too
            self.app.gone('list', other)

    def open_client(self, client=None):
        self.list_of('Clients')
        self.app.says(r'^\d+ clients?$')  # the rows of what was listed before go with its count
        self.app.open_row(self.app.find('list item', re.compile(re.escape(client or self.client)),
                                        within=self.app.find('list', 'Clients')))

    def box(self, which):
        return self.app.find('button', re.compile(f'^Total {which}|^List what is {which}'))

    def box_says(self, which, amounts, n):
        """The amounts of each currency, and how many invoices."""
        box = self.box(which)
        said = ' '.join([name(box), *self.app.texts(box)])
        return all(words(amount) in said for amount in amounts) and re.search(rf'\b{n} invoices?\b', said)

    def card_agrees(self):
        """With SQL, of the client."""
        unpaid = plain(f'contact_id = ? AND {UNPAID}', self.contact_id)
        paid = plain(f'contact_id = ? AND {PAID}', self.contact_id)
        wait_until('what is unpaid, as SQL has it',
                   lambda: self.box_says('unpaid', [row[3] for row in unpaid], sum(row[1] for row in unpaid)))
        wait_until('what is paid, as SQL has it',
                   lambda: self.box_says('paid', [row[2] for row in paid], sum(row[1] for row in paid)))

    def debtor_table(self):
        return self.app.peek(('tree table', 'table', 'list'), 'Aged receivables')

    def debtor_rows(self):
        """Each, and all that it says in one breath."""
        within = self.debtor_table()
        found = within and (self.app.all('table row', within=within)[1:] or self.app.all('list item', within=within))
        return [(row, plain_words(name(row))) for row in found or []]

    def view(self, which):
        return self.app.find('toggle button', re.compile(rf'^{which} \d+$'))

    def is_shown(self, which):
        return has(self.view(which), 'pressed') or has(self.view(which), 'checked')

    def count(self, which):
        return int(name(self.view(which)).split()[-1])

    def back(self):
        self.app.click('button', 'Back')
