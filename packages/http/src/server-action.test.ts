import { describe, expect, it } from "vitest";
import { checkServerAction } from "./server-action";

const OWN = "https://portal.test";
const ID = "40".padEnd(42, "a");
const GOOD = { "next-action": ID, origin: OWN, "content-type": "text/plain;charset=UTF-8" };

type Call = { method?: string; headers?: Record<string, string | null>; body?: BodyInit };

function check({ method = "POST", headers = {}, body = "[]" }: Call): Promise<void> {
  const given = new Headers(GOOD);
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) given.delete(name);
    else given.set(name, value);
  }
  return checkServerAction(new Request(`${OWN}/dashboard`, { method, headers: given, body }), OWN);
}

describe("a call of a server action", () => {
  it.each<[string, Call]>([
    ["of a page of ours", { body: '[{"titre":"a"},"key"]' }],
    ["without arguments", {}],
    ["with what JSON lacks", { body: '["$undefined","$NaN","$-0","$n12","$D2026-11-28T00:00:00.000Z","$$100"]' }],
    [
      "of a browser that tells Origin by Sec-Fetch-Site alone",
      { headers: { origin: null, "sec-fetch-site": "same-origin" } },
    ],
    ["that a visitor's X-Forwarded-Host says nothing about", { headers: { "x-forwarded-host": "evil.example" } }],
  ])("%s goes through", async (_name, call) => {
    await expect(check(call)).resolves.toBeUndefined();
  });

  it.each<[string, Call, string]>([
    ["of another origin", { headers: { origin: "https://evil.example" } }, "ORIGIN_REFUSED"],
    [
      "of another origin that X-Forwarded-Host agrees with",
      { headers: { origin: "https://evil.example", "x-forwarded-host": "evil.example" } },
      "ORIGIN_REFUSED",
    ],
    ["of a sandboxed page", { headers: { origin: "null" } }, "ORIGIN_REFUSED"],
    ["with an Origin that is none", { headers: { origin: "http://[" } }, "ORIGIN_REFUSED"],
    ["of another site", { headers: { origin: null, "sec-fetch-site": "same-site" } }, "ORIGIN_REFUSED"],
    ["by PUT", { method: "PUT" }, "METHOD_NOT_ALLOWED"],
    ["with an empty id", { headers: { "next-action": "" } }, "NOT_FOUND"],
    ["with an id that is none", { headers: { "next-action": "../../etc/passwd" } }, "NOT_FOUND"],
    ["with a name of every object for its id", { headers: { "next-action": "__proto__" } }, "NOT_FOUND"],
    ["without a type", { headers: { "content-type": null }, body: new Uint8Array() }, "UNSUPPORTED_MEDIA_TYPE"],
    ["as JSON", { headers: { "content-type": "application/json" } }, "UNSUPPORTED_MEDIA_TYPE"],
    ["as a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, "UNSUPPORTED_MEDIA_TYPE"],
    ["in parts", { headers: { "content-type": "multipart/form-data; boundary=x" } }, "UNSUPPORTED_MEDIA_TYPE"],
    ["in another charset", { headers: { "content-type": "text/plain; charset=utf-16" } }, "UNSUPPORTED_MEDIA_TYPE"],
    ["compressed", { headers: { "content-encoding": "gzip" } }, "UNSUPPORTED_MEDIA_TYPE"],
    ["with too much", { body: JSON.stringify(["x".repeat(300_000)]) }, "PAYLOAD_TOO_LARGE"],
    ["without a body", { body: "" }, "INVALID_JSON"],
    ["with half a body", { body: '[{"a":' }, "INVALID_JSON"],
    ["with no list", { body: '{"a":1}' }, "INVALID_JSON"],
    ["that is not UTF-8", { body: new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d]) }, "INVALID_JSON"],
    ["with a reference to a part", { body: '["$1"]' }, "INVALID_JSON"],
    ["with a reference to a function", { body: '[{"a":["$F1"]}]' }, "INVALID_JSON"],
    ["with a promise", { body: '["$@0"]' }, "INVALID_JSON"],
    ["with a prototype", { body: '[{"__proto__":{"a":1}}]' }, "INVALID_JSON"],
    ["nested without end", { body: `${"[".repeat(5_000)}${"]".repeat(5_000)}` }, "INVALID_JSON"],
  ])("%s is refused", async (_name, call, code) => {
    await expect(check(call)).rejects.toMatchObject({ code });
  });
});
