-- What a county knows besides reports: named places, further area sets, and figures about both.

-- Whose named places, area sets or figures these are. Not the sources of reports: those are bits of a set.
CREATE TABLE place_sources (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    attribution TEXT NOT NULL,        -- named wherever something of it is shown
    as_of TEXT NOT NULL,              -- the extract's own date, as it says, or empty
    file TEXT NOT NULL
);

-- A place that has a name: an address, a stop, a shop. geom is NULL where none was told (a transit line).
CREATE TABLE named_places (
    id INTEGER PRIMARY KEY NOT NULL,
    geom POINT,
    source TEXT NOT NULL REFERENCES place_sources(name),
    source_key TEXT NOT NULL,         -- the source's own id
    sort TEXT NOT NULL,               -- address, street, stop, stop_area, transit_line, shop, …
    kind TEXT NOT NULL,               -- the source's own word for what it is, e.g. shop=supermarket
    name TEXT NOT NULL,
    street TEXT NOT NULL,
    house_number TEXT NOT NULL,
    postcode TEXT NOT NULL,
    locality TEXT NOT NULL,
    area_id INTEGER REFERENCES areas(id),
    parent_key TEXT NOT NULL,         -- of the same source: the stop area of a stop
    attributes TEXT NOT NULL,         -- JSON, or empty
    doubt TEXT NOT NULL,              -- a contradiction in what the source says, in a sentence, or empty
    content_hash BLOB NOT NULL
);

-- The lines of streets. The point of a street in named_places is their midpoint, for display only.
CREATE TABLE street_lines (
    id INTEGER PRIMARY KEY NOT NULL REFERENCES named_places(id),
    geom MULTILINESTRING NOT NULL,
    name TEXT NOT NULL,
    metres DOUBLE NOT NULL
);

-- Divisions of the county beside its own areas: RegSO, DeSO, police areas. Years 0 = not told.
CREATE TABLE area_sets (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES place_sources(name),
    valid_from INTEGER NOT NULL,      -- first year
    valid_to INTEGER NOT NULL,        -- last year
    generalised DOUBLE,               -- metres that borders may lie from the true ones; NULL = not known
    content_hash BLOB NOT NULL
);
CREATE UNIQUE INDEX area_sets_once ON area_sets(name, valid_from);

-- geom is NULL where a table gave codes and names only.
CREATE TABLE area_set_areas (
    id INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON,
    set_id INTEGER NOT NULL REFERENCES area_sets(id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    area_id INTEGER REFERENCES areas(id)   -- the county's own area that it belongs to
);
CREATE UNIQUE INDEX area_set_areas_once ON area_set_areas(set_id, code);

-- A number of something for an area or a named place in a period.
CREATE TABLE figures (
    id INTEGER PRIMARY KEY NOT NULL,
    source TEXT NOT NULL REFERENCES place_sources(name),
    measure TEXT NOT NULL,            -- population, departures, reported_offences, …
    about TEXT NOT NULL,              -- of which question or offence, or empty
    area_set TEXT NOT NULL,           -- areas (the county's own), the name of an area set, or empty
    area_code TEXT NOT NULL,
    area_name TEXT NOT NULL,
    place_key TEXT NOT NULL,          -- named_places.source_key of the same source, or empty
    period TEXT NOT NULL,             -- 2023-01-01..2024-01-01: local days, half-open
    value DOUBLE,                     -- NULL = the source withholds it
    unit TEXT NOT NULL,
    n INTEGER,                        -- how many were asked or counted
    low DOUBLE,                       -- interval of the value
    high DOUBLE,
    by_hour TEXT NOT NULL,            -- of a value per week: 168 numbers, Monday 0–1 first, or empty
    content_hash BLOB NOT NULL
);

INSERT INTO gpkg_contents(table_name, data_type, identifier, description) VALUES
    ('named_places', 'features', 'named_places', 'Addresses, stops, shops and other places with a name'),
    ('street_lines', 'features', 'street_lines', 'The lines of streets'),
    ('area_set_areas', 'features', 'area_set_areas', 'Areas of further area sets'),
    ('place_sources', 'attributes', 'place_sources', 'Whose named places, area sets and figures these are'),
    ('area_sets', 'attributes', 'area_sets', 'Divisions of the county beside its own areas'),
    ('figures', 'attributes', 'figures', 'Numbers of an area or a named place in a period');

-- A store of an older schema has its coordinate system already; a new one is told it when it is filled.
INSERT INTO gpkg_geometry_columns(table_name, column_name, geometry_type_name, srs_id, z, m)
    SELECT t.name, 'geom', t.type, g.srs_id, 0, 0 FROM gpkg_geometry_columns g,
        (SELECT 'named_places' AS name, 'POINT' AS type UNION ALL SELECT 'street_lines', 'MULTILINESTRING'
         UNION ALL SELECT 'area_set_areas', 'MULTIPOLYGON') t
    WHERE g.table_name = 'areas';
UPDATE gpkg_contents SET srs_id = (SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'areas')
    WHERE table_name IN ('named_places', 'street_lines', 'area_set_areas');
