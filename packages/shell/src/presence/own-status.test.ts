import { afterEach, expect, it, vi } from "vitest";
import { isQuiet } from "../messages/unread-messages";
import { maySeeReader, noteOwnPresence, ownStatus, readOwnPresence } from "./own-status";

const answer = (data: unknown, status = 200) =>
  vi.stubGlobal(
    "fetch",
    vi.fn<typeof fetch>(async () => Response.json({ data }, { status })),
  );

afterEach(() => {
  ownStatus.set(null);
  vi.unstubAllGlobals();
});

it("nobody hears what a person does who is invisible, or of whom it is not known", async () => {
  answer({ status: "invisible", until: null, shows_reads: true });
  expect(await maySeeReader()).toBe(false);
  ownStatus.set(null);
  answer(undefined, 503);
  expect(await maySeeReader()).toBe(false);
  answer({ status: "away", until: null, shows_reads: true });
  expect(await maySeeReader()).toBe(true);
});

it("asks once, and follows what is chosen afterwards", async () => {
  answer({ status: "online", until: null, shows_reads: false });
  expect([await maySeeReader(), await maySeeReader()]).toEqual([true, true]);
  expect(fetch).toHaveBeenCalledTimes(1);
  noteOwnPresence({ status: "invisible", until: null, shows_reads: false });
  expect(await maySeeReader()).toBe(false);
});

it("toasts wait while the person is not to be disturbed, and no longer once they are", async () => {
  answer({ status: "dnd", until: new Date(Date.now() + 60_000).toISOString(), shows_reads: true });
  await readOwnPresence();
  expect(isQuiet()).toBe(true);
  answer({ status: "online", until: null, shows_reads: true });
  await readOwnPresence();
  expect(isQuiet()).toBe(false);
});
