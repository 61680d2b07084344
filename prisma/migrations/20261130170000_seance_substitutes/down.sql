DROP TABLE "seance_substitutes";
