import { expect, it } from "vitest";
import { resolveHref } from "./links";

const urls = { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" };

it.each([
  [null, "commercial", null],
  ["/x?y#z", "commercial", "http://c.test/x?y#z"],
  ["/x", "gestion-dossier", "http://g.test/x"],
  ["/x", "erp", "http://a.test/x"],
  ["/x", "constructor", "http://a.test/x"],
  ["https://else.test/x", "commercial", "https://else.test/x"],
])("%s of %s means %s", (url, source, href) => {
  expect(resolveHref(url, source, urls)).toBe(href);
});
