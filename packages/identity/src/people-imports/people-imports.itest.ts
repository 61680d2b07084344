import { describe, expect, it } from "vitest";
import { cancelBatchJob } from "../batches/cancel-batch-job";
import { showBatchJob } from "../batches/show-batch-job";
import { recordProof } from "../proofs/proofs.repository";
import { createRole } from "../roles/create-role";
import { usePeopleFiles } from "../testing/use-people-files";
import { refusal } from "../testing/use-staff-stage";
import { applyPeopleImport } from "./apply-people-import";
import { importStep } from "./import-step";
import { readImportProblems, showPeopleImport } from "./show-people-import";

const { staff, deps, check, show } = usePeopleFiles();
const { add } = staff;
const stored = (email: string) => staff.database.user.findUnique({ where: { email } });
const actions = async () =>
  (
    await staff.database.auditEvent.findMany({ where: { actor: `user:${staff.admin.userId}` }, orderBy: { id: "asc" } })
  ).map(({ action }) => action);

/** Runs the job to its end, as the worker does: each batch starts the next one. */
async function work(jobId: string) {
  for (let steps = 0; steps < 20; steps += 1) {
    if ((await showBatchJob(deps(), staff.admin, jobId)).finished) break;
    await importStep(deps(), jobId);
  }
  return showBatchJob(deps(), staff.admin, jobId);
}

const FILE = [
  "Prénom;Nom;E-mail;Rôle;Langue;Service",
  "Aina;Rakoto;AINA@mgs.mg;Comptable;Français;Paie",
  "Zo;Andria;zo@mgs.mg;sales;en;",
  "Hélène;Œuvrard;helene@mgs.mg;;;",
  "",
].join("\r\n");

