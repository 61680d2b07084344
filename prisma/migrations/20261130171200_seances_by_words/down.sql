DROP INDEX "seances_words_idx";
