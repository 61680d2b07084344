import { messagesFor } from "@mgs/i18n/catalogue";
import { expect, type Page } from "@playwright/test";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { addDossierType, openDossier } from "./support/dossiers";
import { urlOf } from "./support/instance";
import { expectHydrated } from "./support/streamed";
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

/** Texts and labels of a page that are the catalogue's French ones. What people have written, such as the name of a list, is theirs. */
async function findFrench(page: Page): Promise<string[]> {
  const written = await query<{ name: string }>("SELECT name FROM saved_views");
  const english = new Set([...allTexts(messagesFor("en")), ...written.map(({ name }) => name)]);
  const french = frenchTexts(messagesFor("fr"), messagesFor("en")).filter((text) => !english.has(text));
  return page.evaluate((texts) => {
    const known = new Set(texts);
    const found: string[] = [];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode())
      if (node.parentElement?.closest("script, style, [lang=fr]") === null) found.push(node.textContent ?? "");
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]"))
      found.push(...["aria-label", "placeholder", "title"].map((name) => element.getAttribute(name) ?? ""));
    return found.map((text) => text.trim()).filter((text) => known.has(text));
  }, french);
}

function allTexts(tree: Tree): string[] {
  return Object.values(tree).flatMap((text) => (typeof text === "string" ? [text] : allTexts(text)));
}

test("whoever reads English meets no French on the pages of dossiers, sessions, moderation and absences", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const who = await createPerson(`Grace ${mark}`, "administrateur");
  await query("UPDATE users SET locale = 'en' WHERE id = $1", [who.id]);
  const page = await (await signedIn({ ...who, locale: "en" })).newPage();
  const portal = urlOf("gestion-dossier");
  await page.goto(`${portal}/dashboard`);
  const type_id = await addDossierType(`Permit ${mark}`);
  const dossier = await openDossier(page, {
    ...{ type_id, title: `Harbour ${mark}`, priority: "urgente", due_on: "2099-01-05", tags: ["harbour"] },
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

  const pages: readonly (readonly [name: string, path: string])[] = [
    ["a dossier", `/dossiers/${dossier.id}`],
    ["the history of a dossier", `/dossiers/${dossier.id}/historique`],
    ["the list of dossiers", `/dossiers?search=${mark}`],
    ["the board", "/dossiers/tableau"],
    ["the figures", "/dossiers/tableau-de-bord"],
    ["a new dossier", `/dossiers/nouveau?type=${type_id}`],
    ["the sessions", "/seances"],
    ["a session", `/seances/${seance.id}`],
    ["the history of a session", `/seances/${seance.id}/historique`],
    ["the types", "/types-de-dossier"],
    ["a type", `/types-de-dossier/${type_id}`],
    ["moderation", "/moderation"],
    ["the absences", "/profil/absences"],
  ];
  for (const [name, path] of pages) {
    await page.goto(`${portal}${path}`);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expectHydrated(page);
    expect.soft(await findFrench(page), `French on ${name}`).toEqual([]);
    await expectAccessibleAtAllWidths(page, `${name} in English`);
  }
});
