"""Reading what others wrote in a process of its own, with limits.

A workbook can ask for half a terabyte by one far cell, a page of a PDF for minutes, a
mail for as long as it likes. Whoever reads such a file is ended; this process goes on,
and the person is told that the file asks for too much.
"""

from rescind.app.confined.parent import ReadingLimits, run, warm_up

__all__ = ["ReadingLimits", "run", "warm_up"]
