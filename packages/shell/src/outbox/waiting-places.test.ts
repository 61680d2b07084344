import { expect, test } from "vitest";
import type { OutboxEntry } from "./outbox-store";
import { toWaitingPlaces } from "./waiting-places";

const entry = (id: string, path: string | null, isRefused = false): OutboxEntry => ({
  ...{ id, userId: 1, lane: "a", path: "/x", body: {}, at: 0 },
  ...(path === null ? {} : { page: { path, title: `Page ${path}` } }),
  refusal: isRefused ? { code: "FORBIDDEN", message: "" } : null,
});

test("texts that wait or were refused are counted for each page, except the one that is open", () => {
  const entries = [entry("1", "/a"), entry("2", "/b"), entry("3", "/a", true), entry("4", "/a"), entry("5", null)];
  expect(toWaitingPlaces(entries, "/b")).toEqual([
    { href: "/a#outbox-1", title: "Page /a", waiting: 2, failed: 1 },
    { href: null, title: "", waiting: 1, failed: 0 },
  ]);
  expect(toWaitingPlaces([entry("2", "/b")], "/b")).toEqual([]);
});
