import type { CommentDto } from "@mgs/comments/contract/comment";
import { messagesFor } from "@mgs/i18n/catalogue";
import { RealtimeProvider } from "@mgs/realtime/react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { TextsProvider } from "../intl";
import { ShellContext } from "../shell-context";
import { ClockProvider } from "../time/clock";
import { CommentsPanel } from "./comments-panel";
import type { DraftPlace } from "./use-draft-places";

const NOW = Date.parse("2026-11-30T09:00:00Z");

function comment(place: number, more: Partial<CommentDto> = {}): CommentDto {
  return {
    ...{ id: `c${place}`, content: `Texte ${place}`, mentions: [], mentioned: [], reactions: [], place, seq: place },
    user: { id: 7, firstname: "Hery", lastname: "Rabe", avatar: null },
    ...{ created_at: new Date(NOW - 300_000).toISOString(), updated_at: new Date(NOW).toISOString(), edited_at: null },
    ...{ deleted_at: null, hidden: null, parent_id: null, thread_id: null, resolved: null },
    ...more,
  };
}

function draw(
  comments: CommentDto[],
  may = { comment: true, moderate: false },
  drafts: readonly DraftPlace[] = [],
  next: string | null = null,
): string {
  const { comments: texts, shell, draft } = messagesFor("fr");
  const person = { id: 1, name: "Voahangy", email: "v@mgs.mg", roleName: "", locale: "fr", theme: "system" } as const;
  const page = {
    comments: comments.toReversed(),
    pagination: { page: 1, limit: 20, total: comments.length, totalPages: 1 },
    ...{ next, seq: comments.length },
  };
  return renderToStaticMarkup(
    <TextsProvider locale="fr" timeZone="Indian/Antananarivo" messages={{ comments: texts, shell, draft }}>
      <ClockProvider renderedAt={NOW}>
        <ShellContext
          value={{ user: { ...person, timeZone: null }, userSessionId: "s", portal: "gestion-dossier", portals: [] }}
        >
          <RealtimeProvider
            settings={{ key: "k", cluster: "c", host: null, port: null, tls: false }}
            userId={1}
            userSessionId="s"
            onSessionEnded={() => undefined}
            onSessionChanged={() => undefined}
            onUnauthorized={() => undefined}
          >
            <CommentsPanel
              record={{ segment: "dossiers", id: "1" }}
              channel="dossier.1"
              page={page}
              may={may}
              drafts={drafts}
            />
          </RealtimeProvider>
        </ShellContext>
      </ClockProvider>
    </TextsProvider>,
  );
}

test("the server draws comments, answers below theirs, and places of deleted ones, in the reader's words", () => {
  const html = draw([
    comment(1, { content: "**Gras** <b>x</b> @Zo", mentioned: [{ key: "3", name: "Zo" }] }),
    comment(2, { content: "", deleted_at: new Date(NOW).toISOString() }),
    comment(3, { parent_id: "c1", content: "Réponse" }),
    comment(4, { content: "", hidden: { at: "", reason: "Hors sujet" } }),
  ]);
  expect(html).toContain("<strong>Gras</strong> &lt;b&gt;x&lt;/b&gt; ");
  expect(html).toMatch(/<span class="[^"]*">@Zo<\/span>/);
  expect(html).toContain("il y a 5 minutes");
  expect(html).toContain("Commentaire de Hery Rabe, supprimé");
  expect(html).toMatch(/Commentaire masqué.: Hors sujet/);
  expect(html.indexOf("Réponse")).toBeGreaterThan(html.indexOf("Gras"));
  expect(html.indexOf("Réponse")).toBeLessThan(html.indexOf("supprimé"));
});

test("who only reads has no field and no buttons to answer", () => {
  const html = draw([comment(1)], { comment: false, moderate: false });
  expect(html).not.toContain("<textarea");
  expect(html).not.toContain("Répondre");
  expect(draw([])).toContain("Personne n’a encore écrit");
});

const at = (...places: string[]): DraftPlace[] => places.map((place) => ({ place, comment: null, updated_at: null }));

test("the draft of an edit that is older than another edit shows what stands there now: the field hides it", () => {
  const user = { id: 1, firstname: "", lastname: "Voahangy", avatar: null };
  const timeAt = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();
  const edited = comment(1, { user, content: "Modifié au téléphone", edited_at: timeAt(0) });
  const draft = { place: "edit:c1", comment: null };
  const note = /a été modifié ailleurs.*Modifié au téléphone<\/blockquote>/;
  expect(draw([edited], undefined, [{ ...draft, updated_at: timeAt(-1) }])).toMatch(note);
  for (const updated_at of [timeAt(1), null])
    expect(draw([edited], undefined, [{ ...draft, updated_at }])).not.toMatch(note);
  expect(draw([comment(1, { user })], undefined, [{ ...draft, updated_at: timeAt(-1) }])).not.toMatch(note);
});

test("an unsent text whose comment stands further back is named, and its link leads there; of this discussion alone", () => {
  const about = (id: string, thread_id: string | null = null) => ({ id, author: "Hery Rabe", thread_id });
  const updated_at = new Date(NOW).toISOString();
  const drafts = [
    { place: "reply:c9", comment: about("c9"), updated_at },
    { place: "reply:c1", comment: about("c1"), updated_at },
    { place: "reply:c8", comment: about("c8", "t1"), updated_at },
    ...at("edit:c7", ""),
  ];
  const html = draw([comment(1), comment(2)], undefined, drafts, "1");
  expect(html).toMatch(/Une réponse non envoyée à Hery Rabe attend plus haut\..*href="#comment-c9"[^>]*>La reprendre/);
  expect(html).toMatch(/Une modification non envoyée.*href="#comment-c7"/);
  expect(html).toContain('data-far-drafts="2"');
  // Without older comments there is nothing further back.
  expect(draw([comment(1)], undefined, drafts)).not.toContain("data-far-drafts");
});

test("an answer and an edit that a reload has interrupted stand open again, also where the discussion is resolved", () => {
  const own = { id: 1, firstname: "", lastname: "Voahangy", avatar: null };
  const resolved = { at: new Date(NOW).toISOString(), by: "Hery" };
  const comments = [comment(1, { resolved }), comment(2, { user: own }), comment(3)];
  const html = draw(comments, undefined, at("reply:c1", "edit:c2", "edit:c3"));
  expect(html).toContain("Votre réponse");
  // Nobody edits another's comment.
  expect(html.match(/Modifier le commentaire/g)).toHaveLength(1);
  expect(draw(comments)).not.toMatch(/Votre réponse|Modifier le commentaire/);
  expect(draw(comments)).toContain("Afficher la discussion");
});
