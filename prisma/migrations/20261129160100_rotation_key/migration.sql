-- The request that rotated a secret last: its repetition, after a lost answer, keeps the secret that was there before it.
ALTER TABLE "clients" ADD COLUMN "rotation_key" TEXT;
