DROP INDEX "document_versions_undrawn_idx";
