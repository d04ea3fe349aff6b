# SPDX-License-Identifier: GPL-3.0-or-later
"""in_window.py INVOICES[,INVOICES] ROUNDS [PICTURES]   in a session, by tests/benchmark/window: see there."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from driver import BUILD, App, has, wait_until
from first_light import Walk
from probe import Probe

TABLE = os.path.join(BUILD, 'tests', 'benchmark', 'plain-table')
PRACTICE = os.path.join(BUILD, 'tests', 'benchmark', 'bench-practice')
AGENT = os.path.join(BUILD, 'src', 'agent', 'countersign-agent')
FRAME_MS = 1000 / 60
AT_REST_S = 4  # after which a window that was just opened does nothing any more
VIEWS = ('Overdue', 'Paid', 'Unpaid', 'All', 'Open')


def show(goal, what, found, wanted=''):
    print(f'{goal:4} {what:66} {found:>22}  {wanted}', flush=True)


def distribution(values):
    """Median, 99th of a hundred and worst."""
    values = sorted(values) or [0]
    at = [values[len(values) // 2], values[min(len(values) - 1, len(values) * 99 // 100)], values[-1]]
    return ' / '.join(f'{value:.1f}' for value in at)


def kilobytes(pid, what):
    with open(f'/proc/{pid}/smaps_rollup', encoding='utf-8') as file:
        return sum(int(line.split()[1]) for line in file if line.startswith(what + ':'))


# ---- starting --------------------------------------------------------------------------------------------------

def start_once(command, useful):
    """Milliseconds from the start of the process to its first frame, and to the first with rows or text; what it took of
    the processor until then; then memory."""
    began = time.monotonic()
    with open(os.path.join(tempfile.gettempdir(), 'window.log'), 'ab') as log:
        process = subprocess.Popen(command, stdout=log, stderr=log,
                                   env=dict(os.environ, GIO_EXTRA_MODULES=os.environ['COUNTERSIGN_PROBE']))
    probe = Probe(process)
    frames = wait_until('a frame', lambda: (lambda two: two if two[useful] else None)(probe.first_frames_us()), 60)
    cpu_ms = probe.first_frames_cpu_us()[int(useful)] / 1000
    time.sleep(AT_REST_S)
    memory = {what: kilobytes(process.pid, what) / 1024 for what in ('Pss', 'Private_Dirty')}
    process.kill()
    process.wait()
    return [moment / 1000 - began * 1000 for moment in frames], cpu_ms, memory


def start(command, rounds, useful=True):
    start_once(command, useful)  # so that the files are in memory for all alike
    runs = [start_once(command, useful) for _ in range(rounds)]
    first = statistics.median(frames[int(useful)] for frames, _, _ in runs)
    memory = {what: statistics.median(memory[what] for _, _, memory in runs) for what in runs[0][2]}
    return first, statistics.median(cpu_ms for _, cpu_ms, _ in runs), memory


def leave_on_invoices(folder):
    """It opens where it was left."""
    app = App('--data-folder', folder).start()
    app.find('list', 'Pages')
    app.key('alt+3')
    app.find('toggle button', re.compile(r'^All \d+$'))
    app.quit()


def measure_starts(folders, rounds):
    leave_on_invoices(next(iter(folders.values())))
    empty, empty_cpu, _ = start([TABLE], rounds, useful=False)
    show('', 'an empty GTK window: first frame, ms; of the processor', f'{empty:.0f}; {empty_cpu:.0f}')
    bare, bare_cpu, bare_memory = start([TABLE, 'adwaita'], rounds, useful=False)
    show('', 'an empty libadwaita window: first frame, ms; of the processor', f'{bare:.0f}; {bare_cpu:.0f}')
    others = None
    if editor := shutil.which('gnome-text-editor'):
        others = start([editor, '--standalone', '--ignore-session'], rounds)
        show('', 'GNOME Text Editor: first frame with text, ms; of the processor', f'{others[0]:.0f}; {others[1]:.0f}')
        show('', '  PSS, MiB', f'{others[2]["Pss"]:.0f}')
        show('', 'the empty libadwaita window / GNOME Text Editor; of the processor; PSS',
             f'{bare / others[0]:.2f}; {bare_cpu / others[1]:.2f}; {bare_memory["Pss"] / others[2]["Pss"]:.2f}')
    first = None
    for n, folder in folders.items():
        ms, cpu_ms, memory = start([os.path.join(BUILD, 'src', 'app', 'countersign'), '--data-folder', folder], rounds)
        show('P12', f'{n} invoices: first frame with rows, ms; of the processor', f'{ms:.0f}; {cpu_ms:.0f}')
        show('P12', '  / an empty GTK window’s; of the processor', f'{ms / empty:.2f}; {cpu_ms / empty_cpu:.2f}', '<= 2.2')
        if others:
            show('P12', '  / GNOME Text Editor’s; of the processor', f'{ms / others[0]:.2f}; {cpu_ms / others[1]:.2f}', '<= 0.65')
            show('P13', '  PSS at rest / GNOME Text Editor’s', f'{memory["Pss"] / others[2]["Pss"]:.2f}', '<= 1.0')
        show('P13', '  PSS; private and dirty, MiB', f'{memory["Pss"]:.0f}; {memory["Private_Dirty"]:.0f}')
        if first:
            show('P12', '  / that of the smaller practice', f'{ms / first[0]:.2f}', '<= 1.15')
            show('P13', '  more private and dirty memory, MiB', f'{memory["Private_Dirty"] - first[1]["Private_Dirty"]:.0f}', '<= 30')
        first = first or (ms, memory)


def measure_agent(folder):
    process = subprocess.Popen([AGENT, '--data-folder', folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(AT_REST_S)
    if process.poll() is None:
        show('P13', 'the background agent: PSS, MiB', f'{kilobytes(process.pid, "Pss") / 1024:.0f}')
        process.terminate()
    else:
        show('P13', 'the background agent: it had nothing to wait for and ended', f'status {process.returncode}')
    process.wait()


# ---- frames ----------------------------------------------------------------------------------------------------

def during(probe, action, times=1, rest_s=0.25):
    """The frames while the action is done so many times, and what one time took of callbacks at most."""
    time.sleep(0.5)
    probe.frames(), probe.cells(), probe.stall_ms()
    frames, turns = [], []
    for at in range(times):
        action(at)
        time.sleep(rest_s)
        made = probe.frames()
        turns.append(max([callbacks for callbacks, _ in made] or [0]))
        frames += made
    return frames, turns, probe.cells(), probe.stall_ms()


def tell(goal, what, result, wanted=''):
    frames, _, (built, bound), stall = result
    show(goal, f'{what}: callbacks a frame, ms (median / p99 / worst)', distribution([one for one, _ in frames]), wanted)
    show('', f'  layout and drawing, ms; {len(frames)} frames', distribution([one for _, one in frames]))
    show('', f'  whole frames over {FRAME_MS:.1f} ms; longest stall, ms',
         f'{sum(sum(one) > FRAME_MS for one in frames)}; {stall:.0f}')
    show('', '  cells built; filled', f'{built}; {bound}')


def press(*keys):
    subprocess.run(['xdotool', 'key', *keys], check=True)


def wheel(button, times):
    subprocess.run(['xdotool', 'click', '--repeat', str(times), '--delay', '16', str(button)], check=True)


SCROLLS = {
    'smooth (wheel)': (lambda at: wheel(5, 30), 6, 0.85),
    'by pages': (lambda at: press('Page_Down'), 40, 0.7),
    'jumps to the end and back': (lambda at: press('End' if at % 2 == 0 else 'Home'), 20, 0.35),
}


def point(app):
    """At the middle of the lower right, where both programs have their table."""
    width, height = app.geometry()[2:4]
    subprocess.run(['xdotool', 'mousemove', '--window', str(app.window()), str(width * 2 // 3), str(height * 2 // 3)], check=True)


def scroll(app, probe, take_focus):
    """What each kind of scrolling takes a frame, of all the main thread does."""
    taken = {}
    for what, (action, times, _) in SCROLLS.items():
        take_focus()
        point(app)
        taken[what] = during(probe, action, times, 0.1)
        press('Home')
        time.sleep(0.5)
    return taken


def plain_scrolls():
    app = App('100000', program=TABLE).start()
    app.resize(1500, 900)
    probe = Probe(app.process)
    point(app)
    taken = scroll(app, probe, lambda: subprocess.run(['xdotool', 'click', '1'], check=True))
    taken['naive'] = during(probe, lambda at: press('F5'), 3, 3)
    app.stop()
    return taken


def mean_frame(result):
    return statistics.mean(sum(frame) for frame in result[0]) if result[0] else float('nan')


def view(app, which):
    return app.find('toggle button', re.compile(rf'^{which} \d+$'))


def measure_frames(n, folder, plain, pictures):
    app = App('--data-folder', folder).start()
    app.resize(1500, 900)
    app.find('list', 'Pages')
    app.key('alt+3')
    probe = Probe(app.process)
    app.find('toggle button', re.compile(r'^All \d+$'))
    time.sleep(AT_REST_S)
    views = {which: view(app, which) for which in VIEWS}
    switched = during(probe, lambda at: app.act(views[VIEWS[at % len(VIEWS)]]), 20, 0.4)
    tell('P10', f'{n}: view switch', switched, '<= 8')
    show('P10', '  other rows in all of a plain GtkColumnView: longest stall, ms; / that of a view switch',
         f'{plain["naive"][3]:.0f}; {plain["naive"][3] / max(switched[3], 1):.0f}', '>= 50')
    app.act(views['Paid'])
    wait_until('the paid ones', lambda: has(view(app, 'Paid'), 'pressed') or has(view(app, 'Paid'), 'checked'))
    point(app)
    scrolled = scroll(app, probe, lambda: subprocess.run(['xdotool', 'click', '1'], check=True))
    for what, result in scrolled.items():
        tell('P11', f'{n}: scrolled {what}', result, '<= 8')
        show('P11', '  a frame of the main thread / of a plain GtkColumnView',
             f'{mean_frame(result) / mean_frame(plain[what]):.2f}', f'<= {SCROLLS[what][2]}')
    app.act(views['All'])
    app.key('ctrl+f')
    time.sleep(1)
    tell('', f'{n}: search, a digit at a time', during(probe, lambda at: press('123456'[at % 6]) if at % 7 < 6 else press('ctrl+a', 'Delete'), 21, 0.3), '<= 8')
    for scheme in ('light', 'dark') if pictures else ():
        probe.set('dark', scheme == 'dark')
        for width in (1400, 900, 360):
            app.resize(width, 900)
            app.picture(os.path.join(pictures, f'invoices-{n}-{width}-{scheme}.png'), 1.0)
    app.stop()


# ---- while the ledger is read ------------------------------------------------------------------------------------

PULLED = 50000


def sandbox_with(n):
    """The sandbox as a demo starts it, with so many invoices and without the limits that would make it wait."""
    path = os.path.join(tempfile.mkdtemp(prefix='sandbox-'), 'countersign-sandbox')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'#!/bin/sh\nexec "{os.environ["COUNTERSIGN_SANDBOX"]}" --profile count:{n} --minute-limit 1000000'
                   ' --day-limit 1000000 "$@"\n')
    os.chmod(path, 0o755)
    return path


def measure_pull():
    """A first pull of many, while the wizard's wheel turns: each frame of it is looked at."""
    walk = Walk()
    walk.start('--demo', COUNTERSIGN_SANDBOX=sandbox_with(PULLED))
    walk.in_practice()
    walk.renew_sandbox()
    app, probe = walk.app, Probe(walk.app.process)
    app.resize(1500, 900)
    walk.open_wizard()
    walk.browser.will('allow')
    app.click('button', 'Open browser')
    app.find('button', 'Use this organisation')
    before = len(walk.sandbox.requests())
    app.click('button', 'Use this organisation')
    began = time.monotonic()
    probe.frames(), probe.cells(), probe.stall_ms()
    app.find('button', 'Done', seconds=300)
    took = time.monotonic() - began
    frames = probe.frames()
    tell('', f'a first pull of {PULLED}', (frames, [], probe.cells(), probe.stall_ms()), '<= 8')
    show('', '  frames a second; calls answered; in how many seconds',
         f'{len(frames) / took:.0f}; {len(walk.sandbox.requests()) - before}; {took:.0f}')
    app.stop()


def main(counts, rounds, pictures=''):
    folders = {}
    for n in map(int, counts.split(',')):
        folders[n] = tempfile.mkdtemp(prefix='practice-')
        subprocess.run([PRACTICE, folders[n], str(n)], check=True)
    measure_starts(folders, int(rounds))
    measure_agent(next(iter(folders.values())))
    measure_pull()
    plain = plain_scrolls()
    for n, folder in folders.items():
        measure_frames(n, folder, plain, pictures)
    print(f'load {os.getloadavg()[0]:.1f}; P13’s Chromium is not measured here')


main(*sys.argv[1:])
