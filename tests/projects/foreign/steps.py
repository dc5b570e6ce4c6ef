"""Runs several commands in one process, each given as one argument, and stops at the first that fails."""

import shlex
import sys

import django
from django.core.management import call_command

django.setup()
for step in sys.argv[1:]:
    call_command(*shlex.split(step))
