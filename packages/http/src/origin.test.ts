import { describe, expect, it } from "vitest";
import { checkOrigin } from "./origin";

const own = "http://localhost:3001";

describe("checkOrigin", () => {
  it.each<Record<string, string>>([
    { origin: own },
    { origin: own, "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "same-origin" },
    {},
  ])("lets %j pass", (headers) => {
    expect(() => checkOrigin(new Headers(headers), own)).not.toThrow();
  });

  it.each<Record<string, string>>([
    { origin: "http://localhost:3000" },
    { origin: "null" },
    { origin: "" },
    { origin: `${own}.evil.test` },
    { origin: `${own}/` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
  ])("refuses %j", (headers) => {
    expect(() => checkOrigin(new Headers(headers), own)).toThrow("ORIGIN_REFUSED");
  });
});
