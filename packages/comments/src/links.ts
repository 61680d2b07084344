/** The page of moderation, in Gestion-Dossier. */
export const moderationPath = (): `/${string}` => "/moderation";
