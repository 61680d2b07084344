-- The dossiers that another portal or program opened from one of its records, found by that record's address. Addresses may be longer than a row of a
-- B-tree; a hash is as long for all of them.
CREATE INDEX "dossiers_origin_url_idx" ON "dossiers" USING hash ("origin_url");
