# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be told apart in a picture of the window, as WCAG 2.2 measures it (1.4.3, 1.4.6, 1.4.11): each word and icon against
what it stands on, by the places that probe.c tells. The strongest pixel of a word counts, so that thin letters, whose
edges are blended, measure a little less than they are, and never more."""

import functools
import subprocess
from collections import Counter, namedtuple

from probe import SENSITIVE

WORDS = ('GtkLabel', 'GtkInscription', 'GtkText')
ICONS = ('GtkImage',)
OVER = ('AdwFloatingSheet', 'AdwBottomSheet', 'AdwToastWidget')  # what lies over the rest of the window
SIDE_MIN = 4
SLACK = 1  # pixels: places are rounded

Measured = namedtuple('Measured', 'widget ratio')


@functools.lru_cache(maxsize=None)
def luminance(pixel):
    parts = [value / 255 for value in pixel]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    """1: the same, 21: black on white."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class Picture:
    def __init__(self, path):
        told = subprocess.run(['identify', '-format', '%w %h', path], capture_output=True, text=True, check=True).stdout
        self.width, self.height = (int(part) for part in told.split())
        self.data = subprocess.run(['convert', path, '-alpha', 'off', '-depth', '8', 'rgb:-'], capture_output=True, check=True).stdout

    def at(self, x, y):
        start = 3 * (y * self.width + x)
        return tuple(self.data[start:start + 3])

    def rectangle(self, x, y, width, height):
        """Its pixels, with how often there is each."""
        counted = Counter()
        for row in range(max(y, 0), min(y + height, self.height)):
            start, end = 3 * (row * self.width + max(x, 0)), 3 * (row * self.width + min(x + width, self.width))
            line = self.data[start:end]
            counted.update(zip(line[::3], line[1::3], line[2::3]))
        return counted

    def contrast(self, x, y, width, height):
        """Of what is drawn in there with what it is drawn on: what most of it is."""
        pixels = self.rectangle(x, y, width, height)
        ground = pixels.most_common(1)[0][0]
        return max(ratio(ground, pixel) for pixel in pixels)


def is_within(inner, outer):
    return (inner.x >= outer.x - SLACK and inner.y >= outer.y - SLACK
            and inner.x + inner.width <= outer.x + outer.width + SLACK
            and inner.y + inner.height <= outer.y + outer.height + SLACK)


def overlap(one, other):
    return (one.x < other.x + other.width and other.x < one.x + one.width
            and one.y < other.y + other.height and other.y < one.y + one.height)


def on_view(tree):
    """What is on screen, whole and uncovered: neither scrolled away nor under a dialog."""
    over = [widget for widget in tree if widget.type in OVER and widget.width > 0]
    for widget in tree:
        if min(widget.width, widget.height) < SIDE_MIN:
            continue
        holders = list(tree.above(widget))
        if all(is_within(widget, holder) for holder in holders) and not any(
                overlap(widget, sheet) and sheet not in holders for sheet in over):
            yield widget


def measure(tree, picture, types):
    """What can be used and says something, the palest first."""
    found = []
    for widget in on_view(tree):
        if widget.type in types and widget.flags & SENSITIVE and (widget.text.strip() or widget.type not in WORDS):
            found.append(Measured(widget, picture.contrast(widget.x, widget.y, widget.width, widget.height)))
    return sorted(found, key=lambda one: one.ratio)
