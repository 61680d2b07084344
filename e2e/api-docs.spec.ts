import { PORTALS } from "@mgs/core/portals";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { urlOf } from "./support/instance";
import { expect, test } from "./support/test";

for (const portal of PORTALS) {
  test(`${portal} describes its own API, for whoever writes a program`, async ({ browserOf }) => {
    const context = await browserOf();
    const document = await (await context.request.get(`${urlOf(portal)}/api/openapi.json`)).json();
    expect(document.openapi).toBe("3.1.0");
    expect("/api/dossiers/{id}" in document.paths).toBe(portal === "gestion-dossier");
    const page = await context.newPage();
    await page.goto(`${urlOf(portal)}/api/docs`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("API d");
    const operations = Object.values<object>(document.paths).reduce((sum, one) => sum + Object.keys(one).length, 0);
    await expect(page.locator("details[id]:not([id^=schema-], [id^=channel-])")).toHaveCount(operations);
    await page.locator("#getOpenApiDocument > summary").press("Enter");
    await expect(page.locator("#getOpenApiDocument").getByText("OpenAPI 3.1, without the envelope")).toBeVisible();
    const events = await (await context.request.get(`${urlOf(portal)}/api/asyncapi.json`)).json();
    expect(events.asyncapi).toBe("3.0.0");
    await expect(page.locator("details[id^=channel-]")).toHaveCount(Object.keys(events.channels).length);
    await page.locator("#channel-private-dossier\\.id > summary").press("Enter");
    await expect(page.locator("#channel-private-dossier\\.id").getByText("comment.created")).toBeVisible();
    await expectAccessibleAtAllWidths(page, `the API of ${portal}`);
  });
}
