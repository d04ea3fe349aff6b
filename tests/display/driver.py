# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window as a person would: things are found on the accessibility bus by role and name, pressed
by their own action, keys go through the X server, and what is on screen is read back.

Runs inside tests/in-session. What GTK does not give, and what is done instead (measured on GTK 4.18):
 - no GrabFocus: focus() walks there with Tab; rows of lists have no action: open_row() goes there with the arrows;
 - positions are not to be trusted: nothing is clicked by its place;
 - a list shows the rows near the screen alone: a count has to be on a label;
 - objects vanish in mid-walk: that reads as "not there".
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

os.environ.setdefault('ATSPI_NO_CACHE', '1')

import gi  # noqa: E402
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402
from tree import Item, Tree  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get('COUNTERSIGN_BUILD', os.path.join(PROJECT, 'build', 'test')))
SLOW = float(os.environ.get('COUNTERSIGN_SLOW', '1'))  # a sanitized build takes longer for everything
WAIT_S = 10 * SLOW
POLL_S = 0.05
STEP_S = 0.25
# A program that is slow to answer, as a sanitized one on a busy machine is, did what it was asked to all the same: asked a
# second time it would do it twice.
Atspi.set_timeout(int(WAIT_S * 1000), int(WAIT_S * 1000))
Tree.timeout_ms = int(WAIT_S * 1000)
TABS_MAX = 120
ACTIONS = ('click', 'toggle', 'activate', 'press')
ITEMS = ('menu item', 'list item', 'check menu item', 'radio menu item')
NOT_OURS = (
    # GTK's own, when words are put over a selection by the bus while the cursor blinks.
    'GtkText - unexpected blinking selection',
    # And when a pane that was walked over the bus makes way for another: from gtk_widget_unparent() of the old one.
    "gtk_at_context_set_accessible_role: assertion '!self->realized' failed",
)
COMPLAINTS = re.compile(r'(CRITICAL|WARNING) \*\*|runtime error:|AddressSanitizer|assertion failed|Segmentation')


class Missing(AssertionError):
    """What was waited for did not come."""


class Faults(AssertionError):
    """What was looked at is not as it should be; the steps after it can go on all the same."""


class Skipped(Exception):
    """What a step would look at can't be made here: why."""


def wait_until(what, function, seconds=None):
    """Calls function until it gives something true, and gives that; Missing after the deadline."""
    deadline = time.monotonic() + (WAIT_S if seconds is None else seconds * SLOW)
    while True:
        asked = time.monotonic()
        try:
            found = function()
        except GLib.Error:  # it vanished while it was looked at
            found = None
        if found:
            return found
        if time.monotonic() > deadline:
            raise Missing(f'waited in vain for {what}')
        # It is the program's main loop that answers: what is waited for needs it, too.
        time.sleep(max(POLL_S, time.monotonic() - asked))


# ---- reading the tree ------------------------------------------------------------------------------------------

ROLES = {}  # by path, which is never given twice but to roots: a thing keeps its role


def role(node):
    if isinstance(node, Item):
        return node.role
    path = node.path
    if path not in ROLES or path.endswith('/root'):
        ROLES[path] = node.get_role_name()
    return ROLES[path]


decoders = []  # of what is read, so that a test written in English can go through another language


def plain(said):
    for decode in decoders:
        said = decode(said)
    return said


def name(node):
    return plain(node.get_name() or '')


def has(node, state):
    return node.get_state_set().contains(getattr(Atspi.StateType, state.upper()))


def text(node):
    """What stands in an entry or a text view; the name of anything else."""
    return plain(written(node)) if is_written_in(node) or role(node) in ('text', 'entry') else name(node)


def is_written_in(node):
    return node.can('EditableText') if isinstance(node, Item) else bool(node.get_editable_text_iface())


def written(node):
    there = live(node)
    return Atspi.Text.get_text(there, 0, Atspi.Text.get_character_count(there)) if there else ''


