-- Lists by name go as people read them: "Élodie" before "Eva", and both before "Zo". By bytes, letters with accents came after z.
ALTER TABLE "users" ALTER COLUMN "name" TYPE TEXT COLLATE "und-x-icu";
