type Shared = "ActionButton" | "ActionForm";

const PAGES = "apps/gestion-dossier/src/app/(portal)";

const POSTS: readonly (readonly [post: string, shared: Shared])[] = [
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

/** What the parts of a dossier, its types and sessions post, all by the parts that all pages share. */
export const DOSSIER_PART_POSTS: Readonly<Record<string, { shared: Shared; tests: string }>> = Object.fromEntries(
  POSTS.map(([post, shared]) => [post, { shared, tests: "e2e/dossier-parts.spec.ts" }]),
);