def live(node):
    """The thing itself of what was seen on a walk; None: it is gone."""
    return node.live() if isinstance(node, Item) else node


def called(node):
    """Its name; for an item that GTK gives none (of menus, drop-downs), the text of its label."""
    said = name(node)
    if said or role(node) not in ITEMS:
        return said
    there = live(node)
    for relation in there and there.get_relation_set() or []:
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return plain(written(relation.get_target(0)))
    return ' '.join(name(item) for item, _ in walk(node) if role(item) == 'label')


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(node):
    """Everything on screen from this node down, in reading order, with its depth: as it is at this moment, or, below what was
    seen on a walk, as it was then."""
    try:
        tree = node.tree if isinstance(node, Item) else Tree.of(node, node.path)
    except GLib.Error:
        return
    yield from tree.walk(node.path)


def matches(node, wanted_role, wanted_name):
    if wanted_role and role(node) not in ((wanted_role,) if isinstance(wanted_role, str) else wanted_role):
        return False
    if wanted_name is None:
        return True
    said = called(node)
    return bool(wanted_name.search(said)) if isinstance(wanted_name, re.Pattern) else said == wanted_name


def dump(node):
    """The tree as text: a line a thing, what says nothing left out."""
    lines, told = [], []  # told: depths of the lines above that this one may stand in
    for item, depth in walk(node):
        try:
            kind, said = role(item), called(item)
            if kind in ('panel', 'grouping', 'filler', 'separator') and not said:
                continue
            flags = [state for state in ('focused', 'checked', 'selected', 'expanded') if has(item, state)]
            if not has(item, 'sensitive') and kind not in ('application', 'frame'):
                flags.append('insensitive')
            if is_written_in(item):
                said = f'{said}: {text(item)}'
            told = [above for above in told if above < depth]
            lines.append(f'{"  " * len(told)}{kind} "{said}"{" " + ",".join(flags) if flags else ""}')
            told.append(depth)
        except GLib.Error:
            continue
    return '\n'.join(lines)


# ---- the program -----------------------------------------------------------------------------------------------

