import { listComments } from "@mgs/comments/record/list-comments";
import { postComment } from "@mgs/comments/record/post-comment";
import { inviteToThread, listThreads } from "@mgs/comments/threads/private-threads";
import type { UserActor } from "@mgs/core/actor";
import { askOpinion } from "@mgs/dossiers/opinions/ask-opinion";
import { listOpinions } from "@mgs/dossiers/opinions/list-opinions";
import { editDossier } from "@mgs/dossiers/record/edit-dossier";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { authorizeChannel } from "@mgs/realtime/authorize-channel";
import { expect, it } from "vitest";
import { BUSINESS, OPINION_PORTS } from "./modules";

const stage = useDossierStage();

it("an opinion has a private thread on its dossier, for those asked, who asked and the assignee", async () => {
  const [hery, aina] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Aina", "a@mgs.mg")];
  const { id } = await stage.open(stage.admin, { assignee_id: hery.userId });
  const deps = { ...stage.deps(), ...OPINION_PORTS };
  const asked = await askOpinion(deps, stage.admin, id, { user_id: aina.userId, question: "Conforme ?" });
  const threads = await stage.database.$queryRaw`
    SELECT t.id::text, t.subject_type, t.subject_id, t.title,
      ARRAY(SELECT p.user_id FROM comment_thread_people p WHERE p.thread_id = t.id ORDER BY p.user_id) AS people
    FROM comment_threads t`;
  const people = [stage.admin, hery, aina].map(({ userId }) => userId).sort((a, b) => a - b);
  expect(threads).toEqual([
    { id: asked.thread_id, subject_type: "dossier", subject_id: String(id), title: "Conforme ?", people },
  ]);
});

it("who has the dossier in hand takes part in its opinions' threads, and who had it before no more", async () => {
  const [hery, aina, lala, rado, mia] = [
    await stage.add("Hery", "h@mgs.mg", "gestionnaire"),
    await stage.add("Aina", "a@mgs.mg", "comptable"),
    await stage.add("Lala", "l@mgs.mg", "gestionnaire"),
    await stage.add("Rado", "r@mgs.mg", "comptable"),
    await stage.add("Mia", "m@mgs.mg", "gestionnaire"),
  ];
  const { id } = await stage.open(stage.admin, { assignee_id: hery.userId });
  const deps = { ...stage.deps(), ...OPINION_PORTS };
  const one = await askOpinion(deps, stage.admin, id, { user_id: aina.userId, question: "Conforme ?" });
  const thread = String(one.thread_id);
  await postComment(deps, hery, dossierSubject, String(id), { content: "Un mot", thread_id: thread });
  const channels = BUSINESS.find(({ name }) => name === "comments")?.channels ?? [];
  const reads = async (actor: UserActor) => [
    await refusal(listComments(deps, actor, dossierSubject, String(id), { thread })),
    await refusal(authorizeChannel(channels as never, deps as never, actor, `private-comment-thread.${thread}`)),
    (await listThreads(deps, actor, dossierSubject, String(id))).length,
    (await listOpinions(deps, actor, id))[0]?.thread_id ?? null,
  ];
  const open = ["done", "done", 1, thread];
  const closed = ["SUBJECT_NOT_FOUND", "FORBIDDEN", 0, null];
  expect([await reads(hery), await reads(aina), await reads(lala)]).toEqual([open, open, closed]);
  await editDossier(deps, stage.admin, id, { version: 2, assignee_id: lala.userId });
  expect([await reads(lala), await reads(hery), await reads(mia)]).toEqual([open, closed, closed]);
  const invite = inviteToThread(deps, lala, dossierSubject, String(id), thread, { user_ids: [mia.userId] });
  expect(await refusal(invite)).toBe("FORBIDDEN");
  expect(await listThreads(deps, lala, dossierSubject, String(id))).toMatchObject([{ may_invite: false }]);
  const role = await askOpinion(deps, lala, id, { role: "comptable", question: "Et le budget ?" });
  const asked = { thread: String(role.thread_id) };
  expect(await refusal(listComments(deps, rado, dossierSubject, String(id), asked))).toBe("done");
  expect(await refusal(listComments(deps, hery, dossierSubject, String(id), asked))).toBe("SUBJECT_NOT_FOUND");
});
