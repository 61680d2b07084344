import { audit } from "@mgs/audit/audit.repository";
import { chainEvents } from "@mgs/audit/chain/chain-events";
import { expect, it } from "vitest";
import { useInstallation } from "../testing/use-installation";

const installation = useInstallation();

it("audit:verify says OK with the head, and names the first broken row with exit code 1", async () => {
  const { database } = installation.test;
  const actor = { kind: "system", name: "cli" } as const;
  for (const subject of [1, 2, 3]) await audit(database, { actor, action: "user.disabled", subject });
  const head = await chainEvents(database);
  const told = `${head?.seq}:${head?.hash}`;
  expect(await installation.mgs(["audit:verify"])).toMatchObject({ code: 0, out: `OK: 3 rows, head ${told}` });
  expect(await installation.mgs(["audit:verify", "--expect", told])).toMatchObject({ code: 0 });
  expect(await installation.mgs(["audit:verify", "--expect", `3:${"0".repeat(64)}`])).toMatchObject({
    code: 1,
    out: expect.stringContaining("does not have the expected head (number 3)"),
  });
  expect(await installation.mgs(["audit:verify", "--expect", "3"])).toMatchObject({ code: 2 });
  await database.$transaction([
    database.$executeRaw`SET LOCAL session_replication_role = replica`,
    database.$executeRaw`UPDATE "audit_events" SET "subject" = '9' WHERE "subject" = '2'`,
  ]);
  expect(await installation.mgs(["audit:verify"])).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^BROKEN: a row was changed \(number 2, [0-9a-f-]{36}\); 1 rows before it/),
  });
});
