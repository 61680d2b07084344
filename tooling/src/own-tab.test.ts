import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./paths";

const IMPORT = /import \{([^}]+)\} from "@mgs\/(dossiers|documents|comments)\/([\w/-]+)"/g;
/** A use case that announces its change, and can leave out the tab that makes it. */
const NAMES_TAB = /\bsocketId\b|\bTab\b/;
const FUNCTION_START = /^(?=(?:export )?(?:async )?function )/m;

/** Calls of the browser that write, and name no tab, with the reason. */
const SILENT_CALLS: Readonly<Record<string, string>> = {
  "packages/shell/src/outbox/browser-outbox.ts":
    "the outbox is the browser's: any of its tabs may send what another has written",
  "packages/shell/src/comments/api.ts reportComment": "no page is told of a report",
  "packages/shell/src/comments/api.ts keepDraft": "no page is told of a draft",
};

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** The use cases of a file's imports that can leave out a tab. */
function announcingImports(source: string): string[] {
  return [...source.matchAll(IMPORT)].flatMap(([, names = "", domain, path]) => {
    const file = `packages/${domain}/src/${path}.ts`;
    if (!existsSync(join(ROOT, file)) || !NAMES_TAB.test(read(file))) return [];
    return names.split(",").map((name) => name.replace(/^\s*type\s.*/, "").trim());
  });
}

test("every server action passes its tab on to the use case that announces the change", () => {
  const files = globSync("apps/*/src/app/**/*.action.ts", { cwd: ROOT });
  const checked: string[] = [];
  const silent = files.flatMap((file) => {
    const source = read(file);
    const calls = announcingImports(source).filter((name) => name !== "");
    return source.split(FUNCTION_START).flatMap((body) => {
      const called = calls.filter((name) => new RegExp(`^(?!import).*\\b${name}\\b`, "m").test(body));
      if (called.length === 0 || body.startsWith('"use server"')) return [];
      checked.push(...called);
      return /\bsocketId\b/.test(body) ? [] : [`${file}: ${called.join(", ")}`];
    });
  });
  expect(silent).toEqual([]);
  // The scan has seen the acts of each kind.
  expect(checked).toEqual(
    expect.arrayContaining([
      ...["editDossier", "takeStep", "editDossiers", "openDossier", "changePiece", "askPiece", "askOpinion"],
      ...["answerOpinion", "withdrawOpinion", "giveAccess", "takeAccess", "deleteDocument", "restoreDocument"],
      ...["createSeance", "editSeance", "cancelSeance", "restoreSeance"],
    ]),
  );
});

test("every call of the browser's scripts that writes names its tab, or says why not", () => {
  const files = ["packages/shell/src/comments/api.ts", "packages/shell/src/outbox/browser-outbox.ts"];
  const silent = files.flatMap((file) =>
    read(file)
      .split(/^(?=(?:export )?async function )/m)
      .filter((body) => /callApi\([^;]*(?:method: "(?:POST|PUT|PATCH|DELETE)"|\bmethod,)/.test(body))
      .filter((body) => !/callApi\([^;]*socketId/.test(body))
      .map((body) => `${file} ${/function (\w+)/.exec(body)?.[1]}`)
      .filter((place) => !Object.hasOwn(SILENT_CALLS, place) && !Object.hasOwn(SILENT_CALLS, file)),
  );
  expect(silent).toEqual([]);
});
