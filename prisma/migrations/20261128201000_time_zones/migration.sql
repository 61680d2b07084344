-- The zone that a person's times are written in (IANA name); null follows their browser.
ALTER TABLE "users" ADD COLUMN "time_zone" TEXT CHECK (char_length("time_zone") <= 64);
