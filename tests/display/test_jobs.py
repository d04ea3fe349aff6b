#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as a person meets them: what is missing is a warning in the proposal [U-25]; services are linked to job templates
[P-08, J-02] and a member of the team to the staff [J-03, J-05]; once the proposal is accepted its jobs are made in Practice
Manager by themselves [J-01, J-04], and each is found again on the page of jobs, its client's and its proposal's."""

import os
import re
import sys

from driver import BUILD, Steps, has, name, wait_until
from first_light import CLIENT, Walk

steps = Steps('jobs')
step = steps.step
walk = Walk()
SERVICES = ('Annual accounts 2027', 'Monthly bookkeeping', 'BAS')
there = {}  # what Practice Manager has: its staff and templates


def state():
    return walk.sandbox.get('/sandbox/practice')


def open_preferences():
    """The dialog is large: where the machine is slow its coming outlasts the bus's patience with what was pressed."""
    app = walk.app
    app.click(('toggle button', 'button', 'menu button'), 'Main menu')

    def is_there():
        item = app.peek('menu item', 'Practice Manager…')
        return app.peek('dialog', 'Preferences') or (item and app.act(item) and False)
    wait_until('the preferences', is_there)


def preferences(row):
    """Of Practice Manager, and there a row that leads on."""
    walk.go('Clients')
    open_preferences()
    walk.app.open_row(walk.app.find('list item', row))


def close_preferences():
    dialog = walk.app.find('dialog', 'Preferences')
    for _ in range(3):
        if walk.app.peek('dialog', 'Preferences'):
            walk.app.key('Escape')
    walk.app.gone('dialog', 'Preferences')
    return dialog


def job_row(words):
    return walk.app.find('list item', re.compile(words), within=walk.app.find('list', 'Jobs'))


@step('a demo practice, connected to Xero and to Practice Manager')
def _():
    steps.app = walk.start()
    app = walk.app
    walk.first_run()
    walk.explore_demo()
    walk.connect()
    walk.go('Clients')  # the wizard's going takes the focus, and a menu with it
    assert not app.peek('list item', re.compile('^Jobs'), app.find('list', 'Pages')), 'jobs without a practice manager'
    open_preferences()
    walk.browser.will('allow')
    app.focus(app.find('button', 'Connect Practice Manager…'))
    app.key('Return')
    app.click('button', 'Open browser')
    app.click('button', 'Use this practice', seconds=60)
    app.click('button', 'Done', seconds=90)
    app.gone('dialog', 'Connect Practice Manager')
    there.update(state())


@step('no job yet: the page says so, and leads to how they are made')
def _():
    app = walk.app
    walk.go('Jobs')
    app.says('^No jobs yet$')
    app.click('button', 'How jobs are made…')
    app.find('dialog', 'Preferences')
    app.says('^Make jobs by themselves$')
    app.choose(app.find('combo box', 'Make'), 'One job for each service')
    app.write('Name of the job', '{service}')
    close_preferences()


@step('J-03, J-05: a member of the team is linked to the staff by e-mail, another by hand')
def _():
    app = walk.app
    preferences('Team')
    for name, email in (('Mia', 'mia@kauri.example'), ('Mere', '')):
        app.click('button', 'Add…')
        app.write('Name', name)
        app.write('E-mail', email)
        app.set_switch(re.compile('^Manages it' if name == 'Mia' else '^Is its partner'), True)
        if name == 'Mere':
            app.set_switch(re.compile('^Uses this program'), False)
            app.choose(app.find('combo box', 'Staff record'), 'Mere Tane')
        app.click('button', 'Save')
        app.find('list item', name, within=app.find('list', 'Team'))
    app.click('button', 'Link by e-mail')
    app.says('In Practice Manager: Mia Tamihana', within=app.find('list', 'Team'))
    app.says('In Practice Manager: Mere Tane', within=app.find('list', 'Team'))
    app.says('Doesn’t use this program', within=app.find('list', 'Team'))
    close_preferences()


def link(service):
    """Presses Link… of its warning."""
    jobs = walk.app.find('list', 'Jobs that this will make')
    walk.app.says(f'^“{service}” has no job template$', within=jobs)
    walk.app.click('button', 'Link…', within=walk.app.find('list item', f'“{service}” has no job template', within=jobs))
    return walk.app.find('dialog', 'Preferences')


