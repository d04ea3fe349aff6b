#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wrong turns that lie outside Xero, met by a practice that is no demo: the desktop has no browser, nobody comes back,
the network, its proxy, a stranger who answers in Xero's place, no keyring. Xero's own addresses are what it speaks to, and
none of them is ever reached: this session has no network, and the only way out is a proxy of the test's own. The person's
consent is the one thing that is made up: the browser comes back with a code that nobody gave."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import threading

from driver import BUILD, PROJECT, SLOW, Skipped, Steps, wait_until
from wrong_turns import Turns

UNTRUSTED = os.path.join(PROJECT, 'tests', 'remote', 'untrusted-localhost.pem')
EXPIRED = os.path.join(PROJECT, 'tests', 'sync', 'expired-certificate.pem')
AUTHORITY = os.path.join(PROJECT, 'tests', 'sync', 'test-authority.pem')
AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt'  # those that the system trusts
CLIENT_ID = '0123456789ABCDEF0123456789ABCDEF'
PATIENCE_S = 3
COME_BACK = {'answer': 'return', 'query': 'code=never-exchanged'}

steps = Steps('wrong-turns-away')
step = steps.step
walk = Turns('wrong-turns-away')


class Proxy:
    """What the desktop's settings would name. It refuses, or answers in Xero's place with a certificate of its own."""

    def __init__(self):
        self.mood = 'refuse'
        self.certificate = UNTRUSTED
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(client,), daemon=True).start()

    def answer(self, client):
        with client:
            try:
                while not client.recv(65536).endswith(b'\r\n\r\n'):
                    pass
                if self.mood == 'refuse':
                    client.sendall(b'HTTP/1.1 407 Proxy Authentication Required\r\n'
                                   b'Proxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\n\r\n')
                    return
                client.sendall(b'HTTP/1.1 200 Connection established\r\n\r\n')
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self.certificate)
                context.wrap_socket(client, server_side=True).close()
            except OSError:
                pass


def start(*args, **env):
    env = {'COUNTERSIGN_SIGN_IN_SECONDS': str(int(PATIENCE_S * SLOW)), **env}
    steps.app = walk.start(*args, **env)


def restart(*args, **env):
    walk.quit()
    start(*args, **env)
    walk.in_practice()


def among(authority, *command):
    """A command for unshare: runs where the system trusts that authority and no other. The program has no setting for it,
    so the system's own file is another one in its namespace."""
    mount = f'mount --bind "{authority}" {AUTHORITIES} && exec "$0" "$@"'
    return '--mount', '--map-current-user', '--keep-caps', 'sh', '-c', mount, *command


def can_be_among():
    done = subprocess.run(['unshare', *among(AUTHORITY, 'true')], stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def type_client_id():
    """A practice of one's own signs in with an app of one's own: typed, and checked while it is."""
    app = walk.app
    walk.open_wizard()
    app.click('button', 'Next')
    app.write('Client id', 'not a client id')
    app.says('^A client id has letters and digits only')
    app.write('Client id', CLIENT_ID)


def sign_in(title, name):
    """From the wizard's first page to the page of a wrong turn, and back to the first one."""
    app = walk.app
    type_client_id()
    walk.browser.will(**COME_BACK)
    app.click('button', 'Open browser')
    walk.page(title, name, 'Cancel', 'Back', 'Try again')
    walk.back()
    walk.app.key('Escape')
    walk.app.gone('dialog', 'Connect Xero')


@step('a practice of one’s own')
def _():
    walk.browser.remove()
    start()
    app = walk.app
    walk.first_run()
    app.click('button', 'Connect Xero')
    dialog = app.find('dialog', 'New practice')
    app.write('Practice name', 'Kauri & Co', within=dialog)
    app.click('button', 'Create', within=dialog)
    app.find('dialog', 'Connect Xero', seconds=20)
    walk.health('Not connected')


@step('no browser: the address is there to copy')
def _():
    app = walk.app
    type_client_id()
    app.click('button', 'Open browser')
    app.says('^No browser could be opened')
    app.find('button', 'Copy the address')
    walk.keep('no-browser', moves=True)


@step('W-05: the browser never comes back')
def _():
    walk.page('Nobody came back from the browser', 'never-came-back', 'Copy all addresses', 'Cancel', 'Back', 'Try again',
              seconds=PATIENCE_S + 20)
    walk.back()
    walk.app.key('Escape')
    walk.app.gone('dialog', 'Connect Xero')


@step('the app isn’t known at Xero')
def _():
    walk.browser.install()
    restart()
    app = walk.app
    type_client_id()
    walk.browser.will('return', query='error=unauthorized_client')
    app.click('button', 'Open browser')
    walk.page('Xero doesn’t accept the app', 'unknown-app', 'Copy all addresses', 'Try again')


@step('started again from there, without a restart: offline')
def _():
    walk.browser.will(**COME_BACK)
    walk.app.click('button', 'Try again')
    walk.page('Xero can’t be reached', 'offline', 'Cancel', 'Back', 'Try again')
    walk.leave()


@step('the proxy refuses')
def _():
    address = f'http://127.0.0.1:{proxy.port}'
    restart(https_proxy=address)
    sign_in('The proxy doesn’t let it through', 'proxy')


@step('a stranger answers in Xero’s place')
def _():
    proxy.mood = 'intercept'
    sign_in('The connection can’t be trusted', 'untrusted')


@step('an authority that is trusted has signed it, and its dates are over: the clock, which a person can mend')
def _():
    if not can_be_among():
        raise Skipped('a namespace of its own, to trust another authority in, is not to be had here')
    proxy.certificate = EXPIRED
    program = os.path.join(BUILD, 'src', 'app', 'countersign')
    restart(*among(AUTHORITY, program), program='unshare', https_proxy=f'http://127.0.0.1:{proxy.port}')
    sign_in('This computer’s clock is wrong', 'certificate-of-other-dates')


@step('no keyring: asked before the browser')
def _():
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'dbus-1', 'services')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'org.freedesktop.secrets.service'), 'w', encoding='utf-8') as file:
        file.write('[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n')
    bus('ReloadConfig')
    keyring = bus('GetConnectionUnixProcessID', 'org.freedesktop.secrets')
    os.kill(int(keyring.strip('()\n,').split()[-1]), signal.SIGKILL)
    wait_until('the keyring to be gone', lambda: 'false' in bus('NameHasOwner', 'org.freedesktop.secrets'))
    sign_in('No keyring was found', 'keyring-absent')


def bus(method, *args):
    done = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus',
                           '--method', f'org.freedesktop.DBus.{method}', *args], capture_output=True, text=True, check=True)
    return done.stdout


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


proxy = Proxy()
sys.exit(steps.run())
