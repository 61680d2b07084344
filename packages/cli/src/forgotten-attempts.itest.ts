import { createCodeLimiter } from "@mgs/identity/second-factor/code-limiter";
import { createSignInLimiter } from "@mgs/identity/sign-in-limiter";
import { Redis } from "ioredis";
import { expect, it } from "vitest";
import { useInstallation } from "./testing/use-installation";

const installation = useInstallation();

it.each([
  ["user:password 2 --generate", { passwords: true }],
  ["user:second-factor-reset 2", { passwords: false }],
])("%s forgets wrong codes, and with a new password wrong passwords", async (line, { passwords }) => {
  const { database } = installation.test;
  const redis = new Redis(installation.redis.url);
  const [limiter, codeLimiter] = [createSignInLimiter(redis), createCodeLimiter(redis)];
  const place = { ip: "198.51.100.1", knownDevice: null };
  for (let times = 0; times < 5; times++) {
    await (await codeLimiter.begin({ userId: 2, ...place })).failed();
    await (await limiter.begin({ email: "hery@mgs.mg", ...place })).failed();
  }
  await expect(codeLimiter.begin({ userId: 2, ...place })).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  await database.user.update({ where: { id: 2 }, data: { lockedUntil: new Date(Date.now() + 60_000) } });
  expect(await installation.mgs(line.split(" "))).toMatchObject({ code: 0 });
  await (await codeLimiter.begin({ userId: 2, ...place })).withdrawn();
  expect((await limiter.findLockout("hery@mgs.mg")) === null).toBe(passwords);
  const { lockedUntil } = await database.user.findUniqueOrThrow({ where: { id: 2 } });
  expect(lockedUntil === null).toBe(passwords);
  redis.disconnect();
});
