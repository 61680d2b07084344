import { afterEach, expect, it, vi } from "vitest";
import { isQuiet } from "../messages/unread-messages";
import { ownStatus, readOwnPresence } from "./own-status";

const answer = (data: unknown, status = 200) =>
  vi.stubGlobal(
    "fetch",
    vi.fn<typeof fetch>(async () => Response.json({ data }, { status })),
  );

afterEach(() => {
  ownStatus.set(null);
  vi.unstubAllGlobals();
});

it("toasts wait while the person is not to be disturbed, and no longer once they are", async () => {
  answer({ status: "dnd", until: new Date(Date.now() + 60_000).toISOString(), shows_reads: true });
  await readOwnPresence();
  expect(isQuiet()).toBe(true);
  answer({ status: "online", until: null, shows_reads: true });
  await readOwnPresence();
  expect(isQuiet()).toBe(false);
});
