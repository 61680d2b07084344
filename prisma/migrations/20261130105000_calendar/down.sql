DROP TABLE "absences";
DROP TABLE "holiday_years";
DROP TABLE "holidays";
