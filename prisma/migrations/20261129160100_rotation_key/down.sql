ALTER TABLE "clients" DROP COLUMN "rotation_key";