def linked(service):
    close_preferences()
    walk.app.gone('label', f'“{service}” has no job template')


@step('U-25: what is missing is a warning in the proposal, with what settles it; an id is pasted where the key may not list them')
def _():
    app = walk.app
    walk.create_client()
    walk.create_proposal()
    walk.add_service('Add upfront service', 'BAS', '1', '150')
    app.says('^“BAS” has no job template$')  # so that no row is put in place of the one that is pressed
    link(SERVICES[0])
    templates = {one['name']: one['id'] for one in there['templates']}
    app.write('Ids of job templates', templates['Annual Accounts'])
    linked(SERVICES[0])
    app.says(f'^Whether the job template of “{SERVICES[0]}” is there can’t be seen$')


@step('P-08, J-02: where the key may list them they are ticked')
def _():
    app = walk.app
    walk.sandbox.post('/sandbox/assumptions', {'granular-scopes-list-templates': True})
    app.menu('More ways to sync', 'Refresh from Practice Manager')
    app.gone('label', f'Whether the job template of “{SERVICES[0]}” is there can’t be seen', seconds=60)
    for service, template in zip(SERVICES[1:], ('Monthly Bookkeeping', 'GST Return')):
        dialog = link(service)
        app.focus(app.find('check box', template, within=dialog))
        app.key('space')
        wait_until(template, lambda: has(app.find('check box', template, within=dialog), 'checked'))
        linked(service)
    jobs = app.find('list', 'Jobs that this will make')
    app.says('Templates: Annual Accounts', within=jobs)
    app.says('Staff: .*Mia Tamihana', within=jobs)
    assert not app.peek('button', 'Link…', within=jobs), 'something is still missing'


@step('U-25: a client that is none there, and may not be made one, is a warning, too')
def _():
    app = walk.app
    jobs = app.find('list', 'Jobs that this will make')
    row = app.find('list item', re.compile('^The client is not linked to Practice Manager'), within=jobs)
    app.click('button', 'Change…', within=row)
    app.find('dialog', 'Preferences')
    app.choose(app.find('combo box', 'Changes travel'), 'To Practice Manager')
    close_preferences()
    wait_until('nothing to be missing', lambda: not app.peek('button', 'Change…', within=app.find('list', 'Jobs that this will make')))


def accept():
    app = walk.app
    app.click('button', 'Mark as accepted…')
    dialog = app.find('dialog', 'Mark as accepted')
    app.write('Who accepted', 'Aroha Nguyen', within=dialog)
    app.says('Templates: Annual Accounts', within=app.find('list', 'Jobs that this will make', within=dialog))
    app.click('button', 'Mark as accepted', within=dialog)
    app.gone('dialog', 'Mark as accepted')
    walk.send_now()


@step('J-01, J-04: accepted, its three jobs are made by themselves, with their tasks and who works on them')
def _():
    app = walk.app
    before = state()
    accept()
    wait_until('three jobs there', lambda: len(state()['created_jobs']) == 3, 60)
    walk.go('Jobs')
    app.says('^Live 3$', seconds=60)
    app.says('^All 3$')
    after = state()
    assert after['tasks'] - before['tasks'] == 4 + 2 + 3, after['tasks']
    assert after['milestones'] - before['milestones'] == 3 + 0 + 1, after['milestones']
    assert {job['manager'] for job in after['created_jobs']} == {there['staff'][0]['id']}, after['created_jobs']
    assert {job['partner'] for job in after['created_jobs']} == {there['staff'][1]['id']}, after['created_jobs']
    for job in after['created_jobs']:
        assert sorted(job['assigned']) == sorted(one['id'] for one in there['staff'][:2]), job


