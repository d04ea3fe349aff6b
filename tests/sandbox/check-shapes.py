#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-shapes.py SANDBOX FOLDER   asks a sandbox for everything that Countersign asks Xero for, and holds each body against
Xero's own description (FOLDER/xero_accounting.yaml, xero-identity.yaml): no member that isn't described, each of its type and
among its values. Skipped where the description isn't. Prints TAP."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request

SANDBOX, FOLDER = sys.argv[1:3]
CLIENT = 'DEMO0000000000000000000000000000'
REDIRECT = 'http://localhost:8742/callback'
SCOPES = 'openid profile email offline_access accounting.contacts accounting.invoices accounting.payments accounting.settings.read'
API = '/api.xro/2.0'
GUID = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z', re.I)
MS_DATE = re.compile(r'/Date\(-?\d+(\+0000)?\)/\Z')
ISO_DATE = re.compile(r'\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?\Z')
# What every answer is wrapped in (xero-accounting.md 1), which the description leaves out.
WRAPPED = {'Id': str, 'Status': str, 'ProviderName': str, 'DateTimeUTC': str}
# Members that Xero's samples have and its description doesn't (xero-accounting.md 6.1, 7.2, 9.5): the text beside a date, the
# spelling of an account's id in lines, the id of a credit document by its short name, and what says that all went well.
BESIDE = re.compile(r'\.(DateString|DueDateString|LineItems\[\]\.AccountId|(CreditNotes|Prepayments|Overpayments)\[\]\.(ID|HasErrors)'
                    r'|Invoices\[\]\.HasValidationErrors)$')


class Reader:
    """One description, and what it says against a value."""

    def __init__(self, file):
        import yaml
        with open(os.path.join(FOLDER, file), encoding='utf-8') as stream:
            self.doc = yaml.load(stream, Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader))

    def resolve(self, schema):
        while '$ref' in schema:
            at = self.doc
            for part in schema['$ref'][2:].split('/'):
                at = at[part]
            schema = at
        return schema

    def answer(self, path, method='get'):
        """The schema of the good answer."""
        replies = self.doc['paths'][path][method]['responses']
        good = next(replies[code] for code in ('200', '201') if code in replies)
        return self.resolve(good)['content']['application/json']['schema']

    def check(self, value, schema, where, found):
        schema = self.resolve(schema)
        if value is None:
            return
        kind = schema.get('type') or ('object' if 'properties' in schema else None)
        if kind == 'object':
            self.check_object(value, schema, where, found)
        elif kind == 'array':
            if not isinstance(value, list):
                found.append(f'{where}: no list')
                return
            for item in value:
                self.check(item, schema['items'], where + '[]', found)
        else:
            self.check_plain(value, schema, kind, where, found)

    def check_object(self, value, schema, where, found):
        if not isinstance(value, dict):
            found.append(f'{where}: no object')
            return
        members = dict(schema.get('properties', {}))
        for part in schema.get('allOf', []):
            members.update(self.resolve(part).get('properties', {}))
        for name, item in value.items():
            if name in members:
                self.check(item, members[name], f'{where}.{name}', found)
            elif members and not BESIDE.search(f'{where}.{name}'):
                found.append(f'{where}.{name}: not described')

    def check_plain(self, value, schema, kind, where, found):
        wanted = {'string': str, 'boolean': bool, 'integer': int, 'number': (int, float)}.get(kind)
        if wanted and (not isinstance(value, wanted) or (kind in ('integer', 'number') and isinstance(value, bool))):
            found.append(f'{where}: {value!r} is no {kind}')
            return
        if 'enum' in schema and value != '' and value not in [str(one) if kind == 'string' else one for one in schema['enum']]:
            found.append(f'{where}: {value!r} is none of its values')
        if schema.get('format') == 'uuid' and not GUID.match(value):
            found.append(f'{where}: {value!r} is no id')
        if ('x-is-msdate' in schema or 'x-is-msdate-time' in schema) and not (MS_DATE.match(value) or ISO_DATE.match(value)):
            found.append(f'{where}: {value!r} is no date')
        if kind == 'string' and 'maxLength' in schema and len(value) > schema['maxLength']:
            found.append(f'{where}: longer than {schema["maxLength"]}')


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Asker:
    def __init__(self, base):
        self.base = base
        self.headers = {'Accept': 'application/json'}
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)

    def call(self, method, path, body=None, form=None, xml=None):
        headers = dict(self.headers)
        data = None
        if form is not None:
            data = urllib.parse.urlencode(form).encode()
        elif xml is not None:
            data = xml.encode()
            headers['Content-Type'] = 'application/xml; charset=utf-8'
        elif body is not None:
            data = json.dumps(body).encode()
            headers['Content-Type'] = 'application/json'
        request = urllib.request.Request(self.base + path, data=data, method=method, headers=headers)
        try:
            with self.opener.open(request, timeout=30) as reply:
                return reply.status, reply.headers, reply.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def json(self, method, path, body=None):
        status, _, text = self.call(method, path, body)
        assert 200 <= status < 300, f'{method} {path}: {status} {text[:300]}'
        return json.loads(text)

    def sign_in(self):
        verifier = 'v' * 64
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip('=')
        query = urllib.parse.urlencode({'response_type': 'code', 'client_id': CLIENT, 'redirect_uri': REDIRECT, 'scope': SCOPES,
                                        'state': 's', 'code_challenge': challenge, 'code_challenge_method': 'S256'})
        _, _, page = self.call('GET', '/identity/connect/authorize?' + query)
        form = {'request': re.search('name="request" value="([^"]+)"', page)[1],
                'organisation': re.search('<option value="([^"]+)"', page)[1], 'decision': 'allow'}
        _, headers, _ = self.call('POST', '/identity/connect/authorize/decision', form=form)
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(headers['Location']).query)['code'][0]
        _, _, text = self.call('POST', '/connect/token', form={'grant_type': 'authorization_code', 'client_id': CLIENT,
                                                              'code': code, 'redirect_uri': REDIRECT, 'code_verifier': verifier})
        self.headers['Authorization'] = 'Bearer ' + json.loads(text)['access_token']


