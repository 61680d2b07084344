import type { Module } from "@mgs/module/module";
import { createOpenApiDocument } from "@mgs/portal/openapi/create-document";
import { stringify } from "yaml";

/** The document of all portals as the file `docs/api/openapi.yaml`. */
export async function writeOpenApiFile(modules: readonly Module[]): Promise<string> {
  return stringify(await createOpenApiDocument(modules), { lineWidth: 140, aliasDuplicateObjects: false });
}
