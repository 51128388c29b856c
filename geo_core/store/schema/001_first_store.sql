-- One county's reports and incidents as a valid GeoPackage 1.3 (OGC 12-128r17). Every table is
-- registered in gpkg_contents, so that QGIS and GDAL list all of them by their right names.

PRAGMA application_id = 0x47504b47;  -- 'GPKG'
PRAGMA user_version = 10300;         -- GeoPackage 1.3.0; the version of our own tables is in store_info

CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL,
    description TEXT
);

CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL,
    identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    min_x DOUBLE,
    min_y DOUBLE,
    max_x DOUBLE,
    max_y DOUBLE,
    srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL,
    m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_extensions (
    table_name TEXT,
    column_name TEXT,
    extension_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);

-- The store's own facts: schema_version, epoch, profile_name, profile_toml, areas_title …
CREATE TABLE store_info (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
);

-- Every committed write.
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY NOT NULL,
    committed_at DATETIME NOT NULL,
    source TEXT NOT NULL,
    file TEXT NOT NULL,
    new_reports INTEGER NOT NULL,
    new_versions INTEGER NOT NULL,   -- of reports that were there already
    set_aside INTEGER NOT NULL
);

-- id is the SourceId: the bit in sets of sources, never given to another.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id BETWEEN 0 AND 62),
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    rank INTEGER NOT NULL,
    made_up BOOLEAN NOT NULL          -- its reports are invented, for trying out
);

-- Codes of kinds met so far. The tree itself is outside and may be reordered; a number here is for ever.
-- name_sv and is_protected are as they were when incidents were last derived.
CREATE TABLE kinds (
    id INTEGER PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    name_sv TEXT NOT NULL,
    is_protected BOOLEAN NOT NULL
);

-- id is the AreaId; written once.
CREATE TABLE areas (
    id INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    population INTEGER NOT NULL,
    population_year INTEGER NOT NULL
);

-- What one source said of one event. role, case_number repeat the current version's, for linkage.
-- key_number is a hash of source and source_key (60 bits, the one that public ids show): a million keys are
-- found through an index of numbers in half the time and a third of the room that their texts would take.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources(id),
    source_key TEXT NOT NULL,
    key_number INTEGER NOT NULL,
    role INTEGER NOT NULL,            -- 0 incident, 1 context
    current_version INTEGER NOT NULL, -- the number within the report, 1, 2, 3 …
    incident_id INTEGER,              -- NULL for context
    case_number TEXT                  -- NULL when there is none
);
CREATE INDEX reports_by_key ON reports(key_number);
CREATE INDEX reports_by_case ON reports(case_number) WHERE case_number IS NOT NULL;
-- Nearly every incident has one report, whose number it shares; only the others need an index.
CREATE INDEX reports_by_incident ON reports(incident_id) WHERE incident_id <> id;

-- Every differently worded version of a report, for ever: id = report_id * 65536 + number.
-- Times are seconds since 1970 UTC. Precision: 0 exact, 1 address, 2 street, 3 locality, 4 kommun, 5 lan.
CREATE TABLE report_versions (
    id INTEGER PRIMARY KEY NOT NULL,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    role INTEGER NOT NULL,
    kind_id INTEGER NOT NULL REFERENCES kinds(id),
    occurred_from INTEGER NOT NULL,
    occurred_to INTEGER NOT NULL,
    precision INTEGER NOT NULL,
    area_id INTEGER REFERENCES areas(id),
    east DOUBLE,
    north DOUBLE,
    patrol_discovered BOOLEAN NOT NULL,
    case_number TEXT,
    place_text TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    link TEXT NOT NULL,
    payload TEXT NOT NULL
);

-- What happened. Derived from the reports: `riskbild check --repair` can rebuild it. id is that of the
-- oldest report. geom is NULL where only an area is known: a midpoint would draw a false dot.
CREATE TABLE incidents (
    id INTEGER PRIMARY KEY NOT NULL,
    geom POINT,
    public_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    kind_name TEXT NOT NULL,
    occurred_from DATETIME NOT NULL,
    occurred_to DATETIME NOT NULL,
    precision TEXT NOT NULL,
    area_code TEXT,
    area_name TEXT,
    sources TEXT NOT NULL,            -- names, sorted, comma-separated
    reports INTEGER NOT NULL,
    patrol_discovered BOOLEAN NOT NULL,
    kind_from INTEGER NOT NULL REFERENCES reports(id),
    time_from INTEGER NOT NULL REFERENCES reports(id),
    place_from INTEGER NOT NULL REFERENCES reports(id)
);
CREATE INDEX incidents_by_public_id ON incidents(public_id);

