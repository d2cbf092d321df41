-- A run, in one file. Samples are never changed once they are there; judgements are kept apart from
-- them, by defect and diff, so that they can be made again.

-- `run`: the head, as JSON (record.Run).
CREATE TABLE run (head TEXT NOT NULL) STRICT;

-- One row for each attempt that has ended. The key is what makes it impossible to count one twice.
-- `result`: record.Attempt as JSON, without its samples.
CREATE TABLE attempt (
    configuration TEXT NOT NULL,
    defect TEXT NOT NULL,
    repeat INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('done', 'failed')),
    result TEXT NOT NULL,
    PRIMARY KEY (configuration, defect, repeat)
) STRICT;

CREATE TABLE sample (
    configuration TEXT NOT NULL,
    defect TEXT NOT NULL,
    repeat INTEGER NOT NULL,
    number INTEGER NOT NULL,
    diff TEXT NOT NULL,
    origin TEXT NOT NULL,
    log_likelihood REAL,
    well_formed INTEGER NOT NULL,
    seconds REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (configuration, defect, repeat, number),
    FOREIGN KEY (configuration, defect, repeat) REFERENCES attempt
) STRICT;

-- Every breakdown of the machinery, also those after which a further try succeeded. `subject` is
-- "generate" or "judge"; for the latter configuration is '' and repeat 0.
CREATE TABLE failure (
    subject TEXT NOT NULL,
    configuration TEXT NOT NULL,
    defect TEXT NOT NULL,
    repeat INTEGER NOT NULL,
    try INTEGER NOT NULL,
    error TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- The tests that pass with the reference fix on this machine: JSON lists of ids.
CREATE TABLE reference (
    defect TEXT NOT NULL PRIMARY KEY,
    visible TEXT NOT NULL,
    everything TEXT NOT NULL,
    seconds REAL NOT NULL
) STRICT;

-- `test_seconds` is how long the tests ran. `error` is not empty where judging broke down in every try; the verdict is then none.
CREATE TABLE judgement (
    defect TEXT NOT NULL,
    diff TEXT NOT NULL,
    plausible INTEGER,
    correct INTEGER,
    exact INTEGER NOT NULL,
    ast_same INTEGER,
    lines_changed INTEGER NOT NULL,
    reason TEXT NOT NULL,
    test_seconds REAL NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (defect, diff)
) STRICT;
