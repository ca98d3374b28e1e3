/** One JavaScript or TypeScript text as a syntax tree with its scopes, for guards that read code as code. */
import ts from 'typescript';

export const parse = (name: string, text: string): ts.SourceFile =>
  ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);

export const walk = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
};

/** An identifier that stands for a value: not the name of a property, a member, a label or a declaration. */
const isReference = (node: ts.Identifier): boolean => {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isMethodDeclaration(parent) || ts.isAccessor(parent)) return false;
  if (ts.isPropertyDeclaration(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node;
  if (ts.isFunctionLike(parent) || ts.isClassLike(parent)) return false;
  return !ts.isMetaProperty(parent);
};

/** Names that a script uses and does not declare, with every place of each. */
export const freeNames = (text: string): ReadonlyMap<string, readonly ts.Identifier[]> => {
  // As TypeScript: in JavaScript the checker takes `a.b = 1` for a declaration of `a`.
  const name = '/script.ts';
  const source = parse(name, text);
  const host: ts.CompilerHost = {
    fileExists: (file) => file === name,
    readFile: () => undefined,
    getSourceFile: (file) => (file === name ? source : undefined),
    getDefaultLibFileName: () => '',
    writeFile: () => {},
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
  // Without a library every name that the script does not declare itself is unknown to the checker.
  const options: ts.CompilerOptions = {
    noLib: true,
    noResolve: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
  };
  const checker = ts.createProgram([name], options, host).getTypeChecker();
  const free = new Map<string, ts.Identifier[]>();
  walk(source, (node) => {
    if (!ts.isIdentifier(node) || !isReference(node)) return;
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    const isDeclared = symbol?.declarations?.some((declaration) => declaration.getSourceFile() === source) === true;
    if (!isDeclared) free.set(node.text, [...(free.get(node.text) ?? []), node]);
  });
  return free;
};

/** Syntax later than ES2019 but for `?.` and `??`, and what Apps Script's parser refuses; each with its text. */
export const newerSyntax = (text: string): readonly string[] => {
  const found: string[] = [];
  const source = parse('/script.js', text);
  const say = (what: string, node: ts.Node) => found.push(`${what}: ${node.getText(source).slice(0, 60)}`);
  walk(source, (node) => {
    if (ts.isPrivateIdentifier(node)) say('private member', node);
    if (ts.isPropertyDeclaration(node)) say('class field', node);
    if (ts.isClassStaticBlockDeclaration(node)) say('static block', node);
    if (
      node.kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
      node.kind === ts.SyntaxKind.BarBarEqualsToken ||
      node.kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken
    ) {
      say('logical assignment', node.parent);
    }
    if (ts.isBigIntLiteral(node)) say('BigInt', node);
    if (ts.isNumericLiteral(node) && node.getText(source).includes('_')) say('numeric separator', node);
    if (ts.isRegularExpressionLiteral(node) && /[dv][a-z]*$/.test(node.text.slice(node.text.lastIndexOf('/')))) {
      say('flag of a regular expression', node);
    }
    if (node.kind === ts.SyntaxKind.ImportKeyword || ts.isMetaProperty(node)) say('module', node.parent);
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isExportAssignment(node))
      say('module', node);
    if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      say('module', node);
    }
  });
  return found;
};
