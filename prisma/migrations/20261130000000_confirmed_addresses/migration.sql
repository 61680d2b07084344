-- When somebody showed last that they read the mail of an account's address: a link of ours that was mailed there was used.
ALTER TABLE "users" ADD COLUMN "email_confirmed_at" TIMESTAMPTZ(3);
-- When a link's mail was made; null for one that a page handed over.
ALTER TABLE "account_links" ADD COLUMN "mailed_at" TIMESTAMPTZ(3);

-- People who work with their accounts already have their addresses: nobody has asked them to confirm these.
UPDATE "users" SET "email_confirmed_at" = now()
WHERE NOT "password_must_change" AND EXISTS (SELECT FROM "user_sessions" s WHERE s."user_id" = "users"."id");
