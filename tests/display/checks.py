# SPDX-License-Identifier: GPL-3.0-or-later
"""The standing checks: what has to hold for each page of the table (pages.py). Each gives a list of faults, in words that
say which thing it is about; an empty one: all is well. test_pages.py runs them, and shows that each sees what it is for."""

import difflib
import os
import re
import subprocess
import time
from collections import namedtuple

from driver import SLOW, Missing, called, live, name, plain, role, wait_until, walk, written
import pseudo
from probe import ELLIPSIZED, FOCUSABLE, KEPT_OUT, ROOT, SENSITIVE
from tree import Turns

from gi.repository import Atspi, GLib

# ---- what is there ---------------------------------------------------------------------------------------------

Seen = namedtuple('Seen', 'node depth role called raw described written states')


def survey(app):
    """All that the accessibility bus tells of the window, asked once for all the checks: each answer takes its time."""
    seen = []
    for node, depth in walk(app.accessible):
        try:
            kind = role(node)
            words = written(node) if kind in ('text', 'entry') else ''
            seen.append(Seen(node, depth, kind, called(node), node.get_name(), node.get_description(), words, node.states))
        except GLib.Error:
            continue
    return seen


# ---- accessible ------------------------------------------------------------------------------------------------

# What somebody who can't see it has to be told the name of.
NAMED = {'alert', 'button', 'toggle button', 'check box', 'radio button', 'switch', 'combo box', 'entry', 'text', 'spin button',
         'slider', 'link', 'list', 'table', 'image', 'icon', 'progress bar', 'level bar', 'page tab', 'dialog',
         'menu item', 'list item', 'password text', 'column header', 'menu button'}
SENSELESS = {'unknown', 'invalid', 'redundant object'}


def labelled(node):
    there = live(node)
    return any(relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
               for relation in there and there.get_relation_set() or [])


def told_otherwise(node, kind):
    """By what it says, or by the row that it is a part of: libadwaita's own toasts, and lists within rows."""
    if kind == 'alert':
        return any(name(item) for item, _ in walk(node) if item != node)
    holder = node.get_parent()
    while kind == 'list' and holder is not None:
        if role(holder) in ('list item', 'combo box'):
            return bool(called(holder))
        if name(holder) and role(holder) != 'grouping':
            return False
        holder = holder.get_parent()
    return False


def where(node, root):
    """The named things that hold it, for a person who has to find it."""
    chain = []
    holder = node.get_parent()
    while holder is not None and holder != root:
        if name(holder):
            chain.append(name(holder))
        holder = holder.get_parent()
    return ' in '.join([role(node)] + [f'“{one}”' for one in chain[:3]])


def unnamed(app, seen):
    """Whatever is on screen and has no name."""
    faults = []
    for one in seen:
        try:
            if one.role in SENSELESS:
                faults.append(f'no sensible role: {where(one.node, app.accessible)}')
            if one.role in NAMED and not one.called and not labelled(one.node) and not told_otherwise(one.node, one.role):
                faults.append(f'no name: {where(one.node, app.accessible)}')
        except GLib.Error:
            continue
    return faults


# ---- translated ------------------------------------------------------------------------------------------------

# The platform's words, which its own catalogues translate.
PLATFORM = {'Close', 'Dismiss', 'Minimize', 'Maximize', 'Back', 'Search', 'Clear entry',
            'Minimize the window', 'Maximize the window', 'Close the window', 'Restore the window'}
DAYS = r'dim\.?|lun\.?|mar\.?|mer\.?|jeu\.?|ven\.?|sam\.?'
MONTHS = r'janv?\.?|févr?\.?|mars?|avr(il)?|mai|juin?|jui?l\.?|aoû(t)?|sept?\.?|oct\.?|nov\.?|déc\.?'