describe("an import of people", () => {
  it("is checked without a change, then imported as shown: created, changed, left alone", async () => {
    await add("Zo Andria", "zo@mgs.mg", "comptable");
    await add("Hélène Œuvrard", "helene@mgs.mg", "direction");
    const before = await staff.database.user.findMany({ orderBy: { id: "asc" } });
    const { importId } = await check(Buffer.from(FILE.replace(/Œ/g, "\u008c"), "latin1"));
    expect(await staff.database.user.findMany({ orderBy: { id: "asc" } })).toEqual(before);
    const shown = await show(importId, "create", "change", "unchanged");
    expect(shown).toMatchObject({
      ...{ creates: 1, changes: 1, unchanged: 1, problems: 0, job_id: null, file_name: "équipe.csv" },
      ...{ delimiter: "semicolon", encoding: "Windows-1252", ignored_columns: ["Service"] },
    });
    expect(shown.page.lines).toEqual([
      {
        ...{ line: 2, outcome: "create" },
        person: { email: "aina@mgs.mg", name: "Aina Rakoto", role: "comptable", locale: "fr" },
      },
      {
        ...{ line: 3, outcome: "change", personId: expect.any(Number) },
        before: { name: "Zo Andria", role: "comptable", locale: "fr" },
        person: { email: "zo@mgs.mg", name: "Zo Andria", role: "commercial", locale: "en" },
      },
      { line: 4, outcome: "unchanged", personId: expect.any(Number), person: expect.anything() },
    ]);

    // Two presses at once, and one afterwards, are one import.
    const apply = () => applyPeopleImport(deps(), staff.admin, { importId, invites: true });
    const [one, other] = await Promise.all([apply(), apply()]);
    const job = await work(one.jobId);
    expect([other, await apply()]).toEqual([one, one]);
    expect(job).toMatchObject({ kind: "import", total: 2, done: 2, skipped: 0, finished: true, refusals: [] });
    expect(await stored("aina@mgs.mg")).toMatchObject({ name: "Aina Rakoto", role: "comptable", passwordHash: "-" });
    expect(await stored("zo@mgs.mg")).toMatchObject({ role: "commercial", locale: "en" });
    expect(await staff.database.accountLink.count({ where: { purpose: "invitation" } })).toBe(1);
    // The sign-in of the person whose role changed has ended.
    expect(
      await staff.database.userSession.count({ where: { user: { email: "zo@mgs.mg" }, endReason: "role-removed" } }),
    ).toBe(1);
    expect(await actions()).toEqual(
      expect.arrayContaining(["users.imported", "user.created", "user.invited", "user.updated", "user.role-changed"]),
    );
    expect((await actions()).filter((action) => action === "users.imported")).toHaveLength(1);
  });

  it("is refused when the accounts have changed so that it would do something else, and only then", async () => {
    await add("Zo", "zo@mgs.mg", "comptable");
    await add("Autre", "autre@mgs.mg");
    const text = "nom;email;role\nZo A;zo@mgs.mg;comptable\nNeuf;neuf@mgs.mg;commercial\n";
    const apply = (importId: string) => refusal(applyPeopleImport(deps(), staff.admin, { importId, invites: false }));
    const first = await check(text);
    await staff.database.user.update({ where: { email: "zo@mgs.mg" }, data: { role: "direction" } });
    expect(await apply(first.importId)).toBe("IMPORT_OUTDATED");
    const second = await check(text);
    const taken = await add("Neuf", "neuf@mgs.mg");
    expect(await apply(second.importId)).toBe("IMPORT_OUTDATED");
    await staff.database.user.delete({ where: { id: taken.userId } });
    // What happens to others, or to what the file does not say, changes nothing.
    await staff.database.user.update({ where: { email: "autre@mgs.mg" }, data: { name: "X" } });
    await staff.database.user.update({ where: { email: "zo@mgs.mg" }, data: { theme: "dark" } });
    expect(await apply(second.importId)).toBe("done");
  });

  it("passes over a line whose person changes while it runs, and does no line twice after a crash", async () => {
    await add("Zo", "zo@mgs.mg", "comptable");
    await add("Bao", "bao@mgs.mg", "comptable");
    const { importId } = await check(
      "nom;email;role\nZo A;zo@mgs.mg;comptable\nBao B;bao@mgs.mg;comptable\nNeuf;neuf@mgs.mg;commercial\n",
    );
    const { jobId } = await applyPeopleImport(deps(), staff.admin, { importId, invites: true });
    await staff.database.user.update({ where: { email: "zo@mgs.mg" }, data: { name: "Zo C" } });
    await importStep(deps(), jobId);
    expect(await showBatchJob(deps(), staff.admin, jobId)).toMatchObject({
      ...{ done: 2, skipped: 1, finished: true, refusals: [{ id: 2, code: "EDIT_CONFLICT" }] },
    });
    expect(await stored("zo@mgs.mg")).toMatchObject({ name: "Zo C" });
    // The same batch once more, as after a crash before its commit.
    const trail = (await actions()).length;
    await staff.database.batchJob.update({ where: { id: jobId }, data: { cursor: 0, done: 0, finishedAt: null } });
    await importStep(deps(), jobId);
    expect(await showBatchJob(deps(), staff.admin, jobId)).toMatchObject({ done: 2, finished: true });
    expect(await actions()).toHaveLength(trail);
    expect(await staff.database.accountLink.count()).toBe(1);
  });

  it("is stopped between two batches, with an entry in the trail", async () => {
    const lines = Array.from({ length: 120 }, (_, n) => `P ${n};p${n}@mgs.mg;commercial`);
    const { importId } = await check(`nom;email;role\n${lines.join("\n")}`);
    const { jobId } = await applyPeopleImport(deps(), staff.admin, { importId, invites: false });
    await importStep(deps(), jobId);
    expect(await showBatchJob(deps(), staff.admin, jobId)).toMatchObject({
      done: 50,
      cancellable: true,
      finished: false,
    });
    expect(await cancelBatchJob(deps(), staff.admin, jobId)).toEqual({ cancelled: true });
    await importStep(deps(), jobId);
    expect(await showBatchJob(deps(), staff.admin, jobId)).toMatchObject({
      done: 50,
      cancelled: true,
      cancellable: false,
    });
    expect(await stored("p49@mgs.mg")).toMatchObject({ name: "P 49" });
    expect(await stored("p50@mgs.mg")).toBeNull();
    expect(await cancelBatchJob(deps(), staff.admin, jobId)).toEqual({ cancelled: false });
    expect((await actions()).filter((action) => action === "users.batch-cancelled")).toHaveLength(1);
    expect(await refusal(cancelBatchJob(deps(), staff.admin, "x"))).toBe("NOT_FOUND");
  });

  it("asks for its permission and a fresh proof, gives no rights that the actor has not, and is nobody else's", async () => {
    const permissions = ["console.open", "accounts.read", "accounts.manage"];
    const grantable = new Set([...permissions, "accounts.import"]);
    const role = { name_fr: "RH", name_en: "HR", portals: ["administration" as const, "commercial" as const] };
    await createRole({ ...deps(), grantable }, staff.admin, { ...role, slug: "rh", permissions });
    await createRole({ ...deps(), grantable }, staff.admin, { ...role, slug: "rh2", permissions: [...grantable] });
    const reader = await add("R", "r@mgs.mg", "rh");
    const chief = await add("C", "c@mgs.mg", "rh2");
    const text = "nom;email;role\nN;n@mgs.mg;commercial\nM;m@mgs.mg;administrateur\nV;v@mgs.mg;administrateur\n";
    expect(await refusal(check(text, { actor: reader }))).toBe("FORBIDDEN");
    expect(await refusal(check(text, { actor: { ...chief, clientId: "commercial" } }))).toBe("FORBIDDEN");
    const { importId } = await check(text, { actor: chief });
    const file = await showPeopleImport(deps(), chief, { importId, outcomes: ["bad"], after: 0 });
    expect(file.page.lines).toMatchObject([
      { line: 3, problems: [{ code: "ROLE_REFUSED" }] },
      { line: 4, problems: [{ code: "PERSON_REFUSED" }] },
    ]);
    const foreign = [
      () => show(importId),
      () => applyPeopleImport(deps(), staff.admin, { importId, invites: false }),
      () => readImportProblems(deps(), staff.admin, importId),
      () => show("x"),
    ];
    for (const call of foreign) expect(await refusal(call())).toBe("NOT_FOUND");
    const good = await check("nom;email;role\nN;n@mgs.mg;commercial\n", { actor: chief });
    const apply = () => applyPeopleImport(deps(), chief, { importId: good.importId, invites: false });
    await recordProof(staff.database, chief.userSessionId, new Date(Date.now() - 3_600_000));
    expect(await refusal(apply())).toBe("PROOF_REQUIRED");
    await recordProof(staff.database, chief.userSessionId, new Date());
    const { jobId } = await apply();
    // The right is asked for again with each batch.
    await staff.database.user.update({ where: { id: chief.userId }, data: { role: "rh" } });
    expect(await refusal(importStep(deps(), jobId))).toBe("FORBIDDEN");
    expect(await stored("n@mgs.mg")).toBeNull();
  });

  it("checks and imports 10,000 people within seconds", async () => {
    const lines = Array.from({ length: 10_000 }, (_, n) => `Personne ${n};foule${n}@mgs.mg;commercial`);
    const startedAt = performance.now();
    const { importId } = await check(`nom;email;role\n${lines.join("\n")}`);
    await applyPeopleImport(deps(), staff.admin, { importId, invites: false });
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    const page = await showPeopleImport(deps(), staff.admin, { importId, outcomes: ["create"], after: 9_950 });
    expect(page.page).toMatchObject({ next: 10_000 });
  }, 60_000);
});
