"""`python -m unlisted`."""

import sys

from unlisted.cli import main

sys.exit(main())