@step('one is opened by keyboard: its tasks, milestones and people, and its own page in Practice Manager')
def _():
    app = walk.app
    app.find('list item', re.compile(r'J\d+.*'), within=app.find('list', 'Jobs'))
    app.key('ctrl+f')
    app.type('annual')
    app.says('^1 of 3 jobs$')
    rows = app.find('list', 'Jobs')
    app.focus(rows)
    app.key('Return')
    app.says('^It is in Practice Manager as J', seconds=10)
    wait_until('four tasks', lambda: len(app.all('list item', within=app.find('list', 'Tasks'))) == 4)
    wait_until('three milestones', lambda: len(app.all('list item', within=app.find('list', 'Milestones'))) == 3)
    app.says('^Mia Tamihana$', within=app.find('list', 'Details'))
    app.says('^Annual Accounts$', within=app.find('list', 'Details'))
    visits = len(walk.browser.visits())
    app.click('button', 'Open in Practice Manager')
    wait_until('the browser', lambda: len(walk.browser.visits()) > visits)
    assert '/job' in walk.browser.visits()[-1]['address'].lower(), walk.browser.visits()[-1]
    app.key('ctrl+f')
    app.key('ctrl+a', 'Delete')
    app.says('^3 jobs$')


@step('in another order, and j and k go from row to row')
def _():
    app = walk.app

    def names():
        return [name(row).split(',')[0] for row in app.all('list item', within=app.find('list', 'Jobs'))]
    app.menu('Order and more of jobs', 'Name')
    wait_until('the order of names', lambda: names() == sorted(names()) and len(names()) == 3)
    app.focus(app.find('list', 'Jobs'))
    app.key('j')
    app.key('k')
    app.key('j')
    wait_until('the pane of another', lambda: len([row for row in app.all('list item', within=app.find('list', 'Jobs'))
                                                  if has(row, 'selected')]) == 1)


@step('the client’s page and the proposal’s have theirs, and lead to them')
def _():
    app = walk.app
    walk.go('Clients')
    app.open_row(app.find('list item', re.compile(re.escape(CLIENT))))
    wait_until('its jobs', lambda: len(app.all('list item', within=app.find('list', 'Jobs'))) == 3)
    walk.open_proposal()
    wait_until('its jobs', lambda: len(app.all('list item', within=app.find('list', 'Jobs'))) == 3)
    app.open_row(app.all('list item', within=app.find('list', 'Jobs'))[0])
    app.says('^It is in Practice Manager as J')


@step('U-19: what Practice Manager refuses inside HTTP 200 is blocked, and says so')
def _():
    app = walk.app
    walk.sandbox.fault('error-in-200', path='/practicemanager/3.1/job.api/add', method='POST', count=20)
    walk.create_proposal()
    accept()
    walk.go('Jobs')
    app.says('^Blocked 2$', seconds=60)
    app.find('list item', re.compile('^Jobs, 2 things need you'), within=app.find('list', 'Pages'))
    assert len(state()['created_jobs']) == 3, 'a refused job is there'


@step('the same jobs as a board: a column a state, by arrows from one to the next; Enter opens, and it is remembered')
def _():
    app = walk.app

    def column(state):
        return app.find('list', state)

    def cards(state):
        return app.all('list item', within=column(state))
    app.click(('radio button', 'toggle button'), 'Board')
    wait_until('three live', lambda: len(cards('Live')) == 3)
    wait_until('two blocked', lambda: len(cards('Blocked')) == 2)
    assert not cards('Planned') and not cards('Being made') and not cards('Completed'), 'a job in two columns'
    app.picture(os.path.join(BUILD, 'jobs-board.png'))
    app.focus(column('Live'))
    app.key('Down', 'Right')
    wait_until('the column beside', lambda: any(has(card, 'selected') for card in cards('Blocked'))
               and not any(has(card, 'selected') for card in cards('Live')))
    app.key('Return')
    app.says('^It is not in Practice Manager:$')
    app.click('button', 'Back')
    walk.go('Clients')
    walk.go('Jobs')
    wait_until('still a board', lambda: len(cards('Live')) == 3)
    app.click(('radio button', 'toggle button'), 'List')
    app.find('list', 'Jobs')


@step('what was refused is tried again by a button')
def _():
    app = walk.app
    walk.sandbox.clear_faults()
    app.click(('radio button', 'toggle button'), 'Blocked 2')
    app.says('^2 of 5 jobs$')
    for left in (1, 0):
        app.open_row(app.all('list item', within=app.find('list', 'Jobs'))[0])
        app.says('^It is not in Practice Manager:$')
        app.click('button', 'Try again')
        app.says(f'^Blocked {left}$', seconds=60)
    app.says('^Live 5$', seconds=60)
    wait_until('five jobs there', lambda: len(state()['created_jobs']) == 5)


@step('the end')
def _():
    walk.quit()


sys.exit(steps.run())
