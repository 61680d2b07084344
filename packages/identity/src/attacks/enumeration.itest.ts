import { randomBytes } from "node:crypto";
import { createSealer } from "@mgs/core/crypto";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashPassword } from "../password";
import { signIn } from "../sign-in";
import { createSignInLimiter, DEFAULT_SIGN_IN_LIMITS } from "../sign-in-limiter";

/** Whether the sign-in form tells who has an account, by what it says or by how long it takes. */

const ROUNDS = 15;
const KNOWN = "connue@mgs.mg";
const DISABLED = "partie@mgs.mg";
const UNKNOWN = "personne@mgs.mg";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  const passwordHash = await hashPassword("un mot de passe que personne ne devine");
  const common = { name: "P", role: "commercial", passwordHash };
  await test.database.user.createMany({
    data: [
      { ...common, email: KNOWN },
      { ...common, email: DISABLED, disabledAt: new Date() },
    ],
  });
});
afterAll(() => test?.drop());

/** Each attempt has limits of its own: they are not what is looked at here. */
async function attempt(email: string): Promise<{ error: unknown; ms: number }> {
  const limiter = createSignInLimiter(null, DEFAULT_SIGN_IN_LIMITS);
  const deps = { database: test.database, sealer: createSealer(randomBytes(32).toString("base64")), limiter };
  const start = performance.now();
  const input = { email, password: "une mauvaise supposition", ip: "198.51.100.7", device: undefined };
  const error = await signIn(deps, input).catch((refusal: unknown) => refusal);
  return { error, ms: performance.now() - start };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe("an account that is unknown, or disabled", () => {
  it("is refused in the same words as a wrong password", async () => {
    const refusals = await Promise.all([KNOWN, DISABLED, UNKNOWN, "", "a\u0000b"].map(attempt));
    for (const { error } of refusals) expect(error).toMatchObject({ code: "INVALID_CREDENTIALS", details: undefined });
  });

  it("takes the time of a wrong password", async () => {
    const times: Record<string, number[]> = { [KNOWN]: [], [DISABLED]: [], [UNKNOWN]: [] };
    await attempt(KNOWN);
    // By turns, so that what the machine does besides falls on each alike.
    for (let round = 0; round < ROUNDS; round++)
      for (const email of Object.keys(times)) times[email]?.push((await attempt(email)).ms);
    const [known = 0, ...others] = Object.values(times).map(median);
    for (const other of others) {
      expect(other / known).toBeGreaterThan(0.6);
      expect(other / known).toBeLessThan(1.7);
    }
  });
});
