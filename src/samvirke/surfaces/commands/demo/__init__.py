"""Demo: the whole main job on one machine, with invented people.

In:  a seed and sizes.   Out: a running partnership with two years behind it, figures, a report, a summary.
Never: a row written behind the gate's back; a result that is stored instead of computed.
"""

from samvirke.surfaces.commands.demo.command import demo

__all__ = ["demo"]
