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
from collections import namedtuple

from driver import BUILD, App, Atspi, has, wait_until
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
    app.find('toggle button', re.compile(r'^All [\d,]+$'))
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

Result = namedtuple('Result', 'frames turns cells stall_ms cpu_ms')


def during(probe, action, times=1, rest_s=0.25):
    """The frames while the action is done so many times, the most that each time took of callbacks between two frames, cells
    made and filled, the longest stall, and what the main thread took of the processor, for one time: with the question for
    the frames, which is a little that either window takes."""
    time.sleep(0.5)
    probe.frames(), probe.cells(), probe.stall_ms()
    frames, turns = [], []
    began_ms = probe.main_thread_ms()
    for at in range(times):
        action(at)
        time.sleep(rest_s)
        made = probe.frames()
        turns.append(max([frame.callbacks for frame in made] or [0]))
        frames += made
    return Result(frames, turns, probe.cells(), probe.stall_ms(), (probe.main_thread_ms() - began_ms) / times)


def whole(frame):
    return frame.callbacks + frame.drawing


def tell(goal, what, result, wanted=''):
    frames, (built, bound) = result.frames, result.cells
    show(goal, f'{what}: callbacks a frame, ms (median / p99 / worst)', distribution([one.callbacks for one in frames]), wanted)
    show('', f'  layout and drawing, ms; {len(frames)} frames', distribution([one.drawing for one in frames]))
    show('', f'  whole frames over {FRAME_MS:.1f} ms; longest stall, ms',
         f'{sum(whole(one) > FRAME_MS for one in frames)}; {result.stall_ms:.0f}')
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
    """What each kind of scrolling takes."""
    taken = {}
    for what, (action, times, _) in SCROLLS.items():
        take_focus()
        point(app)
        taken[what] = during(probe, action, times, 0.1)
        press('Home')
        time.sleep(0.5)
    return taken


def click():
    subprocess.run(['xdotool', 'click', '1'], check=True)


def measure_plain(with_naive):
    """The same of a table that is not thought about, and of other rows in the place of all of its."""
    app = App('100000', program=TABLE).start()
    app.resize(1500, 900)
    probe = Probe(app.process)
    point(app)
    taken = scroll(app, probe, click)
    if with_naive:
        taken['naive'] = during(probe, lambda at: press('F5'), 3, 3)
    app.stop()
    return taken


def view(app, which):
    return app.find('toggle button', re.compile(rf'^{which} [\d,]+$'))


def take_rows(app):
    """The keyboard and the pointer to the rows, after another window was in front."""
    app.focus_window()
    point(app)
    click()
    time.sleep(1)


def mean_frame(result):
    return statistics.mean(whole(frame) for frame in result.frames) if result.frames else float('nan')


def joined(results):
    """Of several rounds, as if it had been one."""
    return results[0]._replace(frames=[frame for one in results for frame in one.frames],
                               cells=tuple(map(sum, zip(*(one.cells for one in results)))),
                               stall_ms=max(one.stall_ms for one in results))


def show_scrolls(n, rounds):
    """Each round is of both windows, one after the other, so that a machine that has other work is that for both."""
    for what, (_, _, wanted) in SCROLLS.items():
        tell('P11', f'{n}: scrolled {what}', joined([ours[what] for ours, _ in rounds]))
        cpu = [ours[what].cpu_ms / plain[what].cpu_ms for ours, plain in rounds]
        frame = [mean_frame(ours[what]) / mean_frame(plain[what]) for ours, plain in rounds]
        show('P11', '  a step, of the main thread’s processor time / a plain GtkColumnView’s',
             ' '.join(f'{one:.2f}' for one in sorted(cpu)) + f': {statistics.median(cpu):.2f}', f'<= {wanted}')
        show('P11', '  a frame, by the clock / a plain GtkColumnView’s', f'{statistics.median(frame):.2f}')


def show_switches(n, switched, naive):
    """The change itself: what came between two frames at the most, for each switch."""
    tell('P10', f'{n}: view switch', switched)
    change, other = statistics.median(switched.turns), statistics.median(naive.turns)
    show('P10', '  the change, ms (median; worst)', f'{change:.1f}; {max(switched.turns):.1f}', '<= 8')
    show('P10', '  that of other rows in all of a plain GtkColumnView, ms; / ours', f'{other:.0f}; {other / max(change, 0.01):.0f}', '>= 50')


