ALTER TABLE "account_links" DROP COLUMN "mailed_at";
ALTER TABLE "users" DROP COLUMN "email_confirmed_at";
