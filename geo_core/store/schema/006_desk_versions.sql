-- What a row of the desk tells, files may tell too. What they said themselves is what stays when the row is undone.
CREATE TABLE desk_versions (
    id INTEGER PRIMARY KEY NOT NULL,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    version_hash BLOB NOT NULL,
    first_seen INTEGER,               -- in files, as in report_versions; NULL: in none
    last_seen INTEGER
);
CREATE UNIQUE INDEX desk_versions_once ON desk_versions(report_id, version_hash);

INSERT OR IGNORE INTO desk_versions(report_id, version_hash, first_seen, last_seen)
SELECT v.report_id, v.content_hash,
       CASE WHEN v.first_seen <> d.seen THEN v.first_seen WHEN v.last_seen <> d.seen THEN v.last_seen END,
       CASE WHEN v.last_seen <> d.seen THEN v.last_seen WHEN v.first_seen <> d.seen THEN v.first_seen END
FROM set_aside_decisions d JOIN report_versions v ON v.id BETWEEN d.report_id * 65536 AND d.report_id * 65536 + 65535
WHERE d.state = 'taken' AND v.content_hash = d.version_hash;

INSERT INTO gpkg_contents(table_name, data_type, identifier, description) VALUES
    ('desk_versions', 'attributes', 'desk_versions', 'Versions of reports that rows of the desk tell');
