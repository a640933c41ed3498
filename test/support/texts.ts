import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Text that a person reads, in both languages; every branch of it, one after the other. */
export interface TextPair {
  /** Place of the text: file and path of keys, such as `protocol/errors/general.ts: disk-full.title`. */
  readonly where: string;
  readonly en: string;
  readonly ja: string;
}

/** All texts of a source that stand as `{ en: …, ja: … }`, however deep, down to single properties. */
export function pairsIn(path: string, source = readFileSync(path, 'utf8')): TextPair[] {
  const pairs: TextPair[] = [];
  const visit = (node: ts.Node, above: readonly string[]) => {
    if (ts.isObjectLiteralExpression(node)) {
      const [en, ja] = [propertyOf(node, 'en'), propertyOf(node, 'ja')];
      if (en && ja) pairs.push(...pairUp(en, ja, above, path));
    }
    const name = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node) ? nameOf(node) : undefined;
    ts.forEachChild(node, (child) => visit(child, name === undefined ? above : [...above, name]));
  };
  visit(parsed(path, source), []);
  return pairs;
}

/** The texts of two catalogues: objects of the same name and keys, one a file and language. */
export function pairsOfCatalogues(
  english: string,
  japanese: string,
  read = (path: string) => readFileSync(path, 'utf8'),
): TextPair[] {
  const [left, right] = [english, japanese].map((path) => constantsIn(parsed(path, read(path))));
  return [...left!].flatMap(([name, value]) => {
    const other = right!.get(name === 'en' ? 'ja' : name);
    return other ? pairUp(value, other, name === 'en' ? [] : [name], english) : [];
  });
}

function constantsIn(source: ts.SourceFile): Map<string, ts.Expression> {
  return new Map(
    source.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) =>
        declarationList.declarations.flatMap(({ name, initializer }): [string, ts.Expression][] =>
          initializer ? [[name.getText(), initializer]] : [],
        ),
      ),
  );
}

function pairUp(en: ts.Expression, ja: ts.Expression, above: readonly string[], path: string): TextPair[] {
  const [left, right] = [bare(en), bare(ja)];
  if (!ts.isObjectLiteralExpression(left) || !ts.isObjectLiteralExpression(right))
    return [{ where: `${path}: ${above.join('.')}`, en: wordsOf(left), ja: wordsOf(right) }];
  return left.properties.flatMap((property) => {
    const name = property.name ? nameOf(property) : undefined;
    const [one, other] = name === undefined ? [] : [propertyOf(left, name), propertyOf(right, name)];
    return one && other ? pairUp(one, other, [...above, name!], path) : [];
  });
}

/** Strings and templates that an expression writes, without those that are only compared with or looked up. */
function wordsOf(expression: ts.Node): string {
  const words: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isTypeNode(node) || ts.isElementAccessExpression(node)) return;
    if (ts.isBinaryExpression(node) && isEquality(node.operatorToken.kind)) return;
    if (ts.isStringLiteralLike(node)) words.push(node.text);
    else if (ts.isTemplateExpression(node))
      words.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'));
    ts.forEachChild(node, visit);
  };
  visit(expression);
  return words.join(' | ');
}

function isEquality(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken
  );
}

/** An expression without `as const`, `satisfies …` and parentheses. */
function bare(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isParenthesizedExpression(expression)
    ? bare(expression.expression)
    : expression;
}

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find((property) => property.name && nameOf(property) === name);
  return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

function nameOf({ name }: { readonly name?: ts.Node | undefined }): string {
  return name && (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name))
    ? name.text
    : (name?.getText() ?? '');
}

function parsed(path: string, source: string): ts.SourceFile {
  return ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
}
