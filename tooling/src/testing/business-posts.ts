import type { BrowserPost } from "./browser-post";
import { MESSAGE_POSTS } from "./message-posts";

type Shared = "ActionButton" | "ActionForm";

const PAGES = "apps/gestion-dossier/src/app/(portal)";
const DOSSIER = `${PAGES}/dossiers/[id]/dossier.action.ts`;
const LIST = `${PAGES}/dossiers`;
const LIST_FORM: BrowserPost = { shared: "ActionForm", tests: "e2e/dossiers-list.spec.ts" };
const LIST_BUTTON: BrowserPost = { shared: "ActionButton", tests: "e2e/dossiers-list.spec.ts" };
const COMMENTS = "packages/shell/src/comments";
const COMMENTS_SPEC = "e2e/comments.spec.ts";
const MODERATION_SPEC = "e2e/moderation.spec.ts";

const PARTS: readonly (readonly [post: string, shared: Shared])[] = [
  [`${PAGES}/dossiers/[id]/parts.action.ts#markPiece`, "ActionButton"],
  [`${PAGES}/dossiers/[id]/parts.action.ts#refusePiece`, "ActionForm"],
  [`${PAGES}/dossiers/[id]/parts.action.ts#askForPiece`, "ActionForm"],
  [`${PAGES}/dossiers/[id]/parts.action.ts#askForOpinion`, "ActionForm"],
  [`${PAGES}/dossiers/[id]/parts.action.ts#giveOpinion`, "ActionForm"],
  [`${PAGES}/dossiers/[id]/parts.action.ts#takeBackOpinion`, "ActionButton"],
  [`${PAGES}/dossiers/[id]/parts.action.ts#follow`, "ActionButton"],
  [`${PAGES}/dossiers/[id]/parts.action.ts#giveAccessTo`, "ActionForm"],
  [`${PAGES}/dossiers/[id]/parts.action.ts#takeAccessFrom`, "ActionButton"],
  [`${PAGES}/dossiers/nouveau/open.action.ts#open`, "ActionForm"],
  [`${PAGES}/seances/seances.action.ts#create`, "ActionForm"],
  [`${PAGES}/seances/seances.action.ts#save`, "ActionForm"],
  [`${PAGES}/seances/seances.action.ts#addPerson`, "ActionForm"],
  [`${PAGES}/seances/seances.action.ts#removePerson`, "ActionButton"],
  [`${PAGES}/seances/seances.action.ts#cancel`, "ActionButton"],
  [`${PAGES}/seances/seances.action.ts#restore`, "ActionButton"],
  [`${PAGES}/types-de-dossier/types.action.ts#create`, "ActionForm"],
  [`${PAGES}/types-de-dossier/types.action.ts#save`, "ActionForm"],
  [`${PAGES}/types-de-dossier/types.action.ts#archive`, "ActionButton"],
];

/** What the pages of the business post, and the parts of records. */
export const BUSINESS_POSTS: Readonly<Record<string, BrowserPost>> = {
  ...MESSAGE_POSTS,
  ...Object.fromEntries(PARTS.map(([post, shared]) => [post, { shared, tests: "e2e/dossier-parts.spec.ts" }])),
  [`${LIST}/bulk.action.ts#bulk`]: LIST_FORM,
  [`${LIST}/tableau/board.action.ts#move`]: { shared: "ActionForm", tests: "e2e/board.spec.ts" },
  [`${LIST}/views.action.ts#save`]: LIST_FORM,
  [`${LIST}/views.action.ts#rename`]: LIST_FORM,
  [`${LIST}/views.action.ts#update`]: LIST_BUTTON,
  [`${LIST}/views.action.ts#share`]: LIST_BUTTON,
  [`${LIST}/views.action.ts#remove`]: LIST_BUTTON,
  [`${LIST}/views.action.ts#restore`]: LIST_BUTTON,
  [`${COMMENTS}/comments-panel.tsx#edit`]: { calls: "packages/shell/src/outbox/browser-outbox.ts#send" },
  [`${COMMENTS}/reason-dialog.tsx#<form>`]: { calls: `${COMMENTS}/api.ts#changeComment` },
  [`${COMMENTS}/api.ts#changeComment`]: { setsState: true, tests: "packages/comments/src/record/comments.itest.ts" },
  [`${COMMENTS}/api.ts#reportComment`]: { setsState: true, tests: MODERATION_SPEC },
  [`${COMMENTS}/api.ts#tellTyping`]: { repeatsItself: true, tests: COMMENTS_SPEC },
  "packages/shell/src/outbox/browser-outbox.ts#send": { repeatsItself: true, tests: COMMENTS_SPEC },
  [`${PAGES}/moderation/moderation.action.ts#settle`]: { shared: "ActionButton", tests: MODERATION_SPEC },
  [`${PAGES}/moderation/moderation.action.ts#hide`]: { shared: "ActionForm", tests: MODERATION_SPEC },
  [`${PAGES}/moderation/moderation.action.ts#saveCommentWords`]: {
    shared: "ActionForm",
    tests: MODERATION_SPEC,
  },
  [`${PAGES}/thread.action.ts#openThread`]: { shared: "ActionForm", tests: MODERATION_SPEC },
  [`${PAGES}/thread.action.ts#inviteToDiscussion`]: { shared: "ActionForm", tests: MODERATION_SPEC },
  // The form of a séance is the same, and calls the other `save`.
  "packages/shell/src/records/record-form.tsx#<form>": { calls: `${DOSSIER}#saveDossier` },
  [`${DOSSIER}#saveDossier`]: { shared: "ActionForm", tests: "e2e/dossier.spec.ts" },
  [`${DOSSIER}#takeDossierStep`]: { shared: "ActionForm", tests: "e2e/dossier.spec.ts" },

  [`${PAGES}/documents.action.ts#removeDocument`]: {
    shared: "ActionButton",
    tests: "e2e/documents.spec.ts",
  },
  [`${PAGES}/documents.action.ts#restoreRecordDocument`]: {
    shared: "ActionButton",
    tests: "e2e/documents.spec.ts",
  },
};
