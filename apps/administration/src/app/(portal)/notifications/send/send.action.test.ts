import { expect, it, vi } from "vitest";
import { actionSession, portal } from "../../../../portal";
import { send } from "./send.action";

vi.mock("../../../../portal", () => ({
  portal: { runtime: vi.fn(), services: vi.fn() },
  actionSession: vi.fn(),
  currentSession: vi.fn(),
}));
vi.mock("@mgs/portal/current-locale", () => ({ currentLocale: async () => "en" }));

it("refuses a person who may not open administration, since the notification would have it as its source", async () => {
  const user = { id: 2, role: "commercial", locale: "en" };
  vi.mocked(actionSession).mockResolvedValue({ user, mayOpen: false } as never);
  const limiter = { take: vi.fn() };
  const database = { $queryRaw: vi.fn() };
  vi.mocked(portal.runtime).mockReturnValue({ database } as never);
  vi.mocked(portal.services).mockReturnValue({ limiter } as never);
  const input = { user_id: 1, type: "t", titre: "t", message: "m", url: null };
  expect(await send(input, "a-key", 2)).toMatchObject({ ok: false, code: "PORTAL_REFUSED" });
  expect(limiter.take).not.toHaveBeenCalled();
});
