import { expect, test } from "vitest";
import { TestBrowser } from "./testing/browser";
import { useProviderStage } from "./testing/use-provider-stage";

const stage = useProviderStage();

test("a sign-in is one entry of the trail, however many clients and forms follow it", async () => {
  const browser = new TestBrowser();
  await stage.signIn(browser, 1);
  await stage.signIn(browser, 1, "portal-2");
  const { database } = stage.db;
  const [session] = await database.userSession.findMany({ where: { userId: 1 } });
  const rows = await database.auditEvent.findMany({ where: { action: "sign-in.succeeded" } });
  expect(rows).toMatchObject([
    {
      actor: "user:1",
      subject: session?.id,
      userSessionId: session?.id,
      userId: 1,
      ip: "127.0.0.1",
      details: { method: "password" },
    },
  ]);
});
