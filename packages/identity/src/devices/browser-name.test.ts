import { expect, it } from "vitest";
import { nameBrowser, nameForMail } from "./browser-name";

it.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    { browser: "Chrome 156", system: "Windows 10", kind: "computer" },
  ],
  [
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile Safari/537.36",
    { browser: "Chrome 155", system: "Android 14", kind: "phone" },
  ],
  [
    "Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
    { browser: "Safari 17", system: "iOS 17", kind: "tablet" },
  ],
  [
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    { browser: "Firefox 145", system: "Linux", kind: "computer" },
  ],
  [null, { browser: null, system: null, kind: "computer" }],
  ["", { browser: null, system: null, kind: "computer" }],
  ["<script>alert(1)</script>", { browser: null, system: null, kind: "computer" }],
])("names %j", (userAgent, name) => {
  expect(nameBrowser(userAgent)).toEqual(name);
});

it("bounds what a program may write into its header", () => {
  const { browser, system } = nameBrowser(`${"x".repeat(5_000)}/${"9".repeat(5_000)}`);
  expect((browser ?? "").length).toBeLessThanOrEqual(60);
  expect((system ?? "").length).toBeLessThanOrEqual(60);
});

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox 145, Linux"],
  [null, null],
  ["http://evil.example/1 (click here)", null],
])("names %j in a mail as %j", (userAgent, name) => {
  expect(nameForMail(userAgent)).toBe(name);
});
