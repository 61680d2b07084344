import type { Module } from "@mgs/module/module";
import { createAsyncApiDocument } from "@mgs/portal/asyncapi/create-asyncapi";
import { stringify } from "yaml";

/** The document of all portals' live events as the file `docs/api/asyncapi.yaml`. */
export async function writeAsyncApiFile(modules: readonly Module[]): Promise<string> {
  return stringify(await createAsyncApiDocument(modules), { lineWidth: 140, aliasDuplicateObjects: false });
}
