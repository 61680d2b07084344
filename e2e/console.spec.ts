import { connect } from "./bad-input/database";
import { openLive, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { mailsTo, mailTo } from "./support/mailbox";
import { send, uniqueTitre } from "./support/notifications";
import { ADMIN, COMMERCIAL, person } from "./support/people";
import { expect, test } from "./support/test";

const CONSOLE = () => `${urlOf("administration")}/console`;

test("a paused queue delivers no mail; a dead letter is found by the filter, and a retry delivers it", async ({
  signedIn,
  machine,
}) => {
  const reader = person("Mamy Ratsimbazafy");
  const page = await (await signedIn(ADMIN)).newPage();
  await openLive(page, `${CONSOLE()}/files-d-attente`);
  const emails = page.locator('[data-queue="emails"]');
  const pause = emails.getByRole("button", { name: "Mettre en pause" });
  await pause.click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(pause).toBeFocused();
  await pause.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Mettre en pause" }).click();
  await expect(emails.getByText("En pause", { exact: true })).toBeVisible();

  const type = `console_${Date.now()}`;
  const sent = await send(machine, reader, { type });
  const other = await send(machine, person("Onja Rabemananjara"), { type });
  const database = await connect();
  const watched = await page.context().newPage();
  await watched.goto(`${CONSOLE()}/files-d-attente`);
  try {
    await page.goto(`${CONSOLE()}/notifications/${sent.id}`);
    await expect(page.getByRole("main")).toContainText("En attente");
    const buried = await database.query(
      `UPDATE outbox SET state = 'dead', attempts = 8, last_error = 'Error: no such mailbox', finished_at = now()
       WHERE channel = 'email' AND state = 'pending' AND notification_id = ANY($1)`,
      [[sent.id, other.id]],
    );
    expect(buried.rowCount).toBe(2);
    // An open page learns of it without a reload.
    await expect(watched.getByRole("table", { name: /Travaux en échec/ })).toContainText("Error: no such mailbox");
    await watched.close();
  } finally {
    await database.end();
    await openLive(page, `${CONSOLE()}/files-d-attente`);
    await emails.getByRole("button", { name: "Reprendre" }).click();
    await expect(emails.getByText("Active", { exact: true })).toBeVisible();
  }
  const failed = page.getByRole("table", { name: /Travaux en échec/ });
  await expect(failed.getByText("Error: no such mailbox").first()).toBeVisible();

  await openLive(page, `${CONSOLE()}/notifications?type=${type}&state=failed`);
  const row = page.locator(`[data-sent="${sent.id}"]`);
  await expect(row).toContainText("8 tentatives");
  await expect(row).toContainText("Error: no such mailbox");
  expect(await mailsTo(reader.email, (subject) => subject === sent.titre)).toEqual([]);
  await row.getByRole("button", { name: /^Relancer/ }).click();
  await expect(toasts(page, "1 livraison relancée.")).toBeVisible();
  await mailTo(reader.email, sent.titre);
  await expect(row).toHaveCount(0);

  await page.getByRole("button", { name: "Relancer la livraison en échec" }).click();
  await expect(page.getByRole("dialog")).toContainText("1 livraison qui correspond aux filtres");
  await page.getByRole("dialog").getByRole("button", { name: "Relancer" }).click();
  await expect(page.getByText("Aucune notification")).toBeVisible();
  await mailTo(person("Onja Rabemananjara").email, other.titre);
});

test("the filters of the sent list are in its address, also before its scripts run", async ({ signedIn, machine }) => {
  const reader = person("Mamy Ratsimbazafy");
  const sent = await send(machine, reader, { type: `adresse_${Date.now()}` });
  const context = await signedIn(ADMIN);
  await context.route("**/_next/static/**/*.js", (route) => route.abort());
  const page = await context.newPage();
  await page.goto(`${CONSOLE()}/notifications`, { waitUntil: "domcontentloaded" });
  await page.getByText("Filtres", { exact: true }).click();
  await page.getByLabel("Type", { exact: true }).selectOption(sent.type);
  await page.getByLabel("Destinataire").fill("ratsimbazafy");
  await page.getByRole("button", { name: "Filtrer", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`type=${sent.type}.*recipient=ratsimbazafy`));
  await expect(page.locator("[data-sent]")).toHaveCount(1);
  await expect(page.getByLabel("Destinataire")).toHaveValue(reader.name);
  await page.getByRole("link", { name: "En échec" }).click();
  await expect(page).toHaveURL(new RegExp(`type=${sent.type}.*state=failed`));
  await expect(page.getByText("Aucune notification")).toBeVisible();
  // An address with an unknown page.
  await page.goto(`${CONSOLE()}/notifications?type=${sent.type}&before=x`, { waitUntil: "domcontentloaded" });
  await expect(page.locator("[data-sent]")).toHaveCount(1);
  // Filters that mean nothing are named at their fields, and find nothing: never more than was asked for.
  await page.goto(`${CONSOLE()}/notifications?type=${sent.type}&from=hier&state=nulle`, {
    waitUntil: "domcontentloaded",
  });
  await expect(page.getByText(/«\shier\s»/)).toBeVisible();
  await expect(page.locator("[data-sent]")).toHaveCount(0);
});

test("a page that refreshes every few seconds never shows its skeleton again", async ({ signedIn }) => {
  const page = await (await signedIn(ADMIN, { viewport: { width: 360, height: 800 } })).newPage();
  await page.clock.install();
  await page.goto(`${CONSOLE()}/files-d-attente`);
  await expect(page.locator("[data-queue]")).not.toHaveCount(0);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const seen = document.querySelector("main");
    Object.assign(window, { skeletons: 0 });
    new MutationObserver(() => {
      if (seen?.querySelector("[aria-busy]")) Object.assign(window, { skeletons: 1 });
    }).observe(document.body, { childList: true, subtree: true, attributes: true });
  });
  let polls = 0;
  page.on("requestfinished", (request) => {
    if (request.method() === "POST") polls += 1;
  });
  const pass = async () => {
    await page.clock.runFor(5_000);
    return polls;
  };
  await expect.poll(pass, { intervals: [50], timeout: 180_000 }).toBeGreaterThan(30);
  expect(await page.evaluate(() => Reflect.get(window, "skeletons"))).toBe(0);
});

