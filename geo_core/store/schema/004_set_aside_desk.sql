-- A row that was set aside can be corrected beside the row as received, taken in again as its file was read, or dropped.

-- How a file was read of which rows were set aside: importer, column profile and what else it takes to read one row again, as JSON.
CREATE TABLE reading_recipes (
    id INTEGER PRIMARY KEY NOT NULL,
    recipe TEXT NOT NULL UNIQUE
);

ALTER TABLE set_aside_rows ADD COLUMN recipe_id INTEGER REFERENCES reading_recipes(id);  -- NULL: not known

-- What somebody did about a row, whichever reason it was set aside for: found by its content, so that it outlives
-- another import of its file.
CREATE TABLE set_aside_decisions (
    id INTEGER PRIMARY KEY NOT NULL,
    source TEXT NOT NULL,
    payload_hash BLOB NOT NULL,       -- of the row as received
    state TEXT NOT NULL,              -- corrected, tried, taken, outside, dropped
    payload TEXT NOT NULL,            -- the row as corrected, or empty
    corrected_by TEXT NOT NULL,
    corrected_at DATETIME,
    settled_by TEXT NOT NULL,         -- who had it taken in again, or dropped
    settled_at DATETIME,
    reason TEXT NOT NULL,             -- of tried: why it was set aside again
    column_name TEXT NOT NULL,
    message TEXT NOT NULL,
    report_id INTEGER REFERENCES reports(id),  -- of taken
    version_hash BLOB,                -- of the version that it made; NULL: the report said so before
    seen INTEGER                      -- when that version was first seen, seconds since 1970 UTC
);
CREATE UNIQUE INDEX set_aside_decisions_once ON set_aside_decisions(source, payload_hash);

-- The values that a correction gives to columns of the row.
CREATE TABLE set_aside_changes (
    id INTEGER PRIMARY KEY NOT NULL,
    decision_id INTEGER NOT NULL REFERENCES set_aside_decisions(id),
    column_name TEXT NOT NULL,
    value TEXT NOT NULL
);
CREATE UNIQUE INDEX set_aside_changes_once ON set_aside_changes(decision_id, column_name);

INSERT INTO gpkg_contents(table_name, data_type, identifier, description) VALUES
    ('reading_recipes', 'attributes', 'reading_recipes', 'How files were read of which rows were set aside'),
    ('set_aside_decisions', 'attributes', 'set_aside_decisions', 'What was done about rows that were set aside'),
    ('set_aside_changes', 'attributes', 'set_aside_changes', 'What corrections changed');