class App:
    """One run of a program with a window. The session's HOME and XDG folders are its own, unless env says else."""

    def __init__(self, *args, program=None, env=None, log=None):
        self.args = [program or os.path.join(BUILD, 'src', 'app', 'countersign'), *args]
        self.env = dict(os.environ, **(env or {}))
        # GTK leaks a little each time a client lists a window's actions: leaks are looked for elsewhere.
        self.env['ASAN_OPTIONS'] = 'detect_leaks=0:detect_stack_use_after_return=0:' + self.env.get('ASAN_OPTIONS', '')
        self.env['ASAN_OPTIONS'] = self.env['ASAN_OPTIONS'].replace('abort_on_error=1', 'abort_on_error=0').rstrip(':')
        self.env['G_DEBUG'] = 'gc-friendly'  # complaints are read from the log at the end
        if 'COUNTERSIGN_PROBE' in os.environ:
            self.env.setdefault('GIO_EXTRA_MODULES', os.environ['COUNTERSIGN_PROBE'])
        self.log_path = log or tempfile.mkstemp(prefix='app-', suffix='.log')[1]
        self.process = None
        self.accessible = None
        self.looked_for = {}  # by path: how it was found

    def start(self):
        with open(self.log_path, 'ab') as log:
            self.process = subprocess.Popen(self.args, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            start_new_session=True)
        self.accessible = wait_until('the program on the accessibility bus', self._look, 20)
        wait_until('a window', lambda: any(has(child, 'showing') for child in children(self.accessible)), 20)
        wait_until('the window on the X server', lambda: self._windows(), 20)
        self.focus_window()
        return self

    def _look(self):
        if self.process.poll() is not None:
            raise Missing(f'the program ended at once, status {self.process.returncode}:\n{self.log()[-3000:]}')
        for app in children(Atspi.get_desktop(0)):
            if app.get_process_id() == self.process.pid and app.get_child_count():
                return app
        return None

    def log(self):
        with open(self.log_path, encoding='utf-8', errors='replace') as log:
            return log.read()

    def complaints(self):
        return [line for line in self.log().splitlines() if COMPLAINTS.search(line) and not any(known in line for known in NOT_OURS)]

    def stall_ms(self):
        """The longest time in which its main loop gave nobody a turn, since this was asked last; None: it can't say."""
        from probe import Probe  # which stands on this module
        try:
            return Probe(self.process).stall_ms() if self.running() and Probe.is_in(self.process) else None
        except GLib.Error:
            return None

    def practice_file(self):
        """The one file that the program has open and that is a database."""
        found = set()
        for descriptor in os.listdir(f'/proc/{self.process.pid}/fd'):
            try:
                path = os.readlink(f'/proc/{self.process.pid}/fd/{descriptor}')
                with open(path, 'rb') as file:
                    if path.startswith(os.environ['XDG_DATA_HOME']) and file.read(16) == b'SQLite format 3\0':
                        found.add(path)
            except OSError:
                pass  # a socket, or closed meanwhile
        assert len(found) == 1, found
        return found.pop()

    def running(self):
        return self.process is not None and self.process.poll() is None

    def wait_end(self, seconds=20):
        wait_until('the program to end', lambda: self.process.poll() is not None, seconds)
        return self.process.returncode

    def quit(self):
        """As a person does: Ctrl+Q. Returns the status."""
        self.key('ctrl+q')
        return self.wait_end()

    def kill(self):
        """As a power cut does. What it started lives on."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        """At the end of a test, with all that it started."""
        if self.process is None:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sign)
                self.process.wait(timeout=3 * SLOW)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass

    # -- finding and reading

    def all(self, wanted_role=None, wanted_name=None, within=None):
        found = []
        for node, _ in walk(within or self.accessible):
            try:
                if matches(node, wanted_role, wanted_name):
                    found.append(live(node))
            except GLib.Error:
                continue
        return [node for node in found if node]

    def glimpse(self, wanted_role=None, wanted_name=None, within=None):
        """The first that is there now, as it is now, or None."""
        for node, _ in self._walk(within):
            try:
                if matches(node, wanted_role, wanted_name):
                    return node
            except GLib.Error:
                continue
        return None

    def peek(self, wanted_role=None, wanted_name=None, within=None):
        """The thing itself, to be asked again later; None: it is not there now."""
        try:
            seen = self.glimpse(wanted_role, wanted_name, within)
            found = seen and live(seen)
        except GLib.Error:
            return None
        if found:
            self.looked_for[found.path] = wanted_role, wanted_name, within
        return found

    def _walk(self, within):
        """As walk(). What was found there and has made way since, as a list of a page that was left, is looked for anew."""
        if within is None or isinstance(within, Item) or within.path not in self.looked_for:
            return walk(within or self.accessible)
        try:
            tree = Tree.of(self.accessible, self.accessible.path)
        except GLib.Error:
            return iter(())
        if within.path in {item.path for item, _ in tree.walk(self.accessible.path)}:
            return tree.walk(within.path)
        instead = self.peek(*self.looked_for[within.path])
        return walk(instead or within)

    def find(self, wanted_role=None, wanted_name=None, within=None, seconds=None):
        """Waits for it. The name is a string (all of it) or a compiled pattern (some of it)."""
        return wait_until(f'{wanted_role or "anything"} {wanted_name!r}',
                          lambda: self.peek(wanted_role, wanted_name, within), seconds)

    def gone(self, wanted_role=None, wanted_name=None, within=None, seconds=None):
        wait_until(f'{wanted_role or "anything"} {wanted_name!r} to go',
                   lambda: self.glimpse(wanted_role, wanted_name, within) is None, seconds)

    def says(self, pattern, seconds=None, within=None):
        """Waits until some text on screen matches; gives that text."""
        pattern = re.compile(pattern) if isinstance(pattern, str) else pattern

        def look():
            for node, _ in walk(within or self.accessible):
                try:
                    said = text(node)
                except GLib.Error:
                    continue
                if pattern.search(said):
                    return said
            return None
        return wait_until(f'the words {pattern.pattern!r}', look, seconds)

    def texts(self, within=None):
        """All names on screen, each once, in reading order."""
        return list(dict.fromkeys(name(node) for node, _ in walk(within or self.accessible) if name(node)))

    def tree(self):
        return dump(self.accessible) if self.accessible else '(no window)'

    def focused(self):
        """The innermost thing with the focus, or None."""
        found = None
        for node, _ in walk(self.accessible):
            try:
                if has(node, 'focused') and role(node) not in ('frame', 'application'):
                    found = node
            except GLib.Error:
                continue
        return found and live(found)

    def glance(self):
        """What is known of the window without asking for what came since: enough to see where the focus is."""
        return Tree.of(self.accessible)

    # -- doing

    def click(self, wanted_role=None, wanted_name=None, within=None, seconds=None):
        """Presses what is found, once it may be pressed, by its own action."""
        def press():
            seen = self.glimpse(wanted_role, wanted_name, within)
            return seen is not None and has(seen, 'sensitive') and self.act(seen)
        wait_until(f'{wanted_role or "anything"} {wanted_name!r} that can be pressed', press, seconds)

    def act(self, node):
        """Does the first of ACTIONS that the node, or something in it, has."""
        for item, _ in walk(node):
            actions = (not isinstance(item, Item) or item.can('Action')) and live(item)
            if not actions:
                continue
            names = [Atspi.Action.get_action_name(actions, index) for index in range(Atspi.Action.get_n_actions(actions))]
            for wanted in ACTIONS:
                if wanted in names:
                    return Atspi.Action.do_action(actions, names.index(wanted))
        return False

    def point(self, node, button=1):
        """Clicks in its middle with the pointer, which is kept out of the window else: for what has no key."""
        place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        middle = (place.x + place.width // 2, place.y + place.height // 2)
        self.focus_window()
        subprocess.run(['xdotool', 'mousemove', '--window', self.window(), *map(str, middle), 'click', str(button)], check=True)

    def write(self, wanted_name, words, wanted_role=('text', 'entry'), within=None):
        """Puts words into the entry of that name, in place of what was there."""
        self.put(self.find(wanted_role, wanted_name, within), words)

    def put(self, node, words):
        """The same, for an entry that was found already: one of several of a name."""
        wanted_name = name(node)
        if not Atspi.EditableText.set_text_contents(node, words):
            raise AssertionError(f'{wanted_name!r} takes no text')
        wait_until(f'{words!r} in {wanted_name!r}', lambda: text(node) == words, 3)

    def set_switch(self, wanted_name, on):
        node = self.find(('check box', 'switch', 'toggle button'), wanted_name)
        if has(node, 'checked') != on:
            self.act(node)
            wait_until(f'{wanted_name!r} to be {"on" if on else "off"}', lambda: has(node, 'checked') == on)

    def key(self, *keys):
        """Keys as X names them: 'ctrl+f', 'Tab', 'Return'."""
        self.focus_window()
        subprocess.run(['xdotool', 'key', '--delay', '15', *keys], check=True)

    def type(self, words):
        self.focus_window()
        subprocess.run(['xdotool', 'type', '--delay', '15', words], check=True)

    def focus(self, node):
        """Walks to it with Tab, as a person without a mouse does."""
        now = self.glance().focused
        for turn in range(TABS_MAX):
            if turn % 8 == 0:  # a list may have made its rows anew
                inside = {item.path for item, _ in walk(node)}
            if now in inside:
                return
            self.key('Tab')
            now = self._wait_for_step(now)
        raise Missing(f'{role(node)} {name(node)!r} is not reached by Tab')

    def _wait_for_step(self, before):
        """Until the focus is elsewhere, and says where. Where it goes nowhere is for the caller to find out; a key that comes
        before the one before was taken would lead too far."""
        deadline = time.monotonic() + STEP_S * SLOW
        now = self.glance().focused
        while now in (before, None) and time.monotonic() < deadline:
            time.sleep(0.02)
            now = self.glance().focused
        return now

    def open_row(self, row):
        """Goes to a row of a list with Tab and the arrows, and presses Return."""
        self.go_to_row(row)
        self.key('Return')

    def go_to_row(self, row):
        rows = row.get_parent()
        wanted = row.get_index_in_parent()
        self.focus(rows)

        for _ in range(TABS_MAX):
            now = self.glance().place_in(rows.path)
            if now == wanted:
                return
            self.key('Down' if now is None or now < wanted else 'Up')
            time.sleep(0.02)
        raise Missing(f'the row {name(row)!r} is not reached by the arrows')

    def menu(self, button_name, item_name):
        """Opens the menu of that button and takes an item."""
        self.click(('toggle button', 'button', 'menu button'), button_name)
        self.click('menu item', item_name)

    def choose(self, combo, wanted_name):
        """Picks an item of a combo row or drop-down by keyboard."""
        self.focus(combo)
        self.key('space')
        self.choose_open(combo, wanted_name)

    def choose_open(self, combo, wanted_name):
        """The same, once its list is open."""
        for _ in range(TABS_MAX):
            # Anew each time: what is read from the ledger meanwhile makes other rows of the list.
            item = self.find(('list item', 'menu item', 'table row'), wanted_name, within=combo)
            before = self.glance().focused
            if before in {node.path for node, _ in walk(item)}:
                break
            self.key('Down')
            self._wait_for_step(before)
            if before is not None and self.glance().focused == before:  # the last one: what is before it is wanted
                self.key('Home')
                self._wait_for_step(before)
        else:
            raise Missing(f'the item {wanted_name!r} is not reached by the arrows')
        self.key('Return')
        wait_until(f'{wanted_name!r} to be chosen', lambda: self.glance().focused == combo.path, 3)

    def choose_file(self, title, path):
        """Gives the whole path in GTK's own dialog for files, a window of its own, which asks where there is no portal."""
        dialog = self.find('dialog', title)

        def entry():
            found = self.peek(('text', 'entry'), within=dialog)
            for window in [] if found else self._windows():
                if window != self.window():  # a dialog to open has it on demand
                    subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'key', 'ctrl+l'], check=False, timeout=10)
            return found
        self.put(wait_until('where a path is typed', entry), path)
        self.click('button', re.compile('^(Open|Save)$'), within=dialog)
        wait_until(f'{title!r} to have taken {path}', lambda: not has(dialog, 'showing'))

    # -- the window itself

    def _windows(self):
        done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
                              capture_output=True, text=True, check=False)
        return done.stdout.split()

    def geometry(self, window=None):
        """(x, y, width, height) of the window: the largest that the program shows."""
        best = (0, 0, 0, 0)
        for candidate in [window] if window else self._windows():
            done = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', candidate], capture_output=True, text=True,
                                  check=False)
            values = dict(line.split('=', 1) for line in done.stdout.splitlines() if '=' in line)
            if 'WIDTH' in values:
                size = tuple(int(values[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT'))
                best = max(best, size, key=lambda g: g[2] * g[3])
        return best

    def window(self):
        return max(self._windows(), key=lambda window: self.geometry(window)[2] * self.geometry(window)[3])

    def focus_window(self):
        """There is no window manager: the focus is given by hand, and the pointer kept out of the pictures."""
        windows = self._windows()
        if windows:
            subprocess.run(['xdotool', 'mousemove', '4000', '4000', 'windowfocus', '--sync', self.window()], check=False,
                           stderr=subprocess.DEVNULL, timeout=10)
        Tree.forget()

    def resize(self, width, height):
        window = self.window()
        subprocess.run(['xdotool', 'windowmove', window, '0', '0', 'windowsize', window, str(width), str(height)], check=True)
        Tree.forget()
        try:
            wait_until('the size', lambda: self.geometry()[2:] == (width, height), 5)
        except Missing:
            raise Missing(f'the window was given {width}x{height} and took {self.geometry()[2:]}: its minimum?') from None

    def minimum_width(self):
        """What the window asks of the screen at least, as it told the X server."""
        done = subprocess.run(['xprop', '-id', self.window(), 'WM_NORMAL_HINTS'], capture_output=True, text=True, check=False)
        found = re.search(r'minimum size: (\d+) by', done.stdout)
        return int(found.group(1)) if found else 0

    def picture(self, path, settle_s=2.0):
        """The window as it is on screen, popovers and all, once it stands still."""
        x, y, width, height = self.geometry()
        before = None
        deadline = time.monotonic() + settle_s * SLOW
        while True:
            shot = subprocess.run(['import', '-silent', '-window', 'root', '-crop', f'{width}x{height}+{x}+{y}', '+repage',
                                   '-strip', 'png:-'], capture_output=True, check=True).stdout
            if shot == before or time.monotonic() > deadline:
                break
            before = shot
            time.sleep(0.15)
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(shot)
        return path


# ---- the browser -----------------------------------------------------------------------------------------------

class Browser:
    """Makes browser.py the session's browser, and says what it shall do with the next consent page."""

    def __init__(self):
        self.folder = os.path.join(os.environ['XDG_DATA_HOME'], 'applications')
        self.orders = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'browser-orders.json')
        self.log_path = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'browser-log')
        self.install()
        self.will()

    def install(self):
        os.makedirs(self.folder, exist_ok=True)
        with open(os.path.join(self.folder, 'countersign-test-browser.desktop'), 'w', encoding='utf-8') as file:
            file.write('[Desktop Entry]\nType=Application\nName=Browser\nNoDisplay=true\n'
                       f'Exec="{sys.executable}" "{os.path.join(HERE, "browser.py")}" %u\n'
                       'MimeType=x-scheme-handler/http;x-scheme-handler/https;\n')
        with open(os.path.join(self.folder, 'mimeapps.list'), 'w', encoding='utf-8') as file:
            file.write('[Default Applications]\n')
            for scheme in ('http', 'https'):
                file.write(f'x-scheme-handler/{scheme}=countersign-test-browser.desktop\n')

    def remove(self):
        """A desktop without a browser, to whoever starts afterwards."""
        shutil.rmtree(self.folder)

    def will(self, answer='allow', organisation=None, held=False, query=''):
        """answer: 'allow', 'cancel', 'never' (the person walks away), 'refuse' (the page is closed at the callback) or
        'return' (comes back at once with that query, as Xero's own page would send one, without asking Xero). held: not
        before release(); held='callback': answers at once, and comes back not before release()."""
        self._write({'answer': answer, 'organisation': organisation, 'held': held, 'query': query})

    def release(self):
        with open(self.orders, encoding='utf-8') as file:
            self._write({**json.load(file), 'held': False})

    def _write(self, orders):
        """All of it or nothing: the browser may read it at any time."""
        with open(self.orders + '.new', 'w', encoding='utf-8') as file:
            json.dump(orders, file)
        os.replace(self.orders + '.new', self.orders)

    def visits(self):
        """What it did, oldest first: dictionaries with 'address' (without its query), 'did' and 'status'."""
        try:
            with open(self.log_path, encoding='utf-8') as file:
                return [json.loads(line) for line in file]
        except FileNotFoundError:
            return []

    def wait_visit(self, did, count=1, seconds=None):
        return wait_until(f'the browser to have done {did!r}',
                          lambda: (lambda v: len(v) >= count and v[-1])([v for v in self.visits() if v['did'] == did]), seconds)


# ---- the sandbox -----------------------------------------------------------------------------------------------

class Sandbox:
    """A client of the sandbox's inspection address. It is started here, or is the one that the program started."""

    def __init__(self, address, process=None):
        self.address = address.rstrip('/')
        self.process = process

    @classmethod
    def of(cls, app):
        """The one that a running program started: found by the port that its child listens on."""
        return cls('http://localhost:%d' % wait_until('a sandbox', lambda: listening_port(app.process.pid), 20))

    @classmethod
    def start(cls, *args):
        program = os.path.join(BUILD, 'src', 'sandbox', 'countersign-sandbox')
        process = subprocess.Popen([program, '--print-address', '--exit-with-parent', *args], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, text=True)
        address = process.stdout.readline().strip()
        if not address:
            raise Missing(f'the sandbox ended at once, status {process.wait()}')
        return cls(address, process)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=10)

    def kill(self, app):
        """The one of a running program, as when it is out of reach; the program starts it again."""
        for candidate in descendants(app.process.pid):
            if b'countersign-sandbox' in command(candidate):
                os.kill(candidate, signal.SIGKILL)

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data=data, method=method,
                                         headers={'Content-Type': 'application/json', 'Accept': 'application/json'})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10 * SLOW) as reply:
                answer = reply.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f'{method} {path}: {error.code} {error.read()[:300]!r}') from error
        return json.loads(answer) if answer else None

    def get(self, path):
        return self._call('GET', path)

    def post(self, path, body=None):
        return self._call('POST', path, {} if body is None else body)

    def state(self):
        """What it holds: counts, created_contacts, created_invoices, invoices_by_number, tokens."""
        return self.get('/sandbox/state')

    def requests(self):
        """The calls that it saw, oldest first: method, path, status, idempotency_key."""
        return self.get('/sandbox/requests')['requests']

    def fault(self, kind, path=None, method=None, count=1, seconds=0):
        """Orders one: delay, 429, 500, 503, cut-before, cut-after, half-body, wrong-json, hang-after, unauthorised."""
        order = {'kind': kind, 'path': path, 'method': method, 'count': count, 'seconds': seconds}
        return self.post('/sandbox/faults', {key: value for key, value in order.items() if value is not None})

    def clear_faults(self):
        return self._call('DELETE', '/sandbox/faults')