-- Names that incidents once had and that links out there may carry: an absorbed id, or a public id that
-- another took the place of. The report tells which incident is meant now, so that a chain cannot close.
CREATE TABLE incident_aliases (
    id INTEGER PRIMARY KEY NOT NULL,
    absorbed_id INTEGER UNIQUE,
    public_id TEXT UNIQUE,
    report_id INTEGER NOT NULL REFERENCES reports(id)
);

-- What people decided: these two reports are, or are not, of one incident.
CREATE TABLE link_decisions (
    id INTEGER PRIMARY KEY NOT NULL,
    report_a INTEGER NOT NULL REFERENCES reports(id),
    report_b INTEGER NOT NULL REFERENCES reports(id),
    together BOOLEAN NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at DATETIME NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX link_decisions_by_a ON link_decisions(report_a);
CREATE INDEX link_decisions_by_b ON link_decisions(report_b);

-- Rows that could not be used, each once for each reason.
CREATE TABLE set_aside_rows (
    id INTEGER PRIMARY KEY NOT NULL,
    source TEXT NOT NULL,
    payload_hash BLOB NOT NULL,
    reason TEXT NOT NULL,
    file TEXT NOT NULL,
    row_number INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    message TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE UNIQUE INDEX set_aside_rows_once ON set_aside_rows(source, payload_hash, reason);

INSERT INTO gpkg_contents(table_name, data_type, identifier, description) VALUES
    ('incidents', 'features', 'incidents', 'What happened, told by one report or more'),
    ('areas', 'features', 'areas', 'The areas of the county'),
    ('reports', 'attributes', 'reports', 'What one source said of one event'),
    ('report_versions', 'attributes', 'report_versions', 'Every differently worded version of a report'),
    ('sources', 'attributes', 'sources', 'Who told'),
    ('kinds', 'attributes', 'kinds', 'Codes of kinds'),
    ('revisions', 'attributes', 'revisions', 'Every committed write'),
    ('set_aside_rows', 'attributes', 'set_aside_rows', 'Rows that could not be used, and why'),
    ('incident_aliases', 'attributes', 'incident_aliases', 'Former names of incidents'),
    ('link_decisions', 'attributes', 'link_decisions', 'Which reports people said belong together'),
    ('store_info', 'attributes', 'store_info', 'Facts of the store');

-- The spatial index with the triggers of the GeoPackage extension gpkg_rtree_index, word for word.
CREATE VIRTUAL TABLE rtree_incidents_geom USING rtree(id, minx, maxx, miny, maxy);

CREATE TRIGGER rtree_incidents_geom_insert AFTER INSERT ON incidents
WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
    INSERT OR REPLACE INTO rtree_incidents_geom VALUES (
        NEW.id, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;

CREATE TRIGGER rtree_incidents_geom_update1 AFTER UPDATE OF geom ON incidents
WHEN OLD.id = NEW.id AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
    INSERT OR REPLACE INTO rtree_incidents_geom VALUES (
        NEW.id, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;

CREATE TRIGGER rtree_incidents_geom_update2 AFTER UPDATE OF geom ON incidents
WHEN OLD.id = NEW.id AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
    DELETE FROM rtree_incidents_geom WHERE id = OLD.id;
END;

CREATE TRIGGER rtree_incidents_geom_update3 AFTER UPDATE ON incidents
WHEN OLD.id != NEW.id AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
    DELETE FROM rtree_incidents_geom WHERE id = OLD.id;
    INSERT OR REPLACE INTO rtree_incidents_geom VALUES (
        NEW.id, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;

CREATE TRIGGER rtree_incidents_geom_update4 AFTER UPDATE ON incidents
WHEN OLD.id != NEW.id AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
    DELETE FROM rtree_incidents_geom WHERE id IN (OLD.id, NEW.id);
END;

CREATE TRIGGER rtree_incidents_geom_delete AFTER DELETE ON incidents
WHEN old.geom NOT NULL
BEGIN
    DELETE FROM rtree_incidents_geom WHERE id = OLD.id;
END;

INSERT INTO gpkg_extensions VALUES ('incidents', 'geom', 'gpkg_rtree_index',
    'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
