"""World: an invented local partnership, drawn at random from a seed, for the demonstration and its proof.

In:  a seed, sizes and today's date.   Out: coded stories, the agencies' files, survey and register.
Never: a database, an estimator, anything of `statistics` or `evaluation`; no person in here exists.
"""

from samvirke.surfaces.commands.demo.world.drawing import draw
from samvirke.surfaces.commands.demo.world.files import WrittenFiles, write_files
from samvirke.surfaces.commands.demo.world.types import World

__all__ = ["World", "WrittenFiles", "draw", "write_files"]