def listening_port(pid):
    """The TCP port that a descendant named countersign-sandbox listens on, or None."""
    for candidate in descendants(pid):
        if b'countersign-sandbox' not in command(candidate):
            continue
        sockets = set()
        try:
            for fd in os.listdir(f'/proc/{candidate}/fd'):
                found = re.match(r'socket:\[(\d+)\]', os.readlink(f'/proc/{candidate}/fd/{fd}'))
                if found:
                    sockets.add(found.group(1))
            for table in ('tcp', 'tcp6'):
                with open(f'/proc/{candidate}/net/{table}', encoding='ascii') as file:
                    for line in file.readlines()[1:]:
                        fields = line.split()
                        if fields[3] == '0A' and fields[9] in sockets:
                            return int(fields[1].rsplit(':', 1)[1], 16)
        except OSError:
            continue
    return None


def command(pid):
    try:
        with open(f'/proc/{pid}/cmdline', 'rb') as file:
            return file.read()
    except OSError:
        return b''


def descendants(pid):
    parents = {}
    for entry in os.listdir('/proc'):
        if entry.isdigit():
            try:
                with open(f'/proc/{entry}/stat', encoding='utf-8', errors='replace') as file:
                    parents[int(entry)] = int(file.read().rsplit(')', 1)[1].split()[1])
            except OSError:
                continue
    found, look = [], [pid]
    while look:
        look = [child for child, parent in parents.items() if parent in look]
        found += look
    return found


