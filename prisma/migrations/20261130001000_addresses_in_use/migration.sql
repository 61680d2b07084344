-- A migration of its own: while it goes over the accounts, others read and change them.
-- People who work with their accounts already have their addresses: nobody has asked them to confirm these.
UPDATE "users" SET "email_confirmed_at" = now()
WHERE NOT "password_must_change" AND EXISTS (SELECT FROM "user_sessions" s WHERE s."user_id" = "users"."id");

UPDATE "account_links" SET "mailed_at" = "created_at" WHERE "token_hash" IS NOT NULL AND "purpose" = 'invitation';
