import { readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import { z } from "zod";
import type { BaseDeps } from "../base-deps";
import { searchPalette } from "./search-palette";

/** What the command palette finds: the same in every portal. */
export const paletteRoute = {
  method: "GET",
  path: "/api/palette",
  access: "signed-in",
  scope: "profile",
  handler: async ({ actor, request }, deps) => ok(await searchPalette(deps, actor, readQuery(request, z.unknown()))),
} as const satisfies Route<BaseDeps>;
