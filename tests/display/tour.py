#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tour.py FOLDER   walks the first steps on the real window, as a person would, and leaves a picture of each in
FOLDER (NN-name-WIDTH-light.png), then of the main pages at three widths, light and dark. Those that data/screenshots
has are in FOLDER/screenshots, too, to be copied there. Runs in tests/in-session; COUNTERSIGN_BUILD names the build.
`src/run --tour` does it all."""

import os
import shutil
import sys
import time
import traceback

from driver import clean_folder
from first_light import PAGES, Walk

SIZES = {1400: 900, 900: 800, 360: 720}
WIDE = 1400
SCREENSHOTS = ('proposal', 'accept')  # what the metainfo and the README show


class Tour:
    def __init__(self, folder):
        self.folder = clean_folder(folder)
        self.count = 0
        self.width, self.scheme = WIDE, 'light'
        self.trouble = []
        self.walk = Walk(self.look)

    def look(self, name):
        self.count += 1
        file = f'{self.count:02d}-{name}-{self.width}-{self.scheme}.png'
        path = self.walk.app.picture(os.path.join(self.folder, file))
        if name in SCREENSHOTS and (self.width, self.scheme) == (WIDE, 'light'):
            os.makedirs(os.path.join(self.folder, 'screenshots'), exist_ok=True)
            shutil.copy(path, os.path.join(self.folder, 'screenshots', f'{name}.png'))
        print(f'tour: {file}', flush=True)

    def start(self, scheme='light'):
        self.scheme = scheme
        self.walk.start(ADW_DEBUG_COLOR_SCHEME=f'prefer-{scheme}')
        self.resize(WIDE)

    def resize(self, width):
        self.width = width
        self.walk.app.resize(width, SIZES[width])
        if self.walk.app.minimum_width() > width:
            self.trouble.append(f'the window asks for {self.walk.app.minimum_width()} px, and {width} were given')

    def steps(self):
        walk = self.walk
        self.start()
        yield 'the first-run page', walk.first_run
        yield 'the demo practice', walk.explore_demo
        yield 'connecting', walk.connect
        yield 'a client', walk.create_client
        yield 'a proposal', walk.create_proposal
        yield 'its acceptance', walk.accept
        yield 'the invoice arrives', walk.wait_invoice
        yield 'the invoices', walk.invoices
        yield 'an invoice that is refused', walk.have_invoice_refused
        yield 'the activity', walk.activity
        yield 'quit and start again', self.again
        yield 'the main pages, light', lambda: self.pages((900, 360))
        yield 'the main pages, dark', lambda: self.again('dark') or self.pages((WIDE, 900, 360))
        yield 'disconnecting', lambda: self.again() or walk.disconnect()

    def again(self, scheme='light'):
        self.walk.quit()
        self.start(scheme)
        self.walk.in_practice()
        if scheme == 'light':
            self.look('again')

    def pages(self, widths):
        for width in widths:
            self.resize(width)
            for page in PAGES:
                self.walk.go(page)
                self.look(page.lower())

    def run(self):
        started = time.monotonic()
        try:
            for title, step in self.steps():
                print(f'tour: {title}', flush=True)
                step()
        except Exception as error:  # pylint: disable=broad-except
            self.trouble.append(f'stopped: {error}')
            self.tell()
        app = self.walk.app
        self.trouble += app.complaints() if app else []
        if app:
            app.stop()
        for line in self.trouble:
            print(f'tour: {line}')
        print(f'tour: {self.count} pictures in {self.folder}, {time.monotonic() - started:.0f} s')
        return 1 if self.trouble else 0

    def tell(self):
        """What was on screen when it stopped, beside the pictures."""
        with open(os.path.join(self.folder, 'stopped.txt'), 'w', encoding='utf-8') as file:
            file.write(traceback.format_exc())
            app = self.walk.app
            if app and app.running() and app.accessible:
                file.write(app.tree() + '\n')
                app.picture(os.path.join(self.folder, 'stopped.png'), 0)
            file.write(app.log()[-4000:] if app else '')


if __name__ == '__main__':
    sys.exit(Tour(os.path.abspath(sys.argv[1])).run())
