-- Reports of one event are found by what they say, not only by case numbers; and each reading says on what it rests.

-- When the current version begins: linkage looks for what happened at about the same time.
ALTER TABLE reports ADD COLUMN started INTEGER NOT NULL DEFAULT 0;
UPDATE reports SET started = (SELECT v.occurred_from FROM report_versions v
                              WHERE v.id = reports.id * 65536 + reports.current_version);
CREATE INDEX reports_by_start ON reports(started) WHERE role = 0;

-- Whether a source may tell of one event under two ids, as a feed does and a register does not.
ALTER TABLE sources ADD COLUMN repeats BOOLEAN NOT NULL DEFAULT 0;

-- Why of this kind (in percent how sure, and the rule that told) and how the place was found; empty: the source says so.
ALTER TABLE report_versions ADD COLUMN kind_confidence INTEGER NOT NULL DEFAULT 100;
ALTER TABLE report_versions ADD COLUMN kind_rule TEXT NOT NULL DEFAULT '';
ALTER TABLE report_versions ADD COLUMN place_rule TEXT NOT NULL DEFAULT '';

-- Pairs of reports that may tell of one event, with the weight of what speaks for it in hundredths of a bit
-- (docs/methods/linkage.md). Derived from the current versions: a pair weighs the same whatever else there is.
CREATE TABLE link_pairs (
    id INTEGER PRIMARY KEY NOT NULL,
    report_a INTEGER NOT NULL REFERENCES reports(id),
    report_b INTEGER NOT NULL REFERENCES reports(id) CHECK (report_a < report_b),
    weight INTEGER NOT NULL,
    one_source BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX link_pairs_by_a ON link_pairs(report_a, report_b);
CREATE INDEX link_pairs_by_b ON link_pairs(report_b);

INSERT INTO gpkg_contents(table_name, data_type, identifier, description) VALUES
    ('link_pairs', 'attributes', 'link_pairs', 'Reports that may tell of one event');
