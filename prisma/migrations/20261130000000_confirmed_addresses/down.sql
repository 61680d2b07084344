DELETE FROM "account_links" WHERE "purpose" = 'address-changed';
ALTER TABLE "account_links" DROP CONSTRAINT "account_links_purpose_check";
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_purpose_check"
  CHECK ("purpose" IN ('invitation', 'password-reset', 'not-me'));
ALTER TABLE "account_links" DROP COLUMN "mailed_at";
ALTER TABLE "users" DROP COLUMN "email_confirmed_at";