# ---- secrets ---------------------------------------------------------------------------------------------------

WORDS = re.compile(rb'[A-Za-z0-9._~-]{16,}')


def issued_secrets(folder):
    """SHA-256 of every token that sandboxes gave out, as their state files under a folder keep them."""
    found = set()
    for path in files_under(folder):
        with open(path, 'rb') as file:
            found.update(re.findall(rb'"sha256"\s*:\s*"([0-9a-f]{64})"', file.read()))
    return {value.decode() for value in found}


def leaks(hashes, folders, pids=(), plain=()):
    """Where a secret stands that should not: files, environments and command lines. A secret is known by its hash
    (hashes) or as it is (plain). The keyring's own files are encrypted, and pass."""
    found = []

    def look(where, data):
        for word in set(WORDS.findall(data)):
            if hashlib.sha256(word).hexdigest() in hashes:
                found.append(f'{where}: a token')
        for secret in plain:
            if secret.encode() in data:
                found.append(f'{where}: a secret')
    for folder in folders:
        for path in files_under(folder):
            with open(path, 'rb') as file:
                look(path, file.read())
    for pid in pids:
        for what in ('environ', 'cmdline'):
            try:
                with open(f'/proc/{pid}/{what}', 'rb') as file:
                    look(f'{what} of {pid}', file.read())
            except OSError:
                continue
    return found


