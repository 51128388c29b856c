-- What became of the rows of each file taken in, so that the quality of a source can be told afterwards.
CREATE TABLE import_log (
    id INTEGER PRIMARY KEY NOT NULL,
    committed_at DATETIME NOT NULL,
    source TEXT NOT NULL,
    file TEXT NOT NULL,
    read_rows INTEGER NOT NULL,       -- = new + revised + unchanged + outside + set aside
    new_rows INTEGER NOT NULL,
    revised_rows INTEGER NOT NULL,
    unchanged_rows INTEGER NOT NULL,
    outside_rows INTEGER NOT NULL,    -- of another county
    set_aside_rows INTEGER NOT NULL,
    context_rows INTEGER NOT NULL     -- of the new and revised: background, not counted
);
CREATE INDEX import_log_by_source ON import_log(source);

INSERT INTO gpkg_contents(table_name, data_type, identifier, description) VALUES
    ('import_log', 'attributes', 'import_log', 'What became of the rows of each file taken in');
