import { PORTALS } from "@mgs/core/portals";
import { weighDashboard, weighPages } from "../tooling/src/testing/script-weight";
import { createPerson } from "./support/cli";
import { urlOf } from "./support/instance";
import { send } from "./support/notifications";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

/** The aim for the scripts beyond Next and React: within the 60 kB of the shell. The palette's key is one of them, the palette is not. */
const MAX_SCRIPTS_KIB = 59;

/** The aim for the scripts of one page beyond those of the shell. */
const MAX_PAGE_KIB = 60;

for (const portal of PORTALS) {
  test(`scripts of ${portal}'s dashboard, with panels, menus and a toast, stay below their limit`, async ({
    signedIn,
    machine,
  }) => {
    const page = await (await signedIn(ADMIN)).newPage();
    const { opened } = await weighDashboard(page, portal, urlOf(portal), () => send(machine, ADMIN));
    expect(opened / 1_024).toBeLessThanOrEqual(MAX_SCRIPTS_KIB);
  });
}

test("scripts of each page of Gestion-Dossier stay below their limit beyond the shell", async ({ signedIn }) => {
  const context = await signedIn(ADMIN);
  const home = urlOf("gestion-dossier");
  const request = await context.newPage();
  await request.goto(`${home}/dashboard`);
  const idOf = async (path: string, input: object): Promise<number> => {
    const answer = await request.request.post(`${home}/api/${path}`, { data: input, headers: { origin: home } });
    return ((await answer.json()) as { data: { id: number } }).data.id;
  };
  const concerned = { kind: "personne", name: "Poids" };
  const dossier = await idOf("dossiers", { title: "Poids des scripts", type_id: 1, concerned });
  const seance = await idOf("sessions", {
    ...{ title: "Poids des scripts", starts_at: "2099-02-12T06:00:00Z", ends_at: "2099-02-12T08:00:00Z" },
  });
  const colleague = await createPerson("Poids des scripts", "gestionnaire");
  const conversation = await idOf("conversations", { user_ids: [colleague.id] });
  const paths = [
    ...["/dossiers", "/dossiers/tableau", "/dossiers/tableau-de-bord", "/dossiers/nouveau", `/dossiers/${dossier}`],
    ...[`/dossiers/${dossier}/historique`, "/seances", "/seances/nouvelle", `/seances/${seance}`],
    ...[`/seances/${seance}/historique`, "/moderation", "/messages", `/messages/${conversation}`],
    ...["/types-de-dossier", "/types-de-dossier/1", "/profil/absences"],
  ];
  const weights = await weighPages(() => context.newPage(), "gestion-dossier", home, { shell: "/dashboard", paths });
  const kib = Object.fromEntries([...weights].map(([path, bytes]) => [path, Math.round(bytes / 102.4) / 10]));
  test.info().annotations.push({ type: "KiB", description: JSON.stringify(kib) });
  expect(Object.entries(kib).filter(([, weight]) => weight > MAX_PAGE_KIB)).toEqual([]);
  // The page with everything on it does load something, else nothing was weighed.
  expect(kib[`/dossiers/${dossier}`]).toBeGreaterThan(5);
});