def keyring_secrets(schema):
    """What the keyring holds under a schema now, as it is; not the note of the audit chain, which is nobody's secret."""
    done = subprocess.run(['secret-tool', 'search', '--all', 'xdg:schema', schema], capture_output=True, text=True, check=False)
    items = re.split(r'^\[.*\]$', done.stdout, flags=re.MULTILINE)
    return [line.split('=', 1)[1].strip() for item in items if 'head of the audit chain' not in item
            for line in item.splitlines() if line.startswith('secret')]


def files_under(folder):
    for parent, _, names in os.walk(folder):
        for one in names:
            path = os.path.join(parent, one)
            if os.path.isfile(path) and not os.path.islink(path):
                yield path


# ---- telling how it went ---------------------------------------------------------------------------------------

class Steps:
    """Steps that build on one another, told as TAP. After the first that fails the rest is not reached. When one
    fails, the tree is told and a picture kept in BUILD/display-failures."""

    def __init__(self, title):
        self.title = title
        self.steps = []
        self.app = None  # the one that is looked at when a step fails
        self.closing = []

    def step(self, title):
        def add(function):
            self.steps.append((title, function))
            return function
        return add

    def at_end(self, function):
        self.closing.append(function)

    def run(self):
        print(f'1..{len(self.steps)}', flush=True)
        failed = faulty = False
        for number, (title, function) in enumerate(self.steps, start=1):
            if failed:
                print(f'not ok {number} - {title} (not reached)', flush=True)
                continue
            started = time.monotonic()
            try:
                function()
                print(f'ok {number} - {title}', flush=True)
                stall_ms = self.app.stall_ms() if self.app else None
                stalled = '' if stall_ms is None else f', longest stall of the main thread {stall_ms:.0f} ms'
                print(f'# {time.monotonic() - started:.1f} s{stalled}', flush=True)
            except Faults as faults:
                faulty = True
                print(f'not ok {number} - {title}')
                print('\n'.join('# ' + line for line in str(faults).splitlines()), flush=True)
            except Skipped as why:
                print(f'ok {number} - {title} # SKIP {why}', flush=True)
            except Exception:  # pylint: disable=broad-except
                failed = True
                print(f'not ok {number} - {title}')
                self._tell(number)
        for function in reversed(self.closing):
            try:
                function()
            except Exception as error:  # pylint: disable=broad-except
                print(f'# at the end: {error}')
        if self.app:
            self.app.stop()
        return 1 if failed or faulty else 0

    def _tell(self, number):
        told = traceback.format_exc()
        if self.app and self.app.running():
            try:
                folder = os.path.join(BUILD, 'display-failures')
                path = self.app.picture(os.path.join(folder, f'{self.title}-{number}.png'), 0)
                told += f'picture: {path}\n{self.app.tree()}\n'
            except Exception as error:  # pylint: disable=broad-except
                told += f'no picture: {error}\n'
        if self.app:
            told += 'log:\n' + self.app.log()[-4000:]
        print('\n'.join('# ' + line for line in told.splitlines()), flush=True)


def clean_folder(path):
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path