def untranslated(app, seen, data):
    """Words on screen, or said of what is there, that are neither in a message nor data: of the ledger, or as written."""
    faults = []
    for one in seen:
        if one.role == 'application':
            continue
        for said in dict.fromkeys((one.raw, one.described, one.written)):
            rest = re.sub(rf'\b(({DAYS}) )?\d+ ({MONTHS})( \d{{4}},? \d+:\d+:\d+ [A-Z]+)?', '', pseudo.bare(said)).strip(' ·,:–…\n')
            if re.search(r'[^\W\d_]{2}', rest) and rest not in PLATFORM and not data(rest):
                faults.append(f'not translated: “{rest[:80]}” in {where(one.node, app.accessible)}')
    return faults


# ---- on the bus at all -----------------------------------------------------------------------------------------

# What the platform's own widgets keep off the accessibility bus, so that no walk over it would miss them; and what to use.
OFF_THE_BUS = {'AdwSpinRow': 'CsNumberRow'}


def unseen(tree):
    return [f'a screen reader passes over it, take {OFF_THE_BUS[widget.type]}: {tree.path(widget)}'
            for widget in tree if widget.type in OFF_THE_BUS]


# ---- by keyboard -----------------------------------------------------------------------------------------------

# What does something when it has the focus.
REACHED = {'GtkButton', 'GtkToggleButton', 'GtkCheckButton', 'GtkSwitch', 'GtkText', 'GtkTextView', 'GtkScale', 'AdwComboRow',
           'AdwButtonRow', 'GtkLinkButton'}
# Where the arrows lead on: one of them has to be reached.
BY_ARROWS = {'GtkListView', 'GtkColumnListView', 'GtkListBox', 'AdwToggleGroup', 'AdwInlineViewSwitcher', 'AdwViewSwitcher'}
# What the platform has other keys for: the arrows in a number, the window manager's and Escape for a window's own buttons.
NOT_BY_TAB = {'GtkWindowControls', 'AdwSheetControls', 'GtkSpinButton', 'AdwSpinRow', 'GtkColumnViewTitle'}
BARS = {'AdwHeaderBar', 'GtkActionBar', 'AdwBanner', 'GtkScrolledWindow', 'GtkRevealer', 'AdwToastWidget'}
TABS_MAX = 120


def on_top(tree):
    """What the keyboard is for: what is in the dialog or popover that came last; else everything."""
    tops = [widget for widget in tree if widget.type in ('GtkPopover', 'GtkPopoverMenu') or
            any(holder.type == 'AdwDialogHost' and holder.id == widget.parent for holder in tree.above(widget))
            and widget.type != 'AdwBin' and is_dialog(tree, widget)]
    if not tops:
        return list(tree)
    top = tops[-1]
    return [widget for widget in tree if top in list(tree.above(widget))]


def is_dialog(tree, widget):
    return any(child.parent == widget.id and child.type in ('AdwBreakpointBin', 'AdwFloatingSheet', 'AdwBottomSheet')
               for child in tree)


def tab_around(app, probe, tree):
    """Presses Tab until it must have come around; gives the tree as it is then, and where the focus was. tree: before."""
    count = sum(1 for widget in on_top(tree) if widget.flags & FOCUSABLE)
    app.focus_window()
    probe.focused()
    wanted = min(count + 8, TABS_MAX)
    subprocess.run(['xdotool', 'key', '--delay', '12', *['Tab'] * wanted], check=True)
    path, arrived = [], None
    while len(path) != arrived:  # the keys may still be on their way
        arrived = len(path)
        if arrived < wanted:
            time.sleep(0.1 * SLOW)
        Turns.of(app.accessible).wait_for_rest()
        path += [place.id for place in probe.focused()]
    return probe.widgets(), path


