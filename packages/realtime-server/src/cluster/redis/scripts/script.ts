import { createHash } from "node:crypto";

/** A Lua script that Redis runs by its digest. */
export type Script = { readonly lua: string; readonly digest: string };

export const script = (lua: string): Script => ({ lua, digest: createHash("sha1").update(lua).digest("hex") });