def main():
    if not os.path.exists(os.path.join(FOLDER, 'xero_accounting.yaml')):
        print('1..0 # SKIP Xero’s description of its API is not here')
        return 0
    accounting, identity = Reader('xero_accounting.yaml'), Reader('xero-identity.yaml')
    process = subprocess.Popen([SANDBOX, '--print-address', '--minute-limit', '100000', '--exit-with-parent'],
                               stdout=subprocess.PIPE, text=True)
    failed = 0
    count = 0

    def hold(title, reader, value, path, method='get', wrapped=True):
        nonlocal failed, count
        count += 1
        found = []
        if wrapped and isinstance(value, dict):
            for name, kind in WRAPPED.items():
                if not isinstance(value.pop(name, None), kind):
                    found.append(f'{name} is missing')
        reader.check(value, reader.answer(path, method), '', found)
        failed += bool(found)
        print(f'{"not ok" if found else "ok"} {count} - {title}')
        for line in sorted(set(found)):
            print(f'#   {line}')

    try:
        ask = Asker(process.stdout.readline().strip())
        ask.sign_in()
        connections = ask.json('GET', '/connections')
        hold('GET /connections', identity, connections, '/Connections', wrapped=False)
        ask.headers['xero-tenant-id'] = connections[0]['tenantId']
        for path in ('/Organisation', '/Organisation/Actions', '/Accounts', '/TaxRates', '/TrackingCategories', '/BrandingThemes',
                     '/Items', '/Currencies', '/RepeatingInvoices', '/Payments', '/CreditNotes', '/Prepayments', '/Overpayments',
                     '/Contacts', '/Invoices'):
            paged = path in ('/Payments', '/CreditNotes', '/Prepayments', '/Overpayments', '/Contacts', '/Invoices')
            query = '?page=1&pageSize=1000&unitdp=4&includeArchived=true' if paged else ''
            hold(f'GET {path}', accounting, ask.json('GET', API + path + query), path)
        hold('GET /Invoices, unpaged', accounting, ask.json('GET', API + '/Invoices'), '/Invoices')
        hold('GET /Contacts, summaryOnly', accounting, ask.json('GET', API + '/Contacts?page=1&summaryOnly=true'), '/Contacts')
        contact = ask.json('PUT', API + '/Contacts', {'Contacts': [{'Name': 'Shape & Co', 'EmailAddress': 'a@shape.example'}]})
        contact_id = contact['Contacts'][0]['ContactID']
        hold('PUT /Contacts', accounting, contact, '/Contacts', 'put')
        invoice = ask.json('PUT', API + '/Invoices?unitdp=4', {'Invoices': [{
            'Type': 'ACCREC', 'Contact': {'ContactID': contact_id}, 'Date': '2026-11-22', 'DueDate': '2026-12-20',
            'Status': 'AUTHORISED', 'LineAmountTypes': 'Exclusive', 'InvoiceNumber': 'SHAPE-1',
            'LineItems': [{'Description': 'Work', 'Quantity': '2', 'UnitAmount': '10.125', 'AccountCode': '200'}]}]})
        invoice_id = invoice['Invoices'][0]['InvoiceID']
        hold('PUT /Invoices', accounting, invoice, '/Invoices', 'put')
        hold('GET /Invoices/{InvoiceID}', accounting, ask.json('GET', f'{API}/Invoices/{invoice_id}'), '/Invoices/{InvoiceID}')
        hold('GET /Contacts/{ContactID}', accounting, ask.json('GET', f'{API}/Contacts/{contact_id}'), '/Contacts/{ContactID}')
        hold('GET /Invoices/{InvoiceID}/History', accounting, ask.json('GET', f'{API}/Invoices/{invoice_id}/History'),
             '/Invoices/{InvoiceID}/History')
    finally:
        process.terminate()
        process.wait(timeout=10)
    print(f'1..{count}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
