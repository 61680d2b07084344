DROP FUNCTION "record_words"(text);
DROP TABLE "record_keys";
DROP TABLE "saved_views";
DROP TABLE "record_changes";
DROP TABLE "change_heads";
