# SPDX-License-Identifier: GPL-3.0-or-later
"""A language that nobody speaks: every message in it is a third longer, accented, and between ⟦ and ⟧, so that words which
cannot be translated stand out, and words that have no room are cut short. decode() gives the English back, which is what
things are found by."""

import importlib.machinery
import importlib.util
import os
import re
import subprocess

from driver import BUILD, PROJECT

LANGUAGE = 'pseudo'
PLAIN = 'aceinosuzACEINOSUZ'
ACCENTED = 'âçéîñøšûžÂÇÉÎÑØŠÛŽ'
OPEN, CLOSE, MORE = '⟦', '⟧', '~'
# What is no words: placeholders, those of dates among them, escapes and tags.
KEPT = re.compile(r'(%(?:\d+\$)?[-+ #0\']*\d*(?:\.\d+)?(?:l|ll|z|E|O)?[A-Za-z%]|\\.|<[^<>]+>|https?://\S+)')


def encode(words):
    """One message, as it stands in a catalogue (escapes and all)."""
    parts = KEPT.split(words)
    if not any(re.search(r'[^\W\d_]', part) for part in parts[::2]):
        return words
    body, end = re.fullmatch(r'(.*?)((?:\\n)*)', words, re.DOTALL).groups()
    parts = KEPT.split(body)
    parts[::2] = [part.translate(str.maketrans(PLAIN, ACCENTED)) for part in parts[::2]]
    longer = ' '.join([MORE * 4] * (1 + len(body) // 14))  # it may be broken into lines, as words may
    return OPEN + ''.join(parts) + longer + CLOSE + end


def decode(said):
    """What is on screen, in English; what is not between the marks stays as it is."""
    before = None
    while said != before:
        before = said
        said = re.sub(f'{OPEN}([^{OPEN}{CLOSE}]*?)[{MORE} ]*{CLOSE}',
                      lambda match: match[1].translate(str.maketrans(ACCENTED, PLAIN)), said)
    return said


def bare(said):
    """What of it is in no message."""
    before = None
    while said != before:
        before = said
        said = re.sub(f'{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}', '', said)
    return said


def check_words():
    """The check of the sources, which knows how the messages are gathered."""
    path = os.path.join(PROJECT, 'tests', 'check-words')
    loader = importlib.machinery.SourceFileLoader('check_words', path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader('check_words', loader))
    loader.exec_module(module)
    return module


def translate(pot):
    """The catalogue of that template in this language."""
    blocks = []
    for block in pot.split('\n\n'):
        kept, words, key = [], {}, None
        for line in block.split('\n'):
            found = re.match(r'(msgid_plural|msgid|msgctxt|msgstr(?:\[\d\])?) "(.*)"$', line)
            if found:
                key = found[1]
                words[key] = found[2]
            elif key and line.startswith('"'):
                words[key] += line[1:-1]
            if not (key or '').startswith('msgstr'):
                kept.append(line)
        if not words.get('msgid'):
            continue
        if 'msgid_plural' in words:
            kept += [f'msgstr[0] "{encode(words["msgid"])}"', f'msgstr[1] "{encode(words["msgid_plural"])}"']
        else:
            kept.append(f'msgstr "{encode(words["msgid"])}"')
        blocks.append('\n'.join(kept))
    head = ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
            '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n')
    return '\n\n'.join([head, *blocks]) + '\n'


def make(folder):
    """Puts the catalogue beside those of the build, where the program looks for it."""
    pot, catalogue = os.path.join(folder, 'all.pot'), os.path.join(folder, f'{LANGUAGE}.po')
    home = os.path.join(BUILD, 'po', LANGUAGE, 'LC_MESSAGES')
    os.makedirs(home, exist_ok=True)
    text = translate(check_words().template(PROJECT, pot))
    with open(catalogue, 'w', encoding='utf-8') as file:
        file.write(text)
    subprocess.run(['msgfmt', '--check-format', '--output-file', os.path.join(home, 'countersign.mo'), catalogue], check=True)


def make_locale(folder, name):
    """A locale of the C library's, such as fr_CA, which this machine need not have; gives what to start a program with."""
    path = os.path.join(folder, f'{name}.UTF-8')
    if not os.path.exists(path):
        subprocess.run(['localedef', '--force', '-i', name, '-f', 'UTF-8', path], check=False, stderr=subprocess.DEVNULL)
    return {'LOCPATH': folder, 'LANG': f'{name}.UTF-8', 'LC_ALL': ''}
