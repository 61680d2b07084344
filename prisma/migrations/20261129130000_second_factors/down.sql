DROP TABLE "role_requirements";
DROP TABLE "pending_sign_ins";
DROP TABLE "factor_enrolments";
DROP TABLE "recovery_codes";
DROP TABLE "totp_secrets";
DROP TABLE "webauthn_challenges";
DROP TABLE "passkeys";
