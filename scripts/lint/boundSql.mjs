/**
 * ESLint rule: SQL text is never made of values (S13). A template literal or a sum that is SQL, or that is handed to a
 * statement-running method, may only hold fragments that are safe by their origin:
 * - `UPPER_CASE` constants and what they hold,
 * - names ending in `Sql`, or calls of functions whose name ends in `Sql` (SQL text, itself under this rule),
 * - `identifier(…)`, which quotes a name of the schema's allow-list, `literal(…)` for what cannot be bound, such as a
 *   path in `ATTACH`, and `placeholders(…)`, which gives only `?, ?, ?`.
 * - calls of functions of ours whose arguments are all such fragments or literals: nothing a request brings gets in there.
 * Everything a request can bring is a bound parameter.
 */
const SQL =
  /^\s*(select\s|insert\s+into|update\s+\S*\s*set\s|delete\s+from|with\s+\S*\s*as\s*\(|create\s+(or\s+replace\s+)?(table|view|index|schema|macro|sequence)|alter\s+table|drop\s|attach\s|copy\s|pragma\s|truncate\s)/i;
const STATEMENT_METHOD =
  /^(run|exec|execute|query|prepare|stream|all)(AndRead\w*|Statement\w*|Until\w*|All|One)?$/;
const SAFE_NAME = /^[A-Z][A-Z0-9_]*$|^sql$|Sql$/;
const SAFE_CALL = /^(identifier|literal|placeholders)$|Sql$/;

export const boundSql = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      built:
        'SQL is built from `{{source}}`: bind it as a parameter, or use identifier(…)/a name ending in Sql (S13).',
    },
  },
  create(context) {
    const report = (node) =>
      context.report({
        node,
        messageId: 'built',
        data: { source: context.sourceCode.getText(node).slice(0, 40) },
      });
    return {
      TemplateLiteral(node) {
        if (!isSqlText(node.quasis[0].value.raw) && !isStatementArgument(node)) return;
        node.expressions.filter((expression) => !isSafe(expression)).forEach(report);
      },
      BinaryExpression(node) {
        if (node.operator !== '+' || node.parent.type === 'BinaryExpression') return;
        const terms = flatten(node);
        if (!isSqlText(textOf(terms[0])) && !isStatementArgument(node)) return;
        terms.filter((term) => !isSafe(term)).forEach(report);
      },
    };
  },
};

function isSqlText(text) {
  return SQL.test(text);
}

function isStatementArgument({ parent, ...node }) {
  if (parent.type !== 'CallExpression' || parent.arguments[0]?.range?.[0] !== node.range[0]) return false;
  const { callee } = parent;
  return callee.type === 'MemberExpression' && STATEMENT_METHOD.test(callee.property.name ?? '');
}

function flatten(node) {
  return node.type === 'BinaryExpression' ? [...flatten(node.left), ...flatten(node.right)] : [node];
}

function textOf(node) {
  if (node.type === 'Literal') return String(node.value);
  return node.type === 'TemplateLiteral' ? node.quasis[0].value.raw : '';
}

function isSafe(node) {
  switch (node.type) {
    case 'Literal':
      return true;
    case 'TemplateLiteral':
      return node.expressions.every(isSafe);
    case 'Identifier':
      return SAFE_NAME.test(node.name);
    case 'MemberExpression':
      return isSafe(node.object) || (!node.computed && SAFE_NAME.test(node.property.name));
    case 'ConditionalExpression':
      return isSafe(node.consequent) && isSafe(node.alternate);
    case 'CallExpression':
      return isSafeCall(node);
    default:
      return false;
  }
}

function isSafeCall({ callee, arguments: given }) {
  if (callee.type === 'Identifier')
    return SAFE_CALL.test(callee.name) || (given.length > 0 && given.every(isSafe));
  // `partsSql.join(', ')` keeps what it joins.
  return callee.type === 'MemberExpression' && callee.property.name === 'join' && isSafe(callee.object);
}
