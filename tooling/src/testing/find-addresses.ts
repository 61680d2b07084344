import ts from "typescript";

const PAGES = "dashboard|notifications|profil|reconnexion|login|logout|console|interaction";
const ROUTES = "api|broadcasting";

/** Matches the address of a page or route at the start of a text, or after an expression in a template. */
const ADDRESS = new RegExp(`^/(?:${PAGES}|${ROUTES})(?=$|[/?#])`);
const SOMEWHERE = new RegExp(`["'\`}]/(?:${PAGES}|${ROUTES})`);

/** Tells whether a source may contain an address, since most sources need not be parsed. */
export const mayHaveAddress = (text: string): boolean => SOMEWHERE.test(text);

/** Finds the addresses of pages and routes that a source writes out, but not where it declares a route (`path: "…"`, `mount("…")`). */
export function findAddresses(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText && ADDRESS.test(node.text) && !declaresRoute(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function declaresRoute({ parent }: ts.Node): boolean {
  if (ts.isPropertyAssignment(parent)) return parent.name.getText() === "path";
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.expression.name.text === "mount"
  );
}
