#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""When nobody knows whether the invoice arrived: the connection is cut after Xero has done the work, and the program
is killed there and started again. Each time the sandbox counts one invoice."""

import sys

from driver import Steps, wait_until
from first_light import Walk

INVOICES = '/api.xro/2.0/Invoices'

steps = Steps('doubt')
step = steps.step
walk = Walk()


@step('a demo practice is connected')
def _():
    steps.app = walk.start()
    walk.first_run()
    walk.explore_demo()
    walk.connect()


@step('the connection is cut after the work: one invoice, and the window sees it arrive')
def _():
    walk.create_client('Cut Short Ltd', 'cut@example.com')
    walk.create_proposal('Cut Short Ltd')
    walk.sandbox.fault('cut-after', INVOICES, 'PUT')
    walk.accept()
    walk.wait_invoice()
    walk.assert_once(1)


@step('the program is killed after the work, before the answer')
def _():
    walk.create_client('Killed Off Ltd', 'killed@example.com')
    walk.create_proposal('Killed Off Ltd')
    walk.sandbox.fault('hang-after', INVOICES, 'PUT', seconds=600)
    walk.accept()
    wait_until('the second invoice in Xero', lambda: len(walk.created()) == 2, 60)
    walk.app.kill()


@step('started again, it finds the invoice that is there and makes no other')
def _():
    steps.app = walk.start()
    walk.in_practice()
    walk.renew_sandbox()
    walk.open_proposal('Killed Off Ltd')
    walk.wait_invoice()
    walk.assert_once(2)


@step('the program ends')
def _():
    walk.quit()


sys.exit(steps.run())