test("the console is refused to other roles", async ({ signedIn }) => {
  const { request } = await signedIn(COMMERCIAL);
  for (const path of ["notifications", "files-d-attente", "sante"]) {
    const answer = await request.get(`${CONSOLE()}/${path}`);
    const text = await answer.text();
    expect(text).toContain("n’est pas ouvert à votre rôle");
    expect(text).not.toContain("data-sent");
    expect(text).not.toContain("data-queue");
  }
});

test("an administrator sends to several recipients at once", async ({ signedIn }) => {
  const people = [person("Hanitra Rasoarimalala"), person("Julien Moreau"), person("Onja Rabemananjara")] as const;
  const page = await (await signedIn(ADMIN)).newPage();
  await openLive(page, `${urlOf("administration")}/notifications/send`);
  const field = page.getByRole("combobox", { name: "Destinataires" });
  await page.getByRole("button", { name: "Envoyer", exact: true }).click();
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  for (const { name } of people) {
    await field.fill(name);
    await expect(page.getByRole("option", { name })).toBeVisible();
    await field.press("ArrowDown");
    await field.press("Enter");
    await expect(page.getByRole("button", { name: `Retirer ${name}` })).toBeVisible();
    await expect(field).toHaveValue("");
  }
  await field.press("Backspace");
  await expect(page.getByRole("button", { name: `Retirer ${people[2].name}` })).toHaveCount(0);
  const titre = uniqueTitre("À plusieurs");
  await page.getByRole("textbox", { name: "Titre" }).fill(titre);
  await page.getByRole("textbox", { name: "Message" }).fill("À chacun la sienne.");
  await page.getByRole("button", { name: "Envoyer", exact: true }).click();
  const report = page.getByRole("status").filter({ hasText: "2 envois sur 2 ont abouti" });
  await expect(report.getByRole("listitem")).toHaveText([
    /^Hanitra Rasoarimalala : envoyée/,
    /^Julien Moreau : envoyée/,
  ]);
  for (const { email } of people.slice(0, 2)) await mailTo(email, titre);
  expect(await mailsTo(people[2].email, (subject) => subject === titre)).toEqual([]);
});
