"""``python -m demo``: see ``demo.main``."""

from __future__ import annotations

import sys

from demo.main import main

sys.exit(main())
