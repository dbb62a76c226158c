"""Arms the fuse in a process that a test starts: Python imports this before all else."""

import importlib.util
import os
from pathlib import Path

_spec = importlib.util.spec_from_file_location("fuse", Path(__file__).parents[1] / "fuse.py")
assert _spec is not None
assert _spec.loader is not None
fuse = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fuse)
fuse.arm(Path(os.environ[fuse.HEARD_IN]))
