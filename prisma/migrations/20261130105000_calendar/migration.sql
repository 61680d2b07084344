CREATE TABLE "holidays" (
  "day" DATE NOT NULL,
  "name_fr" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  CONSTRAINT "holidays_pkey" PRIMARY KEY ("day")
);

CREATE TABLE "holiday_years" (
  "year" INTEGER NOT NULL,
  "confirmed_by" INTEGER NOT NULL,
  "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "holiday_years_pkey" PRIMARY KEY ("year")
);

CREATE TABLE "absences" (
  "id" UUID NOT NULL,
  "user_id" INTEGER NOT NULL,
  "substitute_id" INTEGER NOT NULL,
  "first_day" DATE NOT NULL,
  "last_day" DATE NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "absences_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "absences_days_check" CHECK ("first_day" <= "last_day"),
  CONSTRAINT "absences_people_check" CHECK ("user_id" <> "substitute_id")
);
CREATE INDEX "absences_user_id_last_day_idx" ON "absences" ("user_id", "last_day");
CREATE INDEX "absences_substitute_id_last_day_idx" ON "absences" ("substitute_id", "last_day");
