# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks probe.c, which is inside the program, what the accessibility bus does not tell: where each widget is, what is cut
off, where the focus goes, and how long the main thread gave nobody else a turn."""

import os
from collections import namedtuple

from driver import WAIT_S, wait_until

from gi.repository import Gio, GLib

FOCUSABLE, ELLIPSIZED, ROOT, SENSITIVE, KEPT_OUT = 1, 2, 4, 8, 16

Widget = namedtuple('Widget', 'id parent type text x y width height minimum excess flags')
Place = namedtuple('Place', 'id type x y width height')
Frame = namedtuple('Frame', 'callbacks drawing own toolkit')


def environment():
    """For the program to be started with."""
    return {'GIO_EXTRA_MODULES': os.environ['COUNTERSIGN_PROBE']}


class Probe:
    def __init__(self, process):
        self.name = f'io.github.countersign.Probe.P{process.pid}'
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        wait_until('the probe in the program', lambda: self.is_in(process))

    @staticmethod
    def is_in(process):
        """Whether that program has one already."""
        name = GLib.Variant('(s)', (f'io.github.countersign.Probe.P{process.pid}',))
        bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        return bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner', name, None,
                             Gio.DBusCallFlags.NONE, -1, None).unpack()[0]

    def _call(self, method, parameters=None, whole=False):
        answer = self.bus.call_sync(self.name, '/probe', 'io.github.countersign.Probe', method, parameters, None,
                                    Gio.DBusCallFlags.NONE, int(2 * WAIT_S * 1000), None).unpack()
        return answer if whole else answer[0] if answer else None

    def widgets(self):
        """All that is on screen, a parent before its children."""
        return Tree([Widget(*values) for values in self._call('Widgets')])

    def focused(self):
        """Where the focus went since this was asked last."""
        return [Place(*values) for values in self._call('Focused')]

    def stall_ms(self):
        """The longest time in which the main loop gave nobody a turn, since this was asked last."""
        return self._call('Stall') / 1000

    def frames(self):
        """Of each frame since this was asked last, in ms: what callbacks took before it, and what laying out and drawing took;
        of both together what was the program's own and what the toolkit's, once tell_shares() was called."""
        return [Frame(*(us / 1000 for us in frame)) for frame in self._call('Frames')]

    def tell_shares(self):
        self._call('Set', GLib.Variant('(si)', ('share', 1)))

    def cells(self):
        """How many cells and rows of lists were made, and how often one was filled, since this was asked last."""
        return self._call('Cells', whole=True)

    def first_frames_us(self):
        """Of the monotonic clock: when the first frame of a window was drawn, and the first with rows or text. 0: not yet."""
        return self._call('Frame', whole=True)

    def first_frames_cpu_us(self):
        """What all of the program's threads had taken of the processor by each of those two."""
        return self._call('Processor', whole=True)

    def main_thread_ms(self):
        """What the main thread has taken of the processor so far."""
        return self._call('MainThread') / 1000

    def set(self, what, value):
        """'text-percent', 'animations', 'mirrored' or 'dark', at once and for all windows."""
        self._call('Set', GLib.Variant('(si)', (what, int(value))))

    def resize(self, width, height):
        """Gives the window that size, and waits until all in it has its place."""
        def settled():
            if self._call('Width') == width:
                return True
            self._call('Resize', GLib.Variant('(ii)', (width, height)))
            return False
        wait_until(f'the window to be {width} px wide', settled)

    def plant(self, fault):
        """'sleep', 'unnamed button', 'unreachable button', 'unmarked string' or 'fixed width'; '': takes it away."""
        self._call('Plant', GLib.Variant('(s)', (fault,)))


class Tree:
    def __init__(self, widgets):
        self.widgets = widgets
        self.by_id = {widget.id: widget for widget in widgets}

    def __iter__(self):
        return iter(self.widgets)

    def above(self, widget):
        """What holds it, the nearest first."""
        while (widget := self.by_id.get(widget.parent)) is not None:
            yield widget

    def types(self):
        return {widget.type for widget in self.widgets}

    def is_within(self, widget, *types):
        return any(holder.type in types for holder in self.above(widget))

    def path(self, widget):
        """For a person who has to find it."""
        chain = [holder.type for holder in self.above(widget)][::-1] + [widget.type]
        ours = [index for index, name in enumerate(chain) if name.startswith('Cs')]
        short = chain[ours[-1]:] if ours else chain[-4:]
        return ' > '.join(short) + (f' "{widget.text[:60]}"' if widget.text else '')

