import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import { describe, expect, test } from "vitest";
import { createRouter, type RouteAnswer } from "./router";

const FORM = "http://localhost:3000/form/7/post";
const BROWSER = { accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8" };

/** Makes a form's route with this answer. */
function routeThat(answer: () => Response): RouteAnswer {
  const settings = {
    authenticate: () => Promise.reject(new AppError("UNAUTHENTICATED")),
    ownOrigin: "http://localhost:3000",
    logger: createLogger("test", "silent"),
  };
  const route = {
    method: "POST" as const,
    path: "/form/{id}/post" as const,
    access: "public" as const,
    formPage: ({ id }: Record<string, string>, query: URLSearchParams) =>
      `/form/${id}${query.has("second") ? "?second=1" : ""}`,
    handler: answer,
  };
  return createRouter(settings, [{ routes: [route], deps: {} }]).fetch;
}
const failing = (error: unknown) =>
  routeThat(() => {
    throw error;
  });

describe("a browser that posts a form", () => {
  test.each([
    [new AppError("ORIGIN_REFUSED"), "/form/7?error=ORIGIN_REFUSED"],
    [new AppError("TOO_MANY_ATTEMPTS", { retryAfter: 42 }), "/form/7?error=TOO_MANY_ATTEMPTS&retry=42"],
    [new Error("the database is away"), "/form/7?error=INTERNAL_ERROR"],
  ])("is redirected to its page by %s", async (error, location) => {
    const response = await failing(error)(new Request(FORM, { method: "POST", headers: BROWSER }));
    expect([response.status, response.headers.get("location")]).toEqual([303, location]);
    expect(response.headers.get("x-request-id")).toBeTruthy();
  });

  test("is redirected to its page, which is told which of its forms was refused", async () => {
    const route = failing(new AppError("ORIGIN_REFUSED"));
    const response = await route(new Request(`${FORM}?second=1`, { method: "POST", headers: BROWSER }));
    expect(response.headers.get("location")).toBe("/form/7?second=1&error=ORIGIN_REFUSED");
  });

  test("follows the form's redirect on success", async () => {
    const route = routeThat(() => new Response(null, { status: 303, headers: { location: "/next" } }));
    const response = await route(new Request(FORM, { method: "POST", headers: BROWSER }));
    expect(response.headers.get("location")).toBe("/next");
  });

  test("is redirected to its page when it opens the form's address", async () => {
    const response = await failing(new Error())(new Request(FORM, { headers: BROWSER }));
    expect([response.status, response.headers.get("location")]).toEqual([303, "/form/7"]);
  });
});

test("a program gets the envelope, and 405 for GET", async () => {
  const route = failing(new AppError("ORIGIN_REFUSED"));
  const posted = await route(new Request(FORM, { method: "POST" }));
  expect([posted.status, (await posted.json()).error.code]).toEqual([403, "ORIGIN_REFUSED"]);
  const opened = await route(new Request(FORM));
  expect([opened.status, opened.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
});
