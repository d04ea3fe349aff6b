# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on screen, in one answer of the accessibility bus: a walk that asks each thing for its name, role, states and
children takes ten times as long. GTK answers with what somebody has asked for before; what is still missing below a
thing on screen is asked for, and then all of it once more, so that a tree is that of one moment.

The answer is long, and a window that waits for something gives the same one again and again: where probe.c is in the
program, the tree of before serves until its main loop had something to do."""

import ast
import mmap
import os
import re
import subprocess
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

DEPTH_MAX = 60
REST_S = 0.02  # more than a frame
REST_MAX_S = 0.4
ROOT = '/org/a11y/atspi/accessible/root'

# An answer is read as text: PyGObject takes a tenth of a second to make Python's things of a long one.
STRING = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
ITEM = re.compile(rf"\(\('[^']*', '([^']*)'\), \('[^']*', '[^']*'\), \('[^']*', '([^']*)'\), (-?\d+), (-?\d+), \[([^\]]*)\], "
                  rf"({STRING}), (\d+), ({STRING}), \[(\d+), (\d+)\]\)")


def unquoted(said):
    return ast.literal_eval(said) if '\\' in said else said[1:-1]


class States(int):
    def contains(self, state):
        return bool(self >> int(state) & 1)


ROLE_NAMES = {}


def role_name(number):
    if number not in ROLE_NAMES:
        ROLE_NAMES[number] = Atspi.role_get_name(Atspi.Role(number))
    return ROLE_NAMES[number]


class Item:
    """A thing as it was at the moment of its tree; live() is the thing itself, which can be pressed and asked again."""

    __slots__ = ('tree', 'path', 'parent', 'place', 'count', 'interfaces', 'said', 'role', 'described', 'states')

    def __init__(self, tree, found):
        self.tree = tree
        self.path, self.parent, place, count, self.interfaces, said, role, described, low, high = found
        self.place, self.count = int(place), int(count)
        self.said, self.described = unquoted(said), unquoted(described)
        self.role = role_name(int(role))
        self.states = States(int(low) | int(high) << 32)

    def __eq__(self, other):
        return other is not None and self.path == other.path

    def __hash__(self):
        return hash(self.path)

    def get_name(self):
        return self.said

    def get_description(self):
        return self.described

    def get_state_set(self):
        return self.states

    def get_parent(self):
        return self.tree.items.get(self.parent)

    def can(self, interface):
        return f"'org.a11y.atspi.{interface}'" in self.interfaces

    def live(self):
        return self.tree.live(self)


class Turns:
    """How often the main loop of a program had something to do, as probe.c counts it in memory that is shared."""

    of_process = {}

    def __init__(self, process):
        self.shared = None
        folder = f'/proc/{process}/fd'
        try:
            for descriptor in os.listdir(folder):
                if os.readlink(f'{folder}/{descriptor}').startswith('/memfd:countersign-turns'):
                    with open(f'{folder}/{descriptor}', 'rb') as file:
                        self.shared = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)
        except OSError:
            pass  # it has ended, or is somebody else's

    @classmethod
    def of(cls, root):
        """root: of a program on the bus."""
        process = root.get_process_id()
        if process not in cls.of_process:
            cls.of_process[process] = cls(process)
        return cls.of_process[process]

    def count(self):
        """None: nobody counts."""
        return int.from_bytes(self.shared[:8], 'little') if self.shared else None

    def wait_for_rest(self):
        """While it makes one frame after the other, what is read of it will not do."""
        deadline = time.monotonic() + REST_MAX_S
        count = self.count()
        while count is not None and time.monotonic() < deadline:
            time.sleep(REST_S)
            before, count = count, self.count()
            if count == before:
                break


class Tree:
    """All that a program has told the bus of. whole: below that path, what is on screen and was not asked for yet, too."""

    bus = None
    timeout_ms = 10000
    things = {}  # by path, which is never given twice but to roots: the live ones that were asked for
    latest = None  # what was read last, if the program did nothing meanwhile but answer

    def __init__(self, node, whole=None):
        self.root = node if node.path == ROOT else node.get_application()
        self.bus_name = self.root.app.bus_name
        self.turns = Turns.of(self.root)
        self.told = {}  # by path: its children, where the answer leaves them open
        self.n_asked = 0
        self.turns.wait_for_rest()
        before = self.turns.count()
        self._read()
        while whole is not None:
            missing = self._missing(whole)
            if not missing:
                break
            if sum(self._ask(path) for path in missing):
                self._read()
        self.turn = self.turns.count()
        # An answer takes one turn. Of any more it is not known whether they came before it.
        Tree.latest = self if before is not None and self.turn == before + self.n_asked else None

    @classmethod
    def of(cls, node, whole=None):
        """As it is at this moment: what was read before, if the program did nothing since."""
        latest = cls.latest
        if (latest is None or node.app is None or node.app.bus_name != latest.bus_name or latest.turn != latest.turns.count()
                or whole is not None and latest._missing(whole)):
            return cls(node, whole)
        return latest

    @classmethod
    def forget(cls):
        """Something was done to a program that it may not have heard of yet."""
        cls.latest = None

    def _missing(self, whole):
        return [path for path in self._open(whole) if path not in self.told]

    def _call(self, path, interface, method, arguments=None):
        self.n_asked += 1
        if not Tree.bus:
            done = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.a11y.Bus', '--object-path', '/org/a11y/bus',
                                   '--method', 'org.a11y.Bus.GetAddress'], capture_output=True, text=True, check=True)
            flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
            Tree.bus = Gio.DBusConnection.new_for_address_sync(done.stdout.split("'")[1], flags, None, None)
        return Tree.bus.call_sync(self.bus_name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                  Tree.timeout_ms, None)

    def _read(self):
        answer = self._call('/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems')
        found = ITEM.findall(answer.print_(False))
        assert len(found) == answer.get_child_value(0).n_children(), 'an answer of the bus is not understood'
        self.n_windows = None
        self.items = {}  # by path
        self.below = {}  # by path of the parent: by place
        for one in found:
            item = Item(self, one)
            self.items[item.path] = item
            if item.place >= 0:
                self.below.setdefault(item.parent, []).append(item)
        for below in self.below.values():
            below.sort(key=lambda item: item.place)

    def children(self, path):
        if path in self.told:
            found = [self.items[child] for child in self.told[path] if child in self.items]
            for item in found:
                item.parent = path  # a dialog names another
            return found
        return self.below.get(path, [])

    def _open(self, path):
        """What is on screen below that path, and whose children are not plain from the answer: they were not asked for yet, or
        the page of a stack that is hidden is in it as well as the one that is seen."""
        found = []
        look = [path]
        while look:
            now = look.pop()
            if now not in self.told and (now == ROOT or now in self.items):
                count = self._count_windows() if now == ROOT else self.items[now].count
                if [item.place for item in self.below.get(now, ())] != list(range(count)):
                    found.append(now)
                    continue
            look += [child.path for child in self.children(now) if child.states.contains(Atspi.StateType.SHOWING)]
        return found

    def _count_windows(self):
        if self.n_windows is None:
            arguments = GLib.Variant('(ss)', ('org.a11y.atspi.Accessible', 'ChildCount'))
            self.n_windows = self._call(ROOT, 'org.freedesktop.DBus.Properties', 'Get', arguments).unpack()[0]
        return self.n_windows

    def _ask(self, path):
        """Asks for the children, and for all that is on screen below those that are new; says how many those are. Whoever was
        asked for is in the next answer."""
        new = 0
        look = [path]
        while look:
            now = look.pop()
            try:
                children = [child for _, child in self._call(now, 'org.a11y.atspi.Accessible', 'GetChildren').unpack()[0]]
                if now == path:
                    self.told[path] = children
                for child in children:
                    if child not in self.items:
                        new += 1
                        low, high = self._call(child, 'org.a11y.atspi.Accessible', 'GetState').unpack()[0]
                        if States(low | high << 32).contains(Atspi.StateType.SHOWING):
                            look.append(child)
            except GLib.Error:
                self.told.setdefault(path, [])  # it is gone again
        return new

    def walk(self, path, depth=0):
        """That one and all that is on screen in it, in reading order, with its depth."""
        item = self.items.get(path)
        if item is None or depth and path != ROOT and not item.states.contains(Atspi.StateType.SHOWING):
            return
        yield item, depth
        if depth < DEPTH_MAX:
            for child in self.children(path):
                yield from self.walk(child.path, depth + 1)

    def live(self, item):
        """The thing itself; None: it is gone."""
        if item.path == ROOT:
            return self.root
        if item.path not in Tree.things:
            above = self.root if item.parent == ROOT else item.parent in self.items and self.items[item.parent].live()
            places = [item.place, *range(above.get_child_count())] if above else []
            for place in places:  # another's place where a page of a stack is hidden
                found = above.get_child_at_index(place)
                if found and found.path == item.path:
                    Tree.things[item.path] = found
                    break
            else:
                return None
        return Tree.things[item.path]

    @property
    def focused(self):
        """The path of what has the focus, or None."""
        return next((path for path, item in self.items.items() if item.states.contains(Atspi.StateType.FOCUSED)
                     and item.role not in ('frame', 'application')), None)

    def place_in(self, path):
        """Of the focus, or what holds it, among the children of that path; None: it is not in there."""
        now = self.items.get(self.focused)
        while now:
            if now.parent == path:
                return now.place
            now = self.items.get(now.parent)
        return None
