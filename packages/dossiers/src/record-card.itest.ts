import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { readRecordCard } from "@mgs/records/cards/read-card";
import { expect, it } from "vitest";
import { dossierSubject } from "./subjects";
import { useDossierStage } from "./testing/use-dossier-stage";

const stage = useDossierStage();
const SUBJECTS = [dossierSubject];

it("a link to a dossier is a card for who sees the dossier, and tells nobody else that there is one", async () => {
  const { id } = await stage.open(stage.admin, { title: "Permis du lot 12" });
  const stranger = await stage.add("Zo", "z@mgs.mg", "commercial");
  const read = (url: string, actor = stage.admin) => readRecordCard(stage.deps(), actor, SUBJECTS, { url });
  const href = `http://g.test/dossiers/${id}`;
  const card = { type: "dossier", id: String(id), title: expect.stringContaining("Permis du lot 12"), href };
  for (const url of [href, `${href}?onglet=pieces`, `${href}#commentaires`]) expect(await read(url)).toEqual(card);
  // A record that is closed to its reader is as one that is not there.
  expect([await read(href, stranger), await read("http://g.test/dossiers/999999", stranger)]).toEqual([null, null]);
  for (const url of [
    ...[`http://a.test/dossiers/${id}`, `https://g.test/dossiers/${id}`, `http://g.test.evil.test/dossiers/${id}`],
    ...[`http://g.test@evil.test/dossiers/${id}`, `${href}/historique`, "http://g.test/", "javascript:alert(1)"],
  ])
    expect([url, await read(url)]).toEqual([url, null]);
});

it("a card is for people whose token reads such records, and for an address", async () => {
  const { id } = await stage.open(stage.admin);
  const url = `http://g.test/dossiers/${id}`;
  const read = (actor: Parameters<typeof readRecordCard>[1], input: unknown) =>
    refusal(readRecordCard(stage.deps(), actor, SUBJECTS, input));
  expect(await read({ ...stage.admin, scopes: ["messages:read"] }, { url })).toBe("INSUFFICIENT_SCOPE");
  expect(await read({ kind: "client", clientId: "robot", scopes: ["dossiers:read"] }, { url })).toBe("FORBIDDEN");
  for (const input of [{}, { url: "/dossiers/1" }, { url: `http://g.test/${"x".repeat(2_000)}` }, { url, id }])
    expect([input, await read(stage.admin, input)]).toEqual([input, "VALIDATION_ERROR"]);
});