def switch(probe, views):
    return during(probe, lambda at: Atspi.Action.do_action(views[VIEWS[at % len(VIEWS)]], 0), 20, 0.4)


def search(app, probe):
    app.key('ctrl+f')
    time.sleep(1)
    return during(probe, lambda at: press('123456'[at % 6]) if at % 7 < 6 else press('ctrl+a', 'Delete'), 21, 0.3)


def measure_shares(n, app, probe, views):
    """Whose each frame is: once more, since to ask takes a little itself."""
    app.act(views['All'])
    take_rows(app)
    probe.tell_shares()
    done = {'view switch': switch(probe, views), **scroll(app, probe, click), 'search': search(app, probe)}
    for what, result in done.items():
        show('', f'{n}: {what}: our own share of a frame, ms (median / p99 / worst)',
             distribution([frame.own for frame in result.frames]), '<= 8')
        show('', '  the toolkit’s', distribution([frame.toolkit for frame in result.frames]))


def measure_frames(n, folder, n_rounds, pictures):
    app = App('--data-folder', folder).start()
    app.resize(1500, 900)
    app.find('list', 'Pages')
    app.key('alt+3')
    probe = Probe(app.process)
    app.find('toggle button', re.compile(r'^All [\d,]+$'))
    time.sleep(AT_REST_S)
    views = {which: view(app, which) for which in VIEWS}
    # Pressed at once: a walk over the window before would be in the same frame.
    switched = switch(probe, views)
    app.act(views['Paid'])
    wait_until('the paid ones', lambda: has(view(app, 'Paid'), 'pressed') or has(view(app, 'Paid'), 'checked'))
    rounds = []
    for at in range(n_rounds):
        plain = measure_plain(with_naive=at == 0)
        take_rows(app)
        rounds.append((scroll(app, probe, click), plain))
    show_switches(n, switched, rounds[0][1]['naive'])
    show_scrolls(n, rounds)
    app.act(views['All'])
    tell('', f'{n}: search, a digit at a time', search(app, probe))
    measure_shares(n, app, probe, views)
    for scheme in ('light', 'dark') if pictures else ():
        probe.set('dark', scheme == 'dark')
        for width in (1400, 900, 360):
            app.resize(width, 900)
            app.picture(os.path.join(pictures, f'invoices-{n}-{width}-{scheme}.png'), 1.0)
    app.stop()


# ---- while the ledger is read ------------------------------------------------------------------------------------

PULLED = 50000
ASKED_EVERY_S = 5


def sandbox_with(n):
    """The sandbox as a demo starts it, with so many invoices and without the limits that would make it wait."""
    path = os.path.join(tempfile.mkdtemp(prefix='sandbox-'), 'countersign-sandbox')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'#!/bin/sh\nexec "{os.environ["COUNTERSIGN_SANDBOX"]}" --profile count:{n} --minute-limit 1000000'
                   ' --day-limit 1000000 "$@"\n')
    os.chmod(path, 0o755)
    return path


def frames_until(app, probe, button):
    """The frames until the window has that button, and the longest stall. A look at the window is answered by all that is in
    it, the longest callback of all: what is measured leaves these looks out."""
    frames, stall_ms = [], 0
    while True:
        probe.frames(), probe.cells(), probe.stall_ms()
        time.sleep(ASKED_EVERY_S)
        frames += probe.frames()
        stall_ms = max(stall_ms, probe.stall_ms())
        if app.peek('button', button):
            return frames, stall_ms


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
    frames, stall_ms = frames_until(app, probe, 'Done')
    took = time.monotonic() - began
    tell('', f'a first pull of {PULLED}', Result(frames, [], probe.cells(), stall_ms, 0), '<= 8')
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
    for n, folder in folders.items():
        measure_frames(n, folder, int(rounds), pictures)
    print(f'load {os.getloadavg()[0]:.1f}; P13’s Chromium is not measured here')


main(*sys.argv[1:])
