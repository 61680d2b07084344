import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./paths";

const SOURCES = globSync(["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}"], {
  cwd: ROOT,
  exclude: [
    "**/generated/**",
    "**/testing/**",
    "**/*.{test,itest}.{ts,tsx}",
    "**/permissions.ts",
    "packages/i18n/src/messages/**",
    "packages/core/src/roles.ts",
  ],
});

/** A role that is compared, looked up in a list or switched over, or the most powerful one by name. */
const COMPARISONS = [
  /\brole\b\s*[!=]==?(?![=\s]*(?:undefined|null)\b)/,
  /[!=]==?\s*(?:\w+\.)*role\b/,
  /\b(?:includes|has)\((?:\w+\.)*role\)/,
  /\bswitch \((?:\w+\.)*role\)/,
  /["'`]administrateur["'`]/,
  /\b(?:portalsOf|hasAdministratorRole)\(/,
];

/** Files that read a role for another reason than a permission. */
const ALLOWED: Readonly<Record<string, string>> = {
  "apps/administration/src/features/people/people-questions.ts": "asks before somebody changes their own role",
  "packages/comments/src/threads/thread-members.ts": "a private thread that names a role is open to who has it",
  "packages/dossiers/src/access.repository.ts": "an opinion that is asked of a role is open to who has it",
  "packages/dossiers/src/opinions/opinion-rules.ts": "a role can be asked for an opinion, which its people give",
  "packages/records/src/lists/live-list.ts": "the list of who is asked by role is told on that role's channel",
  "packages/identity/src/users/accounts.repository.ts": "locks the accounts of which one has to stay open",
};

const findComparisons = (text: string) => text.split("\n").filter((line) => COMPARISONS.some((one) => one.test(line)));

test("roles are compared in the permissions of the domains alone", () => {
  const found = SOURCES.filter((file) => findComparisons(readFileSync(join(ROOT, file), "utf8")).length > 0);
  expect(found.sort()).toEqual(Object.keys(ALLOWED).sort());
});

test("finds a comparison of a role in every notation", () => {
  const lines = [
    'if (user.role !== "administrateur") return;',
    "if (role === other) return;",
    "if (OTHER === session.user.role) return;",
    "if (LEADERS.includes(actor.role)) return;",
    "switch (user.role) {",
    "portalsOf(user.role)",
  ];
  expect(findComparisons(lines.join("\n"))).toEqual(lines);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of a source
  expect(findComparisons("role === undefined ? [] : 1\nt(`roles.${user.role}`)\nroles(person.role)")).toEqual([]);
});