def unreached(app, probe, tree):
    """What can be pressed or written in, and Tab does not lead to; and where Tab goes back up the page. tree: as it is."""
    tree, path = tab_around(app, probe, tree)
    reached = set(path)
    inside = {holder.id for one in reached if one in tree.by_id for holder in tree.above(tree.by_id[one])}
    faults = []
    for widget in on_top(tree):
        arrows = widget.type in BY_ARROWS
        if not (arrows or widget.type in REACHED) or widget.id in reached or widget.id in inside:
            continue
        if not widget.flags & SENSITIVE or widget.flags & KEPT_OUT or tree.is_within(widget, *NOT_BY_TAB):
            continue
        if arrows and not any(child.flags & FOCUSABLE and widget in list(tree.above(child)) for child in tree):
            continue  # an empty one
        if any(holder.type in BY_ARROWS and holder.id in inside for holder in tree.above(widget)):
            continue
        faults.append(f'Tab does not lead to {tree.path(widget)}')
    return faults + backwards(tree, path)


def region(tree, widget):
    return next((holder.id for holder in tree.above(widget) if holder.type in BARS), 0)


def backwards(tree, path):
    """Where the focus goes up, though both stand in the same part of the page. Once around it may."""
    faults, seen = [], set()
    for before, after in zip(path, path[1:]):
        if after in seen:
            break
        seen.add(before)
        one, next_one = tree.by_id.get(before), tree.by_id.get(after)
        if one and next_one and region(tree, one) == region(tree, next_one) and next_one.y + next_one.height <= one.y:
            if next_one not in list(tree.above(one)):
                faults.append(f'Tab goes up from {tree.path(one)} to {tree.path(next_one)}')
    return faults[1:] if len(faults) == 1 else faults


# ---- fits ------------------------------------------------------------------------------------------------------

SIZES = {360: 720, 700: 800, 1100: 800, 1600: 960}
# Where words may be cut short: one line of many, whose whole text the page beside it or the row's name has.
MAY_SHORTEN = {'CsListRow': 'a row of a list: the pane beside it has all of it',
               'CsColumnRow': 'a row in columns: the pane beside it has all of it',
               'GtkColumnViewTitle': 'the head of a column that a person may widen',
               'AdwViewSwitcherButton': 'a page of many, beside its icon: its name is told whole, and stands in the page',
               'AdwHeaderBar': 'the title of a bar: it is the name of the page or dialog, too',
               'CsTypedRow': 'the title of an entry, which is its name, too',
               'AdwEntryRow': 'the title of an entry, which is its name, too',
               'AdwComboRow': 'what is chosen: its list has all of it',
               'GtkListItemWidget': 'a row of a list',
               'AdwToastWidget': 'a toast: a screen reader says all of it, and what it says is on Activity, too'}
# What may go on beyond its edge sideways.
MAY_SCROLL = {'CsInvoiceBrowser': 'the views: they scroll under the finger, and Tab brings each into sight'}
# And what scrolls a row of toggles, or the columns of a board: the arrows bring each into sight.
SCROLLED = {'AdwToggleGroup', 'CsJobBoard'}
SLACK_PX = 1


def scrollers_of_toggles(tree):
    """What holds nothing but a row of toggles, or a board, and a viewport."""
    found = set()
    for widget in tree:
        holders = [one for one in tree.above(widget)][:2] if widget.type in SCROLLED else []
        if [one.type for one in holders] == ['GtkViewport', 'GtkScrolledWindow']:
            found.add(holders[1].id)
    return found


