# SPDX-License-Identifier: GPL-3.0-or-later
"""What the walks through the wizard's wrong turns share. With tests/run --nightly a picture of each page is kept in
BUILD/TITLE-light at the size of the window; with COUNTERSIGN_PICTURES=360:720,900:800 at those sizes, too, and with
COUNTERSIGN_SCHEME=dark in the dark (BUILD/TITLE-dark). By day there are none: they take longer than the steps."""

import os
import re
import subprocess

from driver import BUILD, Missing, clean_folder, wait_until
from first_light import Walk

SIZES = [tuple(int(part) for part in size.split(':')) for size in os.environ.get('COUNTERSIGN_PICTURES', '').split(',') if size]
SCHEME = os.environ.get('COUNTERSIGN_SCHEME', 'light')
LONG = os.environ.get('COUNTERSIGN_NIGHTLY') == '1' or bool(SIZES)
PRACTICE_SIZE = (1200, 800)


class Turns(Walk):
    def __init__(self, title):
        super().__init__(env={'ADW_DEBUG_COLOR_SCHEME': f'prefer-{SCHEME}'})
        self.folder = os.path.join(BUILD, f'{title}-{SCHEME}')
        clean_folder(self.folder)

    def keep(self, name, moves=False):
        """A picture. What moves (a spinner) never stands still: that is not waited for."""
        if not LONG:
            return
        settle = 0.1 if moves else 2.0
        before = self.app.picture(os.path.join(self.folder, f'{name}.png'), settle)
        for size in SIZES:
            self.app.resize(*size)
            wait_until('the window to be drawn at its new size', lambda size=size: self.is_redrawn(before, size), 20)
            self.app.picture(os.path.join(self.folder, f'{name}-{size[0]}.png'), settle)
        if SIZES:
            self.app.resize(*PRACTICE_SIZE)

    def is_redrawn(self, before, size):
        """X has the new size first: until then the window stands there as it was, cut short."""
        now = self.app.picture(os.path.join(self.folder, 'now.png'), 0)
        cut = f'{before}[{size[0]}x{size[1]}+0+0]'
        done = subprocess.run(['compare', '-metric', 'AE', cut, now, 'null:'], stderr=subprocess.DEVNULL, check=False)
        os.unlink(now)
        return done.returncode != 0

    def begin(self):
        self.open_wizard()
        self.app.click('button', 'Open browser')

    def page(self, title, name, *buttons, seconds=20):
        """The page of a wrong turn is there, has these buttons, and is kept as a picture."""
        self.app.says('^' + re.escape(title) + '$', seconds=seconds)
        for button in buttons:
            self.app.find('button', button)
        self.keep(name)

    def back(self):
        """From the page of a wrong turn to the wizard's first, and never out of it."""
        self.app.click('button', 'Back')
        self.app.says('^What you need$')

    def leave(self):
        self.app.click('button', 'Cancel', within=self.app.find('dialog', 'Connect Xero'))
        self.app.gone('dialog', 'Connect Xero')

    def press_row(self, name):
        """A row that is a button has no action of its own on the bus: it is gone to, and Return pressed."""
        self.app.focus(self.app.find('button', name))
        self.app.key('Return')

    def health(self, words):
        """The sidebar's line about Xero, as it is told to who doesn't see it."""
        self.app.find('button', re.compile(f'^Xero: {words}.*Details of the connection'), seconds=20)

    # -- the keyring

    def lock_keyring(self):
        subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path',
                        '/org/freedesktop/secrets', '--method', 'org.freedesktop.Secret.Service.Lock',
                        "[objectpath '/org/freedesktop/secrets/collection/login']"], check=True, stdout=subprocess.DEVNULL)

    def keyring_questions(self):
        done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'gcr-prompter'], capture_output=True,
                              text=True, check=False)
        return done.stdout.split()

    def keyring_asks(self):
        """The keyring's own window is there: the bus starts it, a second or more after the program has asked."""
        wait_until('the keyring to ask', self.keyring_questions, 20)

    def answer_keyring(self, password=None):
        """Types the password and Return; without one closes the question. It shows before it takes a key: so it is
        answered until it is gone."""
        self.keyring_asks()
        for _ in range(5):
            self.type_answer(password)
            try:
                wait_until('the keyring to take the answer', lambda: not self.keyring_questions(), 5)
                return
            except Missing:
                continue
        raise Missing("the keyring's question stays, whatever is answered")

    def type_answer(self, password):
        # No window manager gives it the focus. It may have gone meanwhile.
        for question in self.keyring_questions():
            subprocess.run(['xdotool', 'windowfocus', '--sync', question], check=False, timeout=10)
            if password is None:
                subprocess.run(['xdotool', 'key', 'Escape'], check=True)
            else:
                subprocess.run(['xdotool', 'key', 'ctrl+a'], check=True)
                subprocess.run(['xdotool', 'type', '--delay', '15', password], check=True)
                subprocess.run(['xdotool', 'key', 'Return'], check=True)
