import { expect, test } from "vitest";
import { submitSignIn } from "./submit-sign-in";

function form(): FormData {
  const data = new FormData();
  data.set("email", "admin@mgs.mg");
  data.set("password", "é&=secret");
  return data;
}

const answering = (response: () => Response) => submitSignIn("/interaction/x", form(), async () => response());

test("a sign-in posts the fields of the form and asks for JSON", async () => {
  let sent: RequestInit | undefined;
  const outcome = await submitSignIn("/interaction/x", form(), async (_input, init) => {
    sent = init;
    return Response.json({ success: true, data: { redirect: "/oauth/authorize/x" } });
  });
  expect(outcome).toEqual({ kind: "redirect", to: "/oauth/authorize/x" });
  expect(sent).toMatchObject({ method: "POST", headers: { accept: "application/json" } });
  expect(Object.fromEntries(new URLSearchParams(String(sent?.body)))).toEqual({
    email: "admin@mgs.mg",
    password: "é&=secret",
  });
});

test("a refused sign-in returns code, text and the time until a retry", async () => {
  const error = { code: "TOO_MANY_ATTEMPTS", message: "Trop de tentatives" };
  const outcome = await answering(() =>
    Response.json({ success: false, error }, { status: 429, headers: { "retry-after": "42" } }),
  );
  expect(outcome).toEqual({ kind: "refused", ...error, retryAfter: 42 });
});

test("after an answer that is no JSON the browser submits the form itself", async () => {
  expect(await answering(() => new Response("<html>"))).toEqual({ kind: "unreadable" });
});

test.each([
  ["no network", () => Promise.reject(new TypeError("network"))],
  ["a proxy's error page", async () => new Response("<html>", { status: 502 })],
])("%s is unreachable", async (_name, answer) => {
  expect(await submitSignIn("/interaction/x", form(), answer)).toEqual({ kind: "unreachable" });
});
