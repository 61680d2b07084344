import { expect, it } from "vitest";
import { RawClient } from "../testing/raw-client";
import { startServer } from "../testing/start-server";

it("a presence channel may have more members than fit into a client's unsent bytes", async () => {
  const { port, publisher } = await startServer({ limits: { maxMemberBytes: 60_000, maxUnsentBytes: 256 * 1024 } });
  const info = "x".repeat(50_000);
  let last: RawClient | undefined;
  for (let member = 1; member <= 20; member++) {
    last = await RawClient.connect(port);
    const data = JSON.stringify({ user_id: String(member), user_info: info });
    const outcome = await Promise.race([last.join("presence-all", data), last.closed]);
    expect(outcome, `member ${member}`).toMatchObject({ event: "pusher_internal:subscription_succeeded" });
  }
  await publisher.trigger("presence-all", "created", {});
  await last?.next("created");
}, 60_000);
