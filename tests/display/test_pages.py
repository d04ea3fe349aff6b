#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page and dialog (pages.py), each visited once and held to every standing check (checks.py); then each check is
shown a fault that was planted for it.

It runs in a language that nobody speaks (pseudo.py), in which every message is longer and marked, and with the numbers and
dates of French Canada; what is read is put back into English, and so the golden trees are in English.

  COUNTERSIGN_UPDATE_GOLDEN=1   writes the golden trees anew (tests/run --update-golden)
  COUNTERSIGN_PICTURES=1        in English: a picture of each page at each width, light and dark, is left in BUILD/pages;
                                and each is looked at with text twice as large and mirrored, too. tests/run --nightly
                                does that as well."""

import os
import re
import sys
import tempfile

import checks
import driver
import pseudo
from driver import BUILD, Faults, Steps, clean_folder, wait_until
from pages import PAGES, Visit
from probe import Probe, environment

SIZE = (1200, 800)
WANTED = os.environ.get('COUNTERSIGN_PICTURES')
if WANTED == 'nightly' and os.environ.get('COUNTERSIGN_NIGHTLY') != '1':
    print('1..0 # SKIP the pictures are for the night: tests/run --nightly')
    sys.exit(0)
PICTURES = WANTED is not None
FOLDER = os.path.join(BUILD, 'pages')
INVOICES = '/api.xro/2.0/Invoices'
# The platform's own, whole: its words are in its own catalogues.
NOT_OURS = {'about'}
# What GTK prints when something is laid out for less than it needs, or needs more than it would like: a fault of ours but
# in two places, which are the platform's own: turn() below, and HEADING.
LESS = re.compile(r'Gtk-WARNING \*\*: [\d:.]+: (Trying to measure \w+ 0x[0-9a-f]+ for (width|height) of \d+, but it needs at least \d+$|'
                  r'\w+ 0x[0-9a-f]+ \(\w+\) reported min (width|height) \d+ and natural (width|height) \d+ in measure\(\) with for_size=-1; '
                  r'natural size must be >= min size$)')
# An alert has its heading twice, large on one line and small on several, and measures the large one for the width there is
# to learn which of them to show. So it is with each heading that is too long for one line, and nothing of it is cut.
HEADING = re.compile(r'Gtk-WARNING \*\*: [\d:.]+: Trying to measure GtkLabel 0x[0-9a-f]+ for width of \d+, but it needs at least \d+$')


def surroundings():
    """What the program is started with: the probe, a language and a country."""
    folder = tempfile.mkdtemp(prefix='locales-')
    if PICTURES:
        return {**environment(), **pseudo.make_locale(folder, 'en_NZ')}
    driver.decoders.append(pseudo.decode)
    pseudo.make(folder)
    return {**environment(), **pseudo.make_locale(folder, 'fr_CA'), 'LANGUAGE': pseudo.LANGUAGE}


steps = Steps('pages')
visit = Visit(surroundings())
probe = None
left = []  # how the page before is left
announced = checks.Announced()
complaints = checks.Complaints()


def go_on():
    while left:
        left.pop()(visit)


def arrive(page):
    global probe
    go_on()
    if visit.stage != page.stage:
        steps.app = visit.begin(page.stage)
        probe = Probe(visit.app.process)
        probe.resize(*SIZE)
        complaints.of(visit.app)
    page.way(visit)
    if page.leave:
        left.append(page.leave)


def fits(page):
    """At every width, with a picture of each where they are wanted."""
    faults = []
    for width, height in checks.SIZES.items():
        probe.resize(width, height)
        faults += checks.misfits(probe.widgets(), width)
        for scheme in ('light', 'dark') if PICTURES else ():
            probe.set('dark', scheme == 'dark')
            visit.app.picture(os.path.join(FOLDER, f'{page.name}-{width}-{scheme}.png'), 0.5)
        if PICTURES:
            faults += hard_on_the_eye(width, height)
    probe.resize(*SIZE)
    return faults


def hard_on_the_eye(width, height):
    """Mirrored, as for a language that is written from the right; and with text twice as large where there is room."""
    faults = []
    for what, value, normal in (('mirrored', 1, 0), ('text-percent', 200, 100)):
        if what == 'mirrored' or width >= 2 * min(checks.SIZES):
            faults += turn(what, value)
            probe.resize(width, height + 1)
            faults += [f'{what}: {fault}' for fault in checks.misfits(probe.widgets(), width)]
            faults += turn(what, normal)
            probe.resize(width, height)
    return faults


def turn(what, value):
    """Under the open window, which nobody does: until all of it is laid out anew, what is kept of the size before is mixed with
    the new one, and GTK says so. What was said before, and what is said once it stands still, is held against it."""
    faults = complaints.new()
    probe.set(what, value)
    probe.widgets()
    complaints.excuse(LESS)
    return faults


def look(page):
    arrive(page)
    print(f'# longest stall on the way: {probe.stall_ms():.0f} ms')
    tree = probe.widgets()
    faults = checks.rash(visit.app) if page.alert else []
    faults += [f'{template} is not on screen' for template in page.shows if template not in tree.types()]
    seen = checks.survey(visit.app)
    faults += checks.unnamed(visit.app, seen)
    faults += checks.unseen(tree)
    if not PICTURES:
        faults += checks.differs(seen, page.name)
        faults += checks.untranslated(visit.app, seen, visit.data) if page.name not in NOT_OURS else []
    faults += checks.unreached(visit.app, probe, tree)
    faults += fits(page)
    faults += complaints.new()
    if page.alert:
        faults = [fault for fault in faults if not HEADING.search(fault)]
    if faults:
        raise Faults('\n'.join(dict.fromkeys(faults)))


if PICTURES:
    clean_folder(FOLDER)
for one in PAGES:
    steps.step(f'{one.name}: named, translated, reached by Tab, fits, as it was')(lambda page=one: look(page))


# ---- what is said without being asked for ----------------------------------------------------------------------

@steps.step('what became of a sync is announced')
def _():
    go_on()
    announced.clear()
    visit.app.click('button', 'Sync now')
    announced.wait('Everything is up to date$')


@steps.step('an error is announced')
def _():
    visit.sandbox.fault('unauthorised', INVOICES, 'GET', count=20)
    announced.clear()
    visit.app.key('F5')
    announced.wait('^Xero: Sign in needed$')
    visit.sandbox.clear_faults()


@steps.step('nothing was complained of on all these pages')
def _():
    faults = complaints.new()
    if faults:
        raise Faults('\n'.join(faults))


# ---- that the checks see what they are for ---------------------------------------------------------------------

def untranslated():
    return checks.untranslated(visit.app, checks.survey(visit.app), visit.data)


def planted(fault, check):
    probe.plant(fault)
    wait_until(f'{fault} to be seen', check, 5)
    probe.plant('')
    wait_until(f'nothing to be found without {fault}', lambda: not check(), 5)


@steps.step('a button without a name is seen')
def _():
    visit.go('Clients')
    planted('unnamed button', lambda: [line for line in checks.unnamed(visit.app, checks.survey(visit.app)) if 'button' in line])


@steps.step('words that are not marked are seen')
def _():
    planted('unmarked string', lambda: [line for line in untranslated() if 'Planted' in line])


@steps.step('a button that Tab does not lead to is seen')
def _():
    planted('unreachable button', lambda: checks.unreached(visit.app, probe, probe.widgets()))


@steps.step('a fixed width is seen')
def _():
    width = 1100
    probe.resize(width, checks.SIZES[width])
    planted('fixed width', lambda: checks.misfits(probe.widgets(), width))
    probe.resize(*SIZE)


@steps.step('an alert with the keyboard on what it warns of is seen')
def _():
    visit.app.click('button', 'Throw away…')
    alert = visit.app.find('alert', 'Throw away this demo?')
    assert not checks.rash(visit.app)
    visit.app.focus(visit.app.find('button', 'Throw away', within=alert))
    assert checks.rash(visit.app)
    visit.app.key('Escape')
    visit.app.gone('alert', 'Throw away this demo?')


@steps.step('a change of the tree is seen')
def _():
    planted('unmarked string', lambda: [line for line in checks.golden_tree(checks.survey(visit.app)).split('\n') if 'Planted' in line])


@steps.step('200 ms in which the main thread sleeps are seen')
def _():
    probe.stall_ms()
    probe.plant('sleep')
    assert probe.stall_ms() >= 200


@steps.step('a complaint is seen')
def _():
    planted = '(countersign:1): Gtk-WARNING **: 12:00:00.000: Trying to measure GtkBox 0x1 for width of 2, but it needs at least 3'
    complaints.new()  # those of the faults above
    with open(visit.app.log_path, 'a', encoding='utf-8') as log:
        log.write(planted + '\n')
    complaints.excuse(HEADING)
    assert complaints.new() == [planted]
    assert not complaints.new()


@steps.step('the program ends')
def _():
    visit.quit()
    if faults := complaints.new():
        raise Faults('\n'.join(faults))


sys.exit(steps.run())
