import { expect, test } from "vitest";
import { clearCookie, hostCookieName, isSecureOrigin, setCookie } from "./set-cookie";

test("a cookie is Secure over TLS, and not Secure over plain http", () => {
  const cookie = (origin: string) => setCookie("a", "b", { maxAgeSeconds: 60, secure: isSecureOrigin(origin) });
  expect(cookie("https://portal.test")).toBe("a=b; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax");
  expect(cookie("http://localhost:3001")).toBe("a=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
});

test("a host-only cookie has the prefix __Host- over TLS", () => {
  expect(hostCookieName("mgs.sso", isSecureOrigin("https://portal.test"))).toBe("__Host-mgs.sso");
  expect(hostCookieName("mgs.sso", isSecureOrigin("http://localhost:3000"))).toBe("mgs.sso");
});

test("clearCookie has the attributes of setCookie", () => {
  expect(clearCookie("__Host-a", { secure: true })).toBe(
    "__Host-a=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax",
  );
});
