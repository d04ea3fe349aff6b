#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""notices.py FILE   a desktop's notification service, for tests: takes what programs tell, as GNOME Shell and as the
freedesktop.org specification have it, and writes a line of JSON a call into FILE. It shows nothing. NoticeBoard starts
it, and reads what stands there."""

import json
import os
import signal
import subprocess
import sys
import tempfile

import gi
gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

XML = """<node>
<interface name="org.gtk.Notifications">
  <method name="AddNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/></method>
  <method name="RemoveNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/></method>
</interface>
<interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
</interface></node>"""
NAMES = {'org.gtk.Notifications': '/org/gtk/Notifications', 'org.freedesktop.Notifications': '/org/freedesktop/Notifications'}


class Service:
    def __init__(self, path):
        self.path = path
        self.count = 0
        self.owned = 0

    def write(self, **line):
        with open(self.path, 'a', encoding='utf-8') as file:
            file.write(json.dumps(line) + '\n')

    def call(self, connection, sender, path, interface, method, parameters, invocation):
        told = parameters.unpack()
        answer = None
        if method == 'AddNotification':
            self.write(did='add', id=told[1], title=told[2].get('title', ''), body=told[2].get('body', ''),
                       action=told[2].get('default-action', ''))
        elif method == 'RemoveNotification':
            self.write(did='remove', id=told[1])
        elif method == 'Notify':
            self.count += 1
            number = told[1] or self.count
            self.write(did='add', id=str(number), title=told[3], body=told[4], action=' '.join(told[5]))
            answer = GLib.Variant('(u)', (number,))
        elif method == 'CloseNotification':
            self.write(did='remove', id=str(told[0]))
        elif method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['actions', 'body'],))
        elif method == 'GetServerInformation':
            answer = GLib.Variant('(ssss)', ('test', 'test', '1', '1.2'))
        invocation.return_value(answer)

    def on_owned(self, connection, name):
        self.owned += 1
        if self.owned == len(NAMES):
            print('ready', flush=True)

    def run(self):
        bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        interfaces = {one.name: one for one in Gio.DBusNodeInfo.new_for_xml(XML).interfaces}
        for name, path in NAMES.items():
            bus.register_object(path, interfaces[name], self.call, None, None)
            Gio.bus_own_name_on_connection(bus, name, Gio.BusNameOwnerFlags.NONE, self.on_owned, None)
        loop = GLib.MainLoop()
        signal.signal(signal.SIGTERM, lambda *_: loop.quit())
        GLib.timeout_add(200, lambda: True)  # so that the signal is seen
        loop.run()


class NoticeBoard:
    """Start it before the program, which looks for a service once."""

    def __init__(self):
        self.path = tempfile.mkstemp(prefix='notices-', suffix='.json')[1]
        self.process = subprocess.Popen([sys.executable, os.path.abspath(__file__), self.path], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().strip() == 'ready', 'no notification service'
        self.elsewhere = None

    def history(self):
        with open(self.path, encoding='utf-8') as file:
            return [json.loads(line) for line in file]

    def shown(self):
        """What stands there now, by its id."""
        now = {}
        for line in self.history():
            if line['did'] == 'add':
                now[line['id']] = line
            else:
                now.pop(line['id'], None)
        return now

    def look_away(self):
        """As a person does who works in another window."""
        if not self.elsewhere:
            self.elsewhere = subprocess.Popen(['xev', '-name', 'elsewhere', '-event', 'focus'], stdout=subprocess.DEVNULL)
        subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--name', '^elsewhere$', 'windowfocus', '--sync'], check=True,
                       stdout=subprocess.DEVNULL, timeout=20)

    def stop(self):
        for process in (self.elsewhere, self.process):
            if process:
                process.terminate()
                process.wait(timeout=10)


if __name__ == '__main__':
    Service(sys.argv[1]).run()
