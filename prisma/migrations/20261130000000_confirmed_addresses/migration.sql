-- When somebody showed last that they read the mail of an account's address: a link of ours that was mailed there was used.
ALTER TABLE "users" ADD COLUMN "email_confirmed_at" TIMESTAMPTZ(3);
-- When a link's mail was made; null for one that a page handed over.
ALTER TABLE "account_links" ADD COLUMN "mailed_at" TIMESTAMPTZ(3);

-- The link that goes to the address of before when an account gets another.
ALTER TABLE "account_links" DROP CONSTRAINT "account_links_purpose_check";
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_purpose_check"
  CHECK ("purpose" IN ('invitation', 'password-reset', 'not-me', 'address-changed'));
