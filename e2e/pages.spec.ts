import { messagesFor } from "@mgs/i18n/catalogue";
import { expect, type Page } from "@playwright/test";
import { PORTALS } from "../packages/core/src/portals";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { addDossierType, openDossier } from "./support/dossiers";
import { urlOf } from "./support/instance";
import { PAGE_ROWS, type PageRecords, pagesOf, testsWithoutAxe } from "./support/page-rows";
import { test } from "./support/test";

type Tree = { readonly [key: string]: string | Tree };

/** What the catalogue says in French and otherwise in English, without what is filled in. */
function frenchTexts(fr: Tree, en: Tree): string[] {
  return Object.entries(fr).flatMap(([key, text]) => {
    const other = en[key];
    if (typeof text !== "string") return typeof other === "object" ? frenchTexts(text, other) : [];
    return text === other || text.includes("{") ? [] : [text];
  });
}

/**
 * Texts and labels of a page that are the catalogue's French ones. What people have written, such as the name of a list, is
 * theirs, and the names that programs use are of no language.
 */
async function findFrench(page: Page): Promise<string[]> {
  const written = await query<{ name: string }>("SELECT name FROM saved_views");
  const english = new Set([...allTexts(messagesFor("en")), ...written.map(({ name }) => name)]);
  const french = frenchTexts(messagesFor("fr"), messagesFor("en")).filter((text) => !english.has(text));
  return page.evaluate((texts) => {
    const known = new Set(texts);
    const found: string[] = [];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode())
      if (node.parentElement?.closest("script, style, [lang=fr], code, .font-mono") === null)
        found.push(node.textContent ?? "");
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]"))
      found.push(...["aria-label", "placeholder", "title"].map((name) => element.getAttribute(name) ?? ""));
    return found.map((text) => text.trim()).filter((text) => known.has(text));
  }, french);
}

function allTexts(tree: Tree): string[] {
  return Object.values(tree).flatMap((text) => (typeof text === "string" ? [text] : allTexts(text)));
}

test("every page of the portals is looked at by axe: a page without a row fails", () => {
  for (const portal of PORTALS) expect(Object.keys(PAGE_ROWS[portal]).sort(), portal).toEqual(pagesOf(portal).sort());
  expect(testsWithoutAxe()).toEqual([]);
});

/** A dossier with everything that its page can show, a session and a type, as somebody who writes English. */
async function createRecords(page: Page, who: { id: number }, mark: number): Promise<PageRecords> {
  const portal = urlOf("gestion-dossier");
  const type = await addDossierType(`Permit ${mark}`);
  const dossier = await openDossier(page, {
    ...{ type_id: type, title: `Harbour ${mark}`, priority: "urgente", due_on: "2099-01-05", tags: ["harbour"] },
    assignee_id: who.id,
  });
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`${portal}/api${path}`, { headers: { origin: portal }, data });
    expect(answer.status(), await answer.text()).toBeLessThan(300);
    return (await answer.json()).data;
  };
  const { id: comment } = await post(`/dossiers/${dossier.id}/comments`, { content: "The plan is missing" });
  await post(`/dossiers/${dossier.id}/comments/${comment}/reactions`, { emoji: "👍", on: true });
  await post(`/dossiers/${dossier.id}/threads`, { title: "Review", user_ids: [] });
  for (const name of ["Plan", "Invoice"]) await post(`/dossiers/${dossier.id}/pieces`, { name, required: true });
  await post(`/dossiers/${dossier.id}/opinions`, { role: "comptable", question: "Is it paid?", due_on: "2099-01-04" });
  const seance = await post("/sessions", {
    ...{ title: `Board ${mark}`, starts_at: "2099-01-05T06:00:00Z", ends_at: "2099-01-05T08:00:00Z" },
    participants: [who.id],
  });
  const colleague = await createPerson(`Joan ${mark}`, "gestionnaire");
  const { id: conversation } = await post("/conversations", {
    ...{ user_ids: [colleague.id], name: `Harbour ${mark}`, subject: { type: "dossier", id: String(dossier.id) } },
  });
  const { id: message } = await post(`/conversations/${conversation}/messages`, { content: "The **plan** is missing" });
  await post(`/conversations/${conversation}/messages`, { content: "It is here", reply_to: message });
  await post(`/conversations/${conversation}/messages/${message}/reactions`, { emoji: "👍", on: true });
  const [{ id: notification = "" } = {}] = await query<{ id: string }>("SELECT id FROM notifications LIMIT 1");
  return { dossier: dossier.id, seance: seance.id, type, notification, conversation };
}

for (const locale of ["fr", "en"] as const) {
  test(`pages of the business pass axe in light and dark, at every width, and are all of one language: ${locale}`, async ({
    signedIn,
  }) => {
    test.setTimeout(900_000);
    const mark = Date.now();
    const who = await createPerson(`Grace ${mark}`, "administrateur");
    await query("UPDATE users SET locale = $2 WHERE id = $1", [who.id, locale]);
    const page = await (await signedIn({ ...who, locale })).newPage();
    await page.goto(`${urlOf("gestion-dossier")}/dashboard`);
    const records = await createRecords(page, who, mark);
    for (const portal of PORTALS) {
      for (const row of Object.values(PAGE_ROWS[portal])) {
        if (row === "redirect" || !("at" in row)) continue;
        const path = row.of === undefined ? row.at : row.at.replace("[id]", String(records[row.of]));
        await page.goto(`${urlOf(portal)}${path}${row.query?.(records) ?? ""}`);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
        if (locale === "en") expect.soft(await findFrench(page), `French on ${row.at}`).toEqual([]);
        await expectAccessibleAtAllWidths(page, `${portal}${row.at} in ${locale}`);
      }
    }
  });
}
