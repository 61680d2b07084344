/** A portal process reduced to its tokens: asks 25 times at once for the access token of one session. */
import { systemClock } from "@mgs/core/clock";
import { createSealer } from "@mgs/core/crypto";
import { createDatabase } from "@mgs/db/client";
import { createAccessTokens, createRefreshGrant } from "../refresh";

const { DATABASE_URL = "", ISSUER = "", SESSION_ID = "", CLIENT_SECRET = "", SEALING_KEY = "" } = process.env;
const database = createDatabase(DATABASE_URL, 5);
const accessTokenOf = () =>
  createAccessTokens({
    database,
    sealer: createSealer(SEALING_KEY),
    clock: systemClock,
    refresh: createRefreshGrant(
      {
        OAUTH_CLIENT_ID: "commercial",
        OAUTH_CLIENT_SECRET: CLIENT_SECRET,
        OAUTH_REDIRECT_URI: "http://localhost/api/auth/callback/mgs",
        OAUTH_SERVER_URL: ISSUER,
        NEXTAUTH_SECRET: "",
        NEXTAUTH_URL: "http://localhost",
      },
      systemClock,
    ),
  });

// An instance a call: the shared wait of one process must not hide a missing lock.
const tokens = await Promise.all(Array.from({ length: 25 }, () => accessTokenOf()(SESSION_ID)));
process.stdout.write(JSON.stringify(tokens));
await database.$disconnect();
