DROP INDEX "dossiers_type_id_state_id_idx";
