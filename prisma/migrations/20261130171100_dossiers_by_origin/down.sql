DROP INDEX "dossiers_origin_url_idx";
