import ts from "typescript";

/** A page's address: the start of a text, or of what follows an expression in a template. */
const PAGE = /^\/(?:dashboard|notifications|profil|reconnexion|login|logout|console|interaction)(?=$|[/?#])/;

/** Whether a text may have one: most sources need not be parsed. */
export const mayHavePageAddress = (text: string): boolean =>
  /["'`}]\/(?:dashboard|notifications|profil|reconnexion|login|logout|console|interaction)/.test(text);

/** Addresses of pages that a source writes out; those of its routes (`path: "…"`, `mount("…")`) are not among them. */
export function findPageAddresses(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText && PAGE.test(node.text) && !declaresRoute(node)) found.push(node.text);
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
