# SPDX-License-Identifier: GPL-3.0-or-later
"""What the walks through Practice Manager share: its page of the preferences, the links of services and of the team."""

import re

from driver import has, wait_until

CLIENTS = '/sandbox/practice/clients'


class Practice:
    """Of a walk: beside Walk or one of its kind."""

    def there(self):
        """What Practice Manager has: its staff, templates, jobs."""
        return self.sandbox.get('/sandbox/practice')

    def enter(self, name, **elements):
        """Somebody enters a client there: its unique id."""
        return self.sandbox.post(CLIENTS, {'Name': name, **elements})['id']

    def refresh_work(self):
        self.app.menu('More ways to sync', 'Refresh from Practice Manager')
        self.app.says('^Read what changed in Practice Manager$', seconds=30)

    def open_preferences(self):
        """The dialog is large: where the machine is slow its coming outlasts the bus's patience with what was pressed."""
        app = self.app
        app.click(('toggle button', 'button', 'menu button'), 'Main menu')

        def is_there():
            item = app.peek('menu item', 'Practice Manager…')
            return app.peek('dialog', 'Preferences') or (item and app.act(item) and False)
        wait_until('the preferences', is_there)

    def preferences(self, row):
        """Of Practice Manager, and there a row that leads on."""
        self.go('Clients')
        self.open_preferences()
        self.app.open_row(self.app.find('list item', row))

    def preferences_travel(self, way):
        """Which way changes of clients travel."""
        self.go('Clients')
        self.open_preferences()
        self.app.choose(self.app.find('combo box', 'Changes travel'), way)
        self.close_preferences()

    def link(self, service):
        """Presses Link… of its warning."""
        jobs = self.app.find('list', 'Jobs that this will make')
        self.app.says(f'^“{service}” has no job template$', within=jobs)
        warning = self.app.find('list item', f'“{service}” has no job template', within=jobs)
        self.app.click('button', 'Link…', within=warning)
        return self.app.find('dialog', 'Preferences')

    def linked(self, service):
        self.close_preferences()
        self.app.gone('label', f'“{service}” has no job template')

    def link_template(self, service, template):
        """Ticks it, where the key may list them."""
        dialog = self.link(service)
        self.app.focus(self.app.find('check box', template, within=dialog))
        self.app.key('space')
        wait_until(template, lambda: has(self.app.find('check box', template, within=dialog), 'checked'))
        self.linked(service)

    def add_member(self, name, email, role, staff=None):
        """On the page of the team: by e-mail, or by hand and then without access."""
        app = self.app
        app.click('button', 'Add…')
        app.write('Name', name)
        app.write('E-mail', email)
        app.set_switch(re.compile('^' + role), True)
        if staff is not None:
            app.set_switch(re.compile('^Uses this program'), False)
            app.choose(app.find('combo box', 'Staff record'), staff)
        app.click('button', 'Save')
        app.find('list item', name, within=app.find('list', 'Team'))
