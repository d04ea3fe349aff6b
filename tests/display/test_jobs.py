#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as a person meets them: what is missing is a warning in the proposal [U-25]; services are linked to job templates
[P-08, J-02] and a member of the team to the staff [J-03, J-05]; once the proposal is accepted its jobs are made in Practice
Manager by themselves [J-01, J-04], and each is found again on the page of jobs, its client's and its proposal's."""

import os
import re
import sys
import time

from driver import BUILD, Steps, has, name, wait_until
from first_light import CLIENT, Walk
from practice_manager import Practice
from probe import Probe

steps = Steps('jobs')
step = steps.step


class Jobs(Practice, Walk):
    pass


walk = Jobs()
SERVICES = ('Annual accounts 2027', 'Monthly bookkeeping', 'BAS')
SETTLED_S = 1.2  # columns are kept once a person has done with them
there = {}  # what Practice Manager has: its staff and templates


def state():
    return walk.there()


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
    walk.open_preferences()
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
    walk.close_preferences()


@step('J-03, J-05: a member of the team is linked to the staff by e-mail, another by hand')
def _():
    app = walk.app
    walk.preferences('Team')
    walk.add_member('Mia', 'mia@kauri.example', 'Manages it')
    walk.add_member('Mere', '', 'Is its partner', staff='Mere Tane')
    app.click('button', 'Link by e-mail')
    app.says('In Practice Manager: Mia Tamihana', within=app.find('list', 'Team'))
    app.says('In Practice Manager: Mere Tane', within=app.find('list', 'Team'))
    app.says('Doesn’t use this program', within=app.find('list', 'Team'))
    walk.close_preferences()


@step('U-25: what is missing is a warning in the proposal, with what settles it; an id is pasted where the key may not list them')
def _():
    app = walk.app
    walk.create_client()
    walk.create_proposal()
    walk.add_service('Add upfront service', 'BAS', '1', '150')
    app.says('^“BAS” has no job template$')  # so that no row is put in place of the one that is pressed
    walk.link(SERVICES[0])
    templates = {one['name']: one['id'] for one in there['templates']}
    app.write('Ids of job templates', templates['Annual Accounts'])
    walk.linked(SERVICES[0])
    app.says(f'^Whether the job template of “{SERVICES[0]}” is there can’t be seen$')


@step('P-08, J-02: where the key may list them they are ticked')
def _():
    app = walk.app
    walk.sandbox.post('/sandbox/assumptions', {'granular-scopes-list-templates': True})
    app.menu('More ways to sync', 'Refresh from Practice Manager')
    app.gone('label', f'Whether the job template of “{SERVICES[0]}” is there can’t be seen', seconds=60)
    for service, template in zip(SERVICES[1:], ('Monthly Bookkeeping', 'GST Return')):
        walk.link_template(service, template)
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
    walk.close_preferences()
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
    app.key('Down')  # past the filters
    wait_until('the row', lambda: has(app.find('list item', re.compile('^Annual'), within=app.find('list', 'Jobs')), 'focused'))
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


def table():
    """The jobs in columns: the names of those that are listed, in their order."""
    found = walk.app.peek('tree table', 'Jobs')
    return [name(one) for one in walk.app.all('table row', within=found)] if found else []


def head(column):
    """Clicks on the head of a column."""
    walk.app.point(walk.app.find('filler', column, within=walk.app.find('tree table', 'Jobs')))


def chosen():
    return [name(row) for row in walk.app.all('table row', within=walk.app.find('tree table', 'Jobs')) if has(row, 'selected')]


def order():
    return [next(service for service in SERVICES if service in row) for row in table() if any(one in row for one in SERVICES)]


def widths():
    """Of the columns, by their titles."""
    tree = Probe(walk.app.process).widgets()
    return {widget.text: next(holder.width for holder in tree.above(widget) if holder.type == 'GtkColumnViewTitle')
            for widget in tree if widget.type == 'GtkLabel' and widget.text and tree.is_within(widget, 'GtkColumnViewTitle')}


@step('where there is room they stand in columns: a head sorts, and whoever is chosen stays chosen, whatever the order')
def _():
    app = walk.app
    app.resize(1500, 900)
    wait_until('a table of three', lambda: len(order()) == 3)
    wide = widths()
    assert wide['Client'] > wide['Job'] / 2, 'names of clients are cut beside an empty space'
    app.focus(app.find('tree table', 'Jobs'))
    app.key('j')
    wait_until('one to be chosen', lambda: len(chosen()) == 1)
    before = chosen()
    head('Number')
    wait_until('the order of numbers', lambda: order() == list(SERVICES))
    head('Number')
    wait_until('the order to be turned', lambda: order() == list(reversed(SERVICES)))
    app.menu('Order and more of jobs', 'Name')
    wait_until('the order of names again', lambda: order() == sorted(SERVICES))
    app.menu('Order and more of jobs', 'Descending')
    wait_until('the order to be turned again', lambda: order() == sorted(SERVICES, reverse=True))
    assert chosen() == before, 'another one is chosen'
    app.picture(os.path.join(BUILD, 'jobs-columns.png'))


@step('the same keys as in the review: Enter opens, o opens it in Practice Manager, / searches, ? shows the rest')
def _():
    app = walk.app
    app.focus(app.find('tree table', 'Jobs'))
    app.key('Return')
    app.says('^It is in Practice Manager as J')
    app.focus(app.find('tree table', 'Jobs'))
    visits = len(walk.browser.visits())
    app.key('o')
    wait_until('the browser', lambda: len(walk.browser.visits()) > visits)
    app.key('slash')
    app.type('bas')
    app.says('^1 of 3 jobs$')
    app.key('Escape')
    app.says('^3 jobs$')
    app.focus(app.find('tree table', 'Jobs'))
    app.key('question')
    app.find('dialog', 'Keyboard shortcuts')
    app.key('Escape')
    app.gone('dialog', 'Keyboard shortcuts')


@step('columns are chosen from their heads, and are there again after a new start, as is the order')
def _():
    app = walk.app
    assert not app.peek('filler', 'Tasks')
    app.point(app.find('filler', 'Client', within=app.find('tree table', 'Jobs')), button=3)
    app.click(('check menu item', 'menu item'), 'Tasks')
    app.find('filler', 'Tasks')
    app.says('^0 of 4$', within=app.find('tree table', 'Jobs'))
    time.sleep(SETTLED_S)
    walk.quit()
    steps.app = walk.start()
    walk.in_practice()
    walk.renew_sandbox()
    walk.app.resize(1500, 900)
    walk.go('Jobs')
    wait_until('the order to be as before', lambda: order() == sorted(SERVICES, reverse=True))
    walk.app.find('filler', 'Tasks')
    walk.app.resize(1200, 800)


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
    app.resize(1700, 900)  # room for the details beside the columns
    app.focus(column('Live'))
    app.key('Return')
    app.says('^It is in Practice Manager as J')
    assert app.peek('list', 'Live'), 'the board is gone'
    app.picture(os.path.join(BUILD, 'jobs-board-wide.png'))
    app.resize(1200, 800)
    app.click('button', 'Back')
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
