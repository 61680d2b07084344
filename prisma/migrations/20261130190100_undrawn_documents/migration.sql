-- Files of a type that has small pictures by now, stored when it had none: the sweep of documents asks for them.
CREATE INDEX "document_versions_undrawn_idx" ON "document_versions" ("media_type", "id") WHERE "thumbnail" = 'none';