def misfits(tree, width):
    """What does not fit into a window of that width."""
    faults = []
    root = next(widget for widget in tree if widget.flags & ROOT)
    if root.minimum > width:
        faults.append(f'the window asks for {root.minimum} px, and {width} were given')
    rows_of_toggles = scrollers_of_toggles(tree)
    for widget in tree:
        may_scroll = tree.is_within(widget, *MAY_SCROLL) or rows_of_toggles & {one.id for one in (widget, *tree.above(widget))}
        scrolled = may_scroll and any(one.excess for one in tree.above(widget))
        if widget.excess > SLACK_PX and not may_scroll:
            faults.append(f'scrolls sideways by {widget.excess} px at {width}: {tree.path(widget)}')
        if widget.flags & ELLIPSIZED and not tree.is_within(widget, *MAY_SHORTEN):
            faults.append(f'cut short at {width}: {tree.path(widget)}')
        if scrolled or not widget.width or tree.is_within(widget, 'GtkText', 'GtkScrollbar'):
            continue
        if widget.type in REACHED | {'GtkLabel'} and (widget.x < -SLACK_PX or widget.x + widget.width > root.width + SLACK_PX):
            faults.append(f'beyond the edge at {width} ({widget.x}+{widget.width} of {root.width}): {tree.path(widget)}')
    return faults


# ---- what Return would do -----------------------------------------------------------------------------------------

KEEPS = {'Back', 'Cancel', 'Keep it'}  # leaves everything as it is


def rash(app):
    """An alert that has come up with the keyboard on what it warns of, so that Return does it."""
    focused = app.focused()
    if focused and (role(focused) in ('text', 'entry') or role(focused) == 'button' and called(focused) in KEEPS):
        return []
    return [f'Return does at once what the alert asks about: {where(focused, app.accessible) if focused else "nothing has the focus"}'
            + (f', {called(focused)}' if focused else '')]


# ---- golden trees ----------------------------------------------------------------------------------------------

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'golden')
ROWS_KEPT = 5
VARIES = [  # what is another each time, and what stands for it
    (r'\b\d{1,2}:\d{2}(:\d{2})?\b', '<time>'),
    (r'\b([Jj]ust now|(\d+|a|A) (second|minute)s? ago)\b', '<ago>'),
    (r'\bin \d+\s+(s|min)\b', 'in <s>'),
    (r'\b\d+ ms\b', '<ms>'),
    (r'[\d.]+.(bytes|kB|MB)\b', '<size>'),
    (r'\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b', '<id>'),
    (r'\b[0-9a-f]{16}\b', '<id>'),
    (r'\b[0-9a-f]{8}\b', '<id>'),
    (r'\b(state|code_challenge)=[\w-]+', r'\1=<random>'),
    (r'\b[\d,\u202f]+ (left|used|of 60 used|of [\d,\u202f]+ used)\b', r'<n> \1'),
    (r'"(<n> left|All: none was used[^"]*)"', '"<what is left>"'),
    (r'localhost:\d+', 'localhost:<port>'),
    (r'\b\d+ calls"', '<n> calls"'),
    (r'"At this rate .*"', '"<what comes of this rate>"'),
]
# Lists whose rows come in the order in which answers arrived: that there is a row is all that is kept.
UNORDERED = re.compile(r'^ *list "Calls"')


def lines_of(seen):
    """A line a thing, what says nothing left out; what is in a thing stands further in."""
    lines, told = [], []  # told: depths of the lines above that this one may stand in
    for one in seen:
        if one.role in ('panel', 'grouping', 'filler', 'separator') and not one.called:
            continue
        flags = [state for state in ('checked', 'selected', 'expanded')
                 if one.states.contains(getattr(Atspi.StateType, state.upper()))]
        if not one.states.contains(Atspi.StateType.SENSITIVE) and one.role not in ('application', 'frame'):
            flags.append('insensitive')
        written_there = '{…}' if one.written.startswith('{') else plain(one.written)  # a file of JSON, which tells the moment
        words = f'{one.called}: {written_there}' if one.written and one.written != one.raw else one.called
        told = [above for above in told if above < one.depth]
        lines.append(f'{"  " * len(told)}{one.role} "{words}"{" " + ",".join(flags) if flags else ""}')
        told.append(one.depth)
    return '\n'.join(lines)


def without_toasts(seen):
    """What is said for a moment may be over by now, or not."""
    kept, toast = [], None
    for one in seen:
        if toast is not None and one.depth > toast:
            continue
        toast = one.depth if one.role == 'alert' and not one.called else None
        if toast is None:
            kept.append(one)
    return kept


