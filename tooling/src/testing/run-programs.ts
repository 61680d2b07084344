import ts from "typescript";

/** One call by which a source starts another program. */
export type ProgramCall = {
  line: number;
  /** The program's name; null when the source does not say it in so many words. */
  program: string | null;
};

const MODULE = /^(node:)?child_process$/;

/**
 * Programs that a TypeScript source starts with `node:child_process`: by `spawn`, `execFile` and their kind, also under
 * another name and promisified. Node itself (`process.execPath`, `fork`) does not count. A shell's script is not read:
 * the shell is the program.
 * @throws Error when the source takes the module in another way than by importing functions by their names
 */
export function findProgramCalls(fileName: string, text: string): ProgramCall[] {
  if (!text.includes("child_process")) return [];
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const nodes = descendantsOf(source);
  const starters = new Set(nodes.flatMap((node) => importedNames(node)));
  /** `spawn`, or `promisify(execFile)` */
  const isStarter = (node: ts.Node | undefined): boolean => {
    if (node === undefined) return false;
    if (ts.isIdentifier(node)) return starters.has(node.text);
    return ts.isCallExpression(node) && node.expression.getText() === "promisify" && isStarter(node.arguments[0]);
  };
  for (const node of nodes) {
    if (ts.isVariableDeclaration(node) && isStarter(node.initializer)) starters.add(node.name.getText());
  }
  return nodes.flatMap((node) => {
    if (!ts.isCallExpression(node) || !isStarter(node.expression)) return [];
    const [first] = node.arguments;
    if (first === undefined || first.getText() === "process.execPath") return [];
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    return [{ line: line + 1, program: ts.isStringLiteralLike(first) ? first.text : null }];
  });
}

/** In the order of the source. */
function descendantsOf(node: ts.Node): ts.Node[] {
  const all: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    all.push(child, ...descendantsOf(child));
  });
  return all;
}

/** Local names of what an import takes from `node:child_process`, but `fork`, which runs Node. */
function importedNames(node: ts.Node): string[] {
  const refuse = () => new Error(`${node.getSourceFile().fileName}: import functions of child_process by their names`);
  const isOf = (from: ts.Node | undefined) => from && ts.isStringLiteral(from) && MODULE.test(from.text);
  // import("node:child_process"), require("node:child_process")
  if (ts.isCallExpression(node) && isOf(node.arguments[0]) && /^(import|require)$/.test(node.expression.getText())) {
    throw refuse();
  }
  if (!ts.isImportDeclaration(node) || !isOf(node.moduleSpecifier)) return [];
  const bindings = node.importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) throw refuse();
  return bindings.elements
    .filter(({ name, propertyName, isTypeOnly }) => !isTypeOnly && (propertyName ?? name).text !== "fork")
    .map(({ name }) => name.text);
}
