-- The rows of a file, so that the same ones are known when they come again with other ids.
ALTER TABLE import_log ADD COLUMN rows_hash INTEGER;  -- of the rows as received, whatever their order; NULL: not known