def golden_tree(seen):
    """What is on screen, as text: of the dialog that is open, else of the window; of long lists the first rows."""
    tops = [index for index, one in enumerate(seen) if one.role in ('dialog', 'alert') and one.called]
    if tops:
        end = next((index for index in range(tops[-1] + 1, len(seen)) if seen[index].depth <= seen[tops[-1]].depth), len(seen))
        seen = seen[tops[-1]:end]
    text = lines_of(without_toasts(seen))
    for pattern, instead in VARIES:
        text = re.sub(pattern, instead, text)
    kept, counts = [], {}
    skipped = None  # the depth of a row that is left out
    unordered = None  # the depth of a list of them
    for line in text.split('\n'):
        depth = len(line) - len(line.lstrip())
        if skipped is not None and depth > skipped:
            continue
        skipped = None
        if unordered is not None and depth <= unordered:
            unordered = None
        if UNORDERED.match(line):
            unordered = depth
        elif unordered is not None:
            kept.append(' ' * depth + '…')
            skipped = depth - 1
            continue
        counts = {at: count for at, count in counts.items() if at <= depth}
        if line.lstrip().startswith(('list item', 'table row')):
            counts[depth] = counts.get(depth, 0) + 1
            if counts[depth] > ROWS_KEPT:
                skipped = depth
                if counts[depth] == ROWS_KEPT + 1:
                    kept.append(' ' * depth + '…')
                continue
        kept.append(line)
    return '\n'.join(kept) + '\n'


def differs(seen, title):
    """How the tree differs from the golden one; with COUNTERSIGN_UPDATE_GOLDEN=1 it becomes the golden one."""
    path = os.path.join(GOLDEN, title + '.txt')
    now = golden_tree(seen)
    if os.environ.get('COUNTERSIGN_UPDATE_GOLDEN') == '1':
        with open(path, 'w', encoding='utf-8') as file:
            file.write(now)
        return []
    try:
        with open(path, encoding='utf-8') as file:
            before = file.read()
    except FileNotFoundError:
        return [f'there is no golden tree: tests/run --update-golden makes tests/display/golden/{title}.txt']
    change = difflib.unified_diff(before.splitlines(), now.splitlines(), 'golden', 'now', lineterm='', n=1)
    return list(change)[:40]


# ---- complaints ------------------------------------------------------------------------------------------------

class Complaints:
    """What a program prints of itself and the platform of it, each line once."""

    def __init__(self):
        self.app = None
        self.told = 0
        self.waiting = []

    def of(self, app):
        """From now on of this one; what the one before said last is kept."""
        if self.app:
            self._read()
        self.app, self.told = app, 0

    def _read(self):
        lines = self.app.complaints()
        self.waiting += lines[self.told:]
        self.told = len(lines)

    def excuse(self, pattern):
        """What of that was said up to now, and not given yet, is known."""
        self._read()
        self.waiting = [line for line in self.waiting if not pattern.search(line)]

    def new(self):
        self._read()
        lines, self.waiting = self.waiting, []
        return lines


# ---- announced -------------------------------------------------------------------------------------------------

class Announced:
    """What a screen reader is told to say, by nobody's asking."""

    def __init__(self):
        self.words = []
        self.listener = Atspi.EventListener.new(lambda event: self.words.append(plain(str(event.any_data))))
        self.listener.register('object:announcement')

    def clear(self):
        self._take()
        self.words.clear()

    def _take(self):
        while GLib.MainContext.default().iteration(False):
            pass

    def wait(self, pattern, seconds=30):
        def look():
            self._take()
            return any(re.search(pattern, words) for words in self.words)
        try:
            wait_until(f'{pattern!r} to be announced', look, seconds)
        except Missing as missing:
            raise Missing(f'{missing}: there was {self.words}') from None
