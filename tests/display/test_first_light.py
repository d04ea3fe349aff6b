#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, end to end, on the real window: what a person does is driven, what came of it is counted in the
sandbox."""

import sys

from driver import Steps
from first_light import Walk

steps = Steps('first-light')
step = steps.step
walk = Walk()


@step('the first-run page offers Xero and a demo')
def _():
    steps.app = walk.start()
    walk.first_run()


@step('the demo practice opens on its sandbox')
def _():
    walk.explore_demo()


@step('Xero is connected through the browser')
def _():
    walk.connect()


@step('a client is made')
def _():
    walk.create_client()


@step('a proposal is made, with totals and tax')
def _():
    walk.create_proposal()


@step('it is accepted, after a preview of what will be written')
def _():
    walk.accept()


@step('one contact and one invoice arrive in Xero')
def _():
    walk.wait_invoice()


@step('the invoices are listed, one opens with its lines')
def _():
    walk.invoices()


@step('after a quit and a start everything is there')
def _():
    walk.quit()
    steps.app = walk.start()
    walk.in_practice()
    walk.invoices()


@step('Xero is disconnected')
def _():
    walk.disconnect()


@step('the program ends without a complaint')
def _():
    walk.quit()
    assert not walk.app.complaints(), walk.app.complaints()


sys.exit(steps.run())
