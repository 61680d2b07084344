DROP TABLE "maintenances";
