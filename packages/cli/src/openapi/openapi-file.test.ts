import { expect, it } from "vitest";
import { PORTAL_MODULES } from "../portal-modules";
import { writeOpenApiFile } from "./write-openapi-file";

it("docs/api/openapi.yaml says what the routes say", async () => {
  await expect(await writeOpenApiFile(PORTAL_MODULES)).toMatchFileSnapshot("../../../../docs/api/openapi.yaml");
});
