"""Inbox: what came from an agency, in our words.

In:  rows and messages that a folder under `systems` has read.   Out: client records and case events.
Never: a foreign code, a guess where the agency said nothing, a cell of a row that was refused.

What a page or a command calls, each inside one entered transaction:

columns        `mappings.proposal(path)`, `mappings.save_columns(...)`, `mappings.saved_columns(unit_id)`
dry run        `operations.import_file(..., dry_run=True)` for the counts and the first refused rows;
               `differences.found()` in the same transaction for the rows; `differences.told(...)` for a page
taking in      `operations.import_file(..., mode=..., progress=...)`
report         `queries.runs(viewer)`, `queries.run(viewer, run_id)`
error file     `error_file.of_run(...)` from the file itself; `error_file.write(...)` after a dry run
taking back    `undo.take_back(run_id=..., by=...)`, which returns the run that tells what was done
"""
