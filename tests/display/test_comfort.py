#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person has set for their eyes, and the window keeps to (issue 6, "Accessible"): high contrast, measured in pictures
of the pages, and no animations, counted in frames. Each check is first, or then, shown a window that must fail it: the same
one without the setting.

What this doesn't prove: that the pages are good to look at, and the pages that aren't here; a word in the accent's colour at
its palest pixel; GNOME's own shell, which sets the two things (here it is GSettings and GTK's settings, as without a shell);
and spinners, which libadwaita turns on purpose even without animations, since they say that something is going on.

  COMFORT_PICTURES=DIR   keeps the pictures"""

import os
import re
import subprocess
import sys
import tempfile
import time

import contrast
from driver import Faults, Steps, has, wait_until
from pages import Visit
from probe import Probe, environment

WORDS_LEAST = 4.5  # WCAG 2.2, 1.4.3
OURS_LEAST = 7     # 1.4.6: what has a colour of its own by data/style.css
SHAPES_LEAST = 3   # 1.4.11
# White on the accent, as libadwaita has it on its own suggested buttons in high contrast, too.
SUGGESTED = {'New proposal': 3.5, 'Mark as accepted…': 3.5}
# Adwaita draws parts of these icons faint; the words beside them say the same.
SAID_BESIDE = ('CsHealthRow',)
OURS = ('CsStatePill', 'CsAgeingBar', 'CsMonthChart', 'CsSidebarRow', 'GtkColumnViewTitle')
SIZE = (1600, 900)
SCHEMES = ('light', 'dark')
STILL_FRAMES_MAX = 15  # of one thing done: for what it changes, and for the focus
MOVING_FRAMES_MIN = 20
SLOWDOWN = 10          # times; GTK's own switch. So an animation has many frames on a slow machine, too
LOOK_S = 1.5

steps = Steps('comfort')
step = steps.step
walk = Visit(environment())
probe = None
folder = os.environ.get('COMFORT_PICTURES') or tempfile.mkdtemp(prefix='comfort-')


def set_contrast(high):
    subprocess.run(['gsettings', 'set', 'org.gnome.desktop.a11y.interface', 'high-contrast', 'true' if high else 'false'], check=True)


def views():
    """(scheme, tree, picture) of what is on screen."""
    for scheme in SCHEMES:
        probe.set('dark', scheme == 'dark')
        picture = contrast.Picture(walk.app.picture(os.path.join(folder, f'{time.monotonic():.0f}-{scheme}.png')))
        yield scheme, probe.widgets(), picture


def least(tree, widget):
    if widget.type in contrast.ICONS:
        return 0 if any(holder.type in SAID_BESIDE for holder in tree.above(widget)) else SHAPES_LEAST
    if widget.text in SUGGESTED:
        return SUGGESTED[widget.text]
    return OURS_LEAST if any(holder.type in OURS for holder in tree.above(widget)) else WORDS_LEAST


def pale():
    """Words and icons that stand out too little from what they are on. A dash says nothing, and is a line too thin to
    measure."""
    faults, seen = [], 0
    for scheme, tree, picture in views():
        for widget, ratio in contrast.measure(tree, picture, contrast.WORDS + contrast.ICONS):
            seen += 1
            if ratio < least(tree, widget) and (widget.type in contrast.ICONS or re.search(r'\w', widget.text)):
                faults.append(f'{scheme}: {ratio:.1f} of {least(tree, widget)}: {tree.path(widget)}')
    assert seen > 20, f'{seen} words and icons'
    return faults


def blurred():
    """Parts of the bar of ages, and the squares beside its words, that can't be told from what is around them: looked at
    along their upper edge, where each must have a line."""
    faults = []
    for scheme, tree, picture in views():
        bars = [widget for widget in contrast.on_view(tree) if widget.type == 'CsShareBar']
        assert len(bars) > 1, 'no bar of ages'
        for bar in bars:
            ground = picture.at(bar.x + bar.width // 2, bar.y - 2)
            edge = [contrast.ratio(ground, picture.at(x, bar.y)) for x in range(bar.x, bar.x + bar.width)]
            clear = sum(1 for one in edge if one >= SHAPES_LEAST) / len(edge)
            if clear < (0.9 if bar.width > 20 else 0.3):  # a square's corners are round
                faults.append(f'{scheme}: {clear:.0%} of the edge of a bar {bar.width} px wide')
    return faults


def raise_faults(faults):
    if faults:
        raise Faults('\n'.join(dict.fromkeys(faults)))


@step('high contrast: the pages before there is anything')
def _():
    global probe
    set_contrast(True)
    steps.app = walk.begin('demo', GTK_SLOWDOWN=str(SLOWDOWN))
    probe = Probe(walk.app.process)
    walk.in_practice()
    walk.renew_sandbox()
    probe.resize(*SIZE)
    raise_faults(pale())


@step('high contrast: the invoices, their states, their columns, and how old what is owed is')
def _():
    walk.connect()
    walk.go('Invoices')
    wait_until('invoices', walk.invoice_rows)
    walk.app.act(walk.app.find('toggle button', re.compile(r'^All \d+$')))
    wait_until('all', lambda: has(walk.app.find('toggle button', re.compile(r'^All \d+$')), 'pressed'))
    walk.app.click('toggle button', 'Months')
    raise_faults(pale() + blurred())


@step('high contrast: an invoice, with its lines and payments')
def _():
    walk.app.open_row(walk.invoice_rows()[0])
    walk.app.find('list', 'Lines')
    raise_faults(pale())


@step('high contrast: a dialog')
def _():
    walk.app.key('ctrl+comma')
    walk.app.find('dialog', 'Preferences')
    raise_faults(pale())
    walk.app.key('Escape')
    walk.app.gone('dialog', 'Preferences')


@step('both checks see a window that isn’t in high contrast')
def _():
    set_contrast(False)
    wait_until('the desktop’s word to come through', lambda: blurred() and pale())


# ---- without animations ------------------------------------------------------------------------------------------

def frames_of(act):
    """How many there are of one thing that a person does, from standing still until well after."""
    wait_until('the window to stand still', lambda: time.sleep(0.5) or not probe.frames())
    act()
    time.sleep(LOOK_S)
    return len(probe.frames())


def acts():
    """What moves in this program: panes that fade, a chart that unfolds, pages, a dialog; by what is done for it, and in an
    order that ends where it began."""
    app = walk.app
    entry = app.find(('text', 'entry'), re.compile('^Search number'))
    yield 'the chart', lambda: app.click('toggle button', 'Months')
    yield 'another page', lambda: walk.go('Proposals')
    yield 'and back', lambda: walk.go('Invoices')
    yield 'a dialog', lambda: (app.key('ctrl+comma'), app.find('dialog', 'Preferences'))
    yield 'and away', lambda: (app.key('Escape'), app.gone('dialog', 'Preferences'))
    yield 'nothing found', lambda: app.put(entry, 'zzzz')
    yield 'found again', lambda: app.put(entry, '')


@step('without animations nothing moves: each thing that is done takes a few frames, and then the window stands still')
def _():
    # A list that fits: rows below the screen are made a few a frame (src/ui/common/cs-growing-list.h), which nobody sees.
    overdue = walk.app.find('toggle button', re.compile(r'^Overdue \d+$'))
    walk.app.act(overdue)
    wait_until('what is overdue', lambda: has(overdue, 'pressed') or has(overdue, 'checked'))
    frames = {what: frames_of(act) for what, act in acts()}
    print(f'# frames: {frames}')
    raise_faults([f'{what}: {count} frames' for what, count in frames.items() if count > STILL_FRAMES_MAX])


@step('that is seen: with them there are many more')
def _():
    probe.set('animations', True)
    frames = {what: frames_of(act) for what, act in list(acts())[:4]}
    print(f'# frames: {frames}')
    for what in ('the chart', 'another page', 'a dialog'):
        assert frames[what] >= MOVING_FRAMES_MIN, frames
    walk.app.key('Escape')


@step('the program ends without a complaint')
def _():
    probe.set('animations', False)
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
