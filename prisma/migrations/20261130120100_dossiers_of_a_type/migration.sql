-- The columns of the board for one type: the newest of a state, and how many there are, without a look at the dossiers themselves.
CREATE INDEX "dossiers_type_id_state_id_idx" ON "dossiers" ("type_id", "state", "id");
