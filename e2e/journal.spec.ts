import { readFile } from "node:fs/promises";
import { connect } from "./bad-input/database";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { de } from "./support/french";
import { urlOf } from "./support/instance";
import { ADMIN, COMMERCIAL } from "./support/people";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

test("an administrator filters the audit trail by its address, reads an event, and exports what is filtered", async ({
  signedIn,
}) => {
  const context = await signedIn(ADMIN, { own: true });
  const page = await context.newPage();
  const database = await connect();
  const id = crypto.randomUUID();
  // An event of its own, from an address that no other test has.
  const ip = `198.51.100.${Math.floor(Math.random() * 200) + 1}`;
  const values = [
    `${Date.now()
      .toString(16)
      .padStart(12, "0")
      .replace(/(.{8})/, "$1-")}-7${id.slice(15)}`,
    ip,
    COMMERCIAL.id,
  ];
  await database.query(
    `INSERT INTO audit_events (id, actor, action, subject_type, subject, user_id, ip, details)
     VALUES ($1, 'user:${ADMIN.id}', 'user.disabled', 'user', $3::text, $3::int, $2, '{"a": 1}')`,
    values,
  );
  await page.goto(`${urlOf("administration")}/console/journal`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Journal");
  await expectHydrated(page);
  await page.getByText("Filtrer", { exact: true }).click();
  await page.getByLabel("Adresse IP").fill(ip);
  await page.getByLabel("Domaine").selectOption("user");
  await page.getByRole("button", { name: "Appliquer" }).click();
  await expect(page).toHaveURL(/group=user&ip=198/);
  const rows = page.locator("#main").locator("[data-event]");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(`${ADMIN.name} a désactivé le compte ${de(COMMERCIAL.name)}`);
  await expectAccessibleAtAllWidths(page, "the audit trail");

  await page.getByRole("link", { name: /a désactivé le compte/ }).click();
  await expect(page.getByText('"a": 1')).toBeVisible();
  // The worker chains it within a second or so; the page shows its number then.
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("Empreinte")).toBeVisible();
  }).toPass();
  await expectAccessibleAtAllWidths(page, "an event of the audit trail");
  await page.getByRole("link", { name: "Retour au journal" }).click();
  await expect(rows).toHaveCount(1);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Exporter en CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^journal-\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(ip);

  // What means nothing as a filter finds nothing: a list of everything would look like the answer.
  await page.goto(`${urlOf("administration")}/console/journal?ip=pas+une+ip&group=bidon&from=abc`);
  await expect(page.getByText("Un filtre est incorrect")).toBeVisible();
  await expect(page.getByLabel("Adresse IP")).toHaveAccessibleDescription(/«\spas une ip\s» n’est pas une adresse IP/);
  await expect(page.getByLabel("Domaine")).toHaveAccessibleDescription(/«\sbidon\s» n’est pas un choix/);
  await expect(page.getByLabel("Du", { exact: true })).toHaveAccessibleDescription(/«\sabc\s» n’est pas une date/);
  await expect(rows).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Exporter en CSV" })).toHaveCount(0);
  await expectAccessibleAtAllWidths(page, "the audit trail with invalid filters");
  const refused = await page.request.get(`${urlOf("administration")}/api/audit/export?ip=pas+une+ip`);
  expect(refused.status()).toBe(422);
  expect(await refused.json()).toMatchObject({ error: { details: [{ path: "ip" }] } });
  await page.goto(`${urlOf("administration")}/console/journal?ip=${ip}&from=2026-01-01T00%3A00`);
  await expect(rows).toHaveCount(1);

  // Later it asks who they are first, and keeps the filters for the way back.
  await database.query(
    "UPDATE user_sessions SET proved_at = now() - interval '1 hour' WHERE user_id = $1 AND ended_at IS NULL",
    [ADMIN.id],
  );
  await page.getByRole("link", { name: "Exporter en CSV" }).click();
  await expect(page).toHaveURL(/\/preuve\?retour=/);
  const back = new URL(page.url()).searchParams.get("retour") ?? "";
  expect(back).toMatch(/^\/console\/journal\?/);
  await page.goto(urlOf("administration") + back);
  await expect(page.getByLabel("Du", { exact: true })).toHaveValue("2026-01-01T00:00");
  await expect(rows).toHaveCount(1);
  const { rows: exports } = await database.query(
    "SELECT 1 FROM audit_events WHERE action = 'audit.exported' AND details ->> 'ip' = $1",
    [ip],
  );
  expect(exports).toHaveLength(1);
  await database.end();
});
