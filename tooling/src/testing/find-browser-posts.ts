import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const CHANGES = /^(POST|PATCH|PUT|DELETE)$/;
/** Matches APIs that post without naming a method. */
const OTHER_WAYS = /^(sendBeacon|XMLHttpRequest)$/;

/**
 * Finds the places where the scripts or the documents of a page post: exported functions of `"use server"` files, forms whose
 * method is not GET, and functions with a writing HTTP method in files that browsers load. A browser loads a `"use client"` file
 * and all its imports.
 * @param files paths within `root`
 * @returns sorted `file#function` and `file#<form>`
 */
export function findBrowserPosts(root: string, files: readonly string[]): string[] {
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
  // Most files neither post nor contain "use client", so they are not parsed.
  const telling = [...texts].filter(([, text]) => /^["']use (client|server)|<form\b/m.test(text));
  const sources = new Map(telling.map(([file, text]) => [file, parse(file, text)]));
  const loaded = browserFiles(root, texts, sources);
  const places = [...sources].flatMap(([file, source]) =>
    postsOf(source, loaded.has(file)).map((name) => `${file}#${name}`),
  );
  return [...new Set(places)].sort();
}

/** Lists the names of functions and forms that post in one source. */
export function postsOf(source: ts.SourceFile, isLoadedByBrowsers: boolean): string[] {
  const nodes = descendantsOf(source);
  const forms = nodes.filter(isPostingForm).map(() => "<form>");
  if (hasDirective(source, "use server")) return [...forms, ...exportedNames(source)];
  if (!isLoadedByBrowsers) return forms;
  const calls = nodes.filter(
    (node) =>
      (ts.isStringLiteralLike(node) && CHANGES.test(node.text) && !isTypeOrAttribute(node.parent)) ||
      (ts.isIdentifier(node) && OTHER_WAYS.test(node.text)),
  );
  return [...forms, ...calls.map(enclosingName)];
}

const isTypeOrAttribute = (node: ts.Node) => ts.isLiteralTypeNode(node) || ts.isJsxAttribute(node);

export function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Lists the files that browsers load; it parses each and adds it to `sources`. */
function browserFiles(
  root: string,
  texts: ReadonlyMap<string, string>,
  sources: Map<string, ts.SourceFile>,
): Set<string> {
  const options = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  const loaded = new Set<string>();
  const waiting = [...sources].filter(([, source]) => hasDirective(source, "use client")).map(([file]) => file);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const text = texts.get(file);
    if (text === undefined || loaded.has(file)) continue;
    const source = sources.get(file) ?? parse(file, text);
    sources.set(file, source);
    // A server action's file stays on the server; browsers know its id alone.
    if (hasDirective(source, "use server")) continue;
    loaded.add(file);
    for (const specifier of importsOf(source)) {
      const { resolvedModule } = ts.resolveModuleName(specifier, join(root, file), options, ts.sys, cache);
      if (resolvedModule) waiting.push(relative(root, resolvedModule.resolvedFileName));
    }
  }
  return loaded;
}

/** Lists the modules that a source imports, also dynamically. */
function importsOf(source: ts.SourceFile): string[] {
  const nodes = source.text.includes("import(") ? descendantsOf(source) : source.statements;
  return nodes.flatMap((node) => {
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
    if (ts.isExportDeclaration(node) && node.isTypeOnly) return [];
    const from =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    return from && ts.isStringLiteralLike(from) ? [from.text] : [];
  });
}

function hasDirective(source: ts.SourceFile, directive: string): boolean {
  const [first] = source.statements;
  return (
    first !== undefined && ts.isExpressionStatement(first) && first.expression.getText().slice(1, -1) === directive
  );
}

/** Tells whether a form posts: its method is not "get". */
function isPostingForm(node: ts.Node): boolean {
  if (!ts.isJsxOpeningLikeElement(node) || node.tagName.getText() !== "form") return false;
  const method = node.attributes.properties.find((one) => ts.isJsxAttribute(one) && one.name.getText() === "method");
  return !method || !ts.isJsxAttribute(method) || !/^"get"$/i.test(method.initializer?.getText() ?? "");
}

function exportedNames(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (!ts.canHaveModifiers(statement)) return [];
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? "default"];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  });
}

/** Finds the name of the nearest named function: a declaration, or the value of a variable or property. */
function enclosingName(node: ts.Node): string {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) return at.name?.getText() ?? "default";
    const isFunction = ts.isArrowFunction(at) || ts.isFunctionExpression(at);
    if (isFunction && (ts.isPropertyAssignment(at.parent) || ts.isVariableDeclaration(at.parent))) {
      return at.parent.name.getText();
    }
  }
  return "module";
}

/** Lists all descendants in the order of the source. */
function descendantsOf(root: ts.Node): ts.Node[] {
  const all: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    all.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(root, visit);
  return all;
}
