#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-practice-shapes.py SANDBOX FOLDER   asks a sandbox for everything of Practice Manager that Countersign may ask, and holds
each body that goes out and comes back against Xero's own description (FOLDER/xero-practicemanager-v3-1.yaml), which is of the JSON:
an element is a member of the same name without regard to case. Skipped where the description isn't. Prints TAP."""

import importlib.util
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

SANDBOX, FOLDER = sys.argv[1:3]
FILE = 'xero-practicemanager-v3-1.yaml'
API = '/practicemanager/3.1/'
NUMBERS = {'integer': re.compile(r'-?\d+\Z'), 'number': re.compile(r'-?\d+(\.\d+)?\Z'), 'boolean': re.compile(r'(true|false)\Z')}
# What XML has elsewhere than JSON (xpm.md 1.3): the address stands beside the record.
BESIDE = re.compile(r'^(\.WebUrl)$')


def borrow():
    """What check-shapes.py has, whose name is no module's."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'check-shapes.py')
    spec = importlib.util.spec_from_file_location('check_shapes', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.SCOPES = 'openid profile email offline_access practicemanager'
    return module


class Shapes:
    def __init__(self, reader):
        self.reader = reader

    def resolve(self, schema):
        schema = self.reader.resolve(schema)
        while 'oneOf' in schema:
            schema = self.reader.resolve(schema['oneOf'][0])
        return schema

    def members(self, schema):
        schema = self.resolve(schema)
        found = dict(schema.get('properties', {}))
        for part in schema.get('allOf', []):
            found.update(self.members(part))
        return found

    def check(self, element, schema, where, found):
        schema = self.resolve(schema)
        text = (element.text or '').strip()
        if schema.get('type') == 'array':
            for child in element:
                self.check(child, schema['items'], f'{where}[]', found)
        elif schema.get('properties') or schema.get('allOf'):
            self.check_members(element, schema, where, found)
        elif len(element):
            found.append(f'{where}: has elements, is described as {schema.get("type")}')
        elif text and schema.get('type') in NUMBERS and not NUMBERS[schema['type']].match(text):
            found.append(f'{where}: {text!r} is no {schema["type"]}')

    def check_members(self, element, schema, where, found):
        members = {name.lower(): item for name, item in self.members(schema).items()}
        operations = {name for name, item in members.items() if self.resolve(item).get('type') == 'array'}
        for name in element.attrib:
            if name.lower() not in members and name != 'api-method':
                found.append(f'{where}: attribute {name} is not described')
        for child in element:
            name, at = child.tag.lower(), f'{where}.{child.tag}'
            if name not in members:
                if not BESIDE.match(at):
                    found.append(f'{at}: not described')
            elif name in operations and child.attrib:  # <add uuid="…"/>, one of several
                self.check(child, self.resolve(members[name])['items'], f'{at}[]', found)
            else:
                self.check(child, members[name], at, found)


def main():
    if not os.path.exists(os.path.join(FOLDER, FILE)):
        print('1..0 # SKIP Xero’s description of Practice Manager is not here')
        return 0
    borrowed = borrow()
    shapes = Shapes(borrowed.Reader(FILE))
    process = subprocess.Popen([SANDBOX, '--print-address', '--minute-limit', '100000', '--exit-with-parent'],
                               stdout=subprocess.PIPE, text=True)
    count = failed = 0
    ask = borrowed.Asker(process.stdout.readline().strip())

    def report(title, found):
        nonlocal count, failed
        count += 1
        failed += bool(found)
        print(f'{"not ok" if found else "ok"} {count} - {title}')
        for line in sorted(set(found)):
            print(f'#   {line}')

    def hold(method, path, described=None, body=None):
        """One call; its answer's element."""
        operation = shapes.reader.doc['paths'][f'/v3.1/{described or path.split("?")[0]}'][method.lower()]
        found = []
        if body is not None:
            schema = next(iter(shapes.reader.resolve(operation['requestBody'])['content'].values()))['schema']
            root = ElementTree.fromstring(body)
            within = {name.lower(): item for name, item in shapes.members(schema).items()}.get(root.tag.lower())
            shapes.check(root, within or schema, '', found)  # the root of XML is a member of JSON, or is left out there
        status, headers, text = ask.call(method, API + path, xml=body)
        answer = ElementTree.fromstring(text)
        if status != 200 or answer.findtext('Status') != 'OK':
            found.append(f'{status} {text[:300]}')
        if not headers['Content-Type'].startswith('text/xml'):
            found.append(f'Content-Type is {headers["Content-Type"]}')
        schema = next(iter(shapes.reader.resolve(operation['responses']['200'])['content'].values()))['schema']
        shapes.check(answer, schema, '', found)
        report(f'{method} {path}', found)
        return answer

    found = []
    schema = shapes.reader.doc['components']['schemas']['ClientResponseDto']
    wrong = '<Response><Status>OK</Status><Client><Nme/><BalanceMonth>x</BalanceMonth></Client></Response>'
    shapes.check(ElementTree.fromstring(wrong), schema, '', found)
    report('it sees what is not described', [] if len(found) == 2 else ['it does not'])
    try:
        ask.sign_in()
        connections = ask.json('GET', '/connections')
        ask.headers['xero-tenant-id'] = connections[0]['tenantId']
        clients = hold('GET', 'client.api/list?detailed=true')
        for path in ('client.api/list', 'client.api/paged-list?pageSize=10', 'client.api/contacts?pageSize=10',
                     'client.api/search?query=a', 'category.api/list', 'jobstate.api/list', 'job.api/current',
                     'job.api/current?detailed=true'):
            hold('GET', path)
        client = clients.findtext('Clients/Client/UUID')
        contact = clients.findtext('Clients/Client/Contacts/Contact/UUID')
        staff = hold('GET', 'staff.api/list').findtext('StaffList/Staff/UUID')
        template = hold('GET', 'template.api/list').findtext('Templates/Template/UUID')
        base = hold('GET', 'task.api/list').findtext('TaskList/Task/UUID')
        group = hold('GET', 'clientgroup.api/list').findtext('Groups/Group/UUID')
        field = hold('GET', 'customfield.api/definition').findtext('CustomFieldDefinitions/CustomFieldDefinition/UUID')
        hold('GET', f'client.api/get/{client}', 'client.api/get/{identifier}')
        hold('GET', f'client.api/contact/{contact}?clientUuid={client}', 'client.api/contact/{identifier}')
        hold('GET', f'clientgroup.api/get/{group}', 'clientgroup.api/get/{identifier}')
        hold('GET', f'staff.api/get/{staff}', 'staff.api/get/{identifier}')
        hold('POST', 'client.api/add', body='<Client><Name>Shape &amp; Co</Name><Email>a@shape.example</Email><WebSite>x</WebSite>'
             f'<AccountManagerUUID>{staff}</AccountManagerUUID><JobManagerUUID>{staff}</JobManagerUUID><IsProspect>No</IsProspect>'
             '<Contacts><Contact><Name>A</Name><IsPrimary>Yes</IsPrimary><Position>B</Position></Contact></Contacts></Client>')
        hold('PUT', 'client.api/update', body=f'<Client><UUID>{client}</UUID><Name>A</Name><Phone>1</Phone></Client>')
        hold('POST', 'client.api/contact', body=f'<Contact><Client><UUID>{client}</UUID></Client><Name>N</Name></Contact>')
        hold('PUT', f'client.api/update/{client}/customfield', 'client.api/update/{identifier}/customfield',
             f'<CustomFields><CustomField><UUID>{field}</UUID><Text>x</Text></CustomField></CustomFields>')
        hold('GET', f'client.api/get/{client}/customfield', 'client.api/get/{identifier}/customfield')
        hold('PUT', 'clientgroup.api/members', body=f'<Group><UUID>{group}</UUID><add uuid="{client}"/></Group>')
        job = hold('POST', 'job.api/add', body='<Job><Name>Accounts</Name><StartDate>20261201</StartDate>'
                   f'<ClientUUID>{client}</ClientUUID><DueDate>20270131</DueDate><ClientNumber>P-1</ClientNumber><TemplateUUID>{template}</TemplateUUID>'
                   '<Budget>10.00</Budget></Job>')
        number, task = job.findtext('Job/ID'), job.findtext('Job/Tasks/Task/UUID')
        hold('PUT', 'job.api/assign', body=f'<Job><ID>{number}</ID><add uuid="{staff}" task-uuid="{task}"/>'
             f'<add-manager uuid="{staff}"/><add-partner uuid="{staff}"/></Job>')
        hold('PUT', 'job.api/state', body=f'<Job><ID>{number}</ID><State>INPROGRESS</State></Job>')
        hold('PUT', 'job.api/update', body=f'<Job><ID>{number}</ID><Name>B</Name><StartDate>20261201</StartDate>'
             '<DueDate>20270131</DueDate></Job>')
        hold('POST', 'job.api/applytemplate', body=f'<Job><ID>{number}</ID><TemplateUUID>{template}</TemplateUUID>'
             '<TaskMode>AddNew</TaskMode></Job>')
        hold('POST', 'job.api/note', body=f'<Note><Job>{number}</Job><Title>T</Title><Text>x</Text><Public>false</Public></Note>')
        hold('POST', 'job.api/task', body=f'<Task><Job>{number}</Job><TaskUUID>{base}</TaskUUID><Label>L</Label></Task>')
        hold('PUT', 'job.api/task', body=f'<Task><UUID>{task}</UUID><Label>L</Label></Task>')
        hold('PUT', f'job.api/task/{task}/complete', 'job.api/task/{identifier}/complete')
        hold('GET', f'job.api/get/{number}', 'job.api/get/{jobNumber}')
        hold('GET', f'job.api/client/{client}?detailed=true', 'job.api/client/{identifier}')
        hold('GET', 'job.api/list?from=20260101&to=20261231&detailed=true')
        hold('POST', 'job.api/delete', body=f'<Job><ID>{number}</ID></Job>')
        hold('PUT', 'client.api/archive', body=f'<Client><UUID>{client}</UUID></Client>')
        hold('POST', 'client.api/delete', body=f'<Client><UUID>{client}</UUID></Client>')
    finally:
        process.terminate()
        process.wait(timeout=10)
    print(f'1..{count}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
