-- Sessions by the words of their title and place, for the search of their list and the command palette.
CREATE INDEX "seances_words_idx" ON "seances" USING gin (public.record_words("title" || ' ' || "place"));
