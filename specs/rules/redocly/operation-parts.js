/**
 * What a value refers to and where that is, or the value itself.
 *
 * @param {any} resolve
 * @param {any} value
 * @param {any} [from] the place of the value; that of the rule's node by default
 * @returns {{ node: any, location: any }}
 */
export function follow(resolve, value, from) {
  return value?.$ref === undefined ? { node: value, location: from } : resolve(value, from);
}

/**
 * The names of what an operation's requests and answers have.
 *
 * @param {any} operation
 * @param {any[]} shared the parameters of the path
 * @param {any} resolve
 */
export function describe(operation, shared, resolve) {
  const { responses = {} } = operation;
  const parameters = [...shared, ...(operation.parameters ?? [])].map((one) => follow(resolve, one).node);
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
  const [body, answer, missing] = [operation.requestBody, success, responses["404"]].map((part) => {
    const { node, location } = follow(resolve, part);
    return { content: node?.content?.["application/json"], location };
  });
  const named = Object.entries(answer?.content?.examples ?? {});
  return {
    path: namesOf(parameters, "path"),
    query: namesOf(parameters, "query"),
    body: membersOf(body?.content?.schema, resolve, body?.location),
    examples:
      answer?.content?.example === undefined
        ? named.map(([, one]) => follow(resolve, one, answer?.location).node?.value)
        : [answer.content.example],
    named: named.map(([name]) => name),
    has404: responses["404"] !== undefined,
    named404: Object.keys(missing?.content?.examples ?? {}),
  };
}

/**
 * @param {any[]} parameters
 * @param {string} place
 * @returns {string[]}
 */
function namesOf(parameters, place) {
  return parameters.filter((one) => one?.in === place).map(({ name }) => name);
}

/**
 * @param {any} schema
 * @param {any} resolve
 * @param {any} from
 * @returns {string[]}
 */
function membersOf(schema, resolve, from) {
  const { node, location } = follow(resolve, schema, from);
  const { properties = {}, allOf = [], oneOf = [], anyOf = [] } = node ?? {};
  const parts = [...allOf, ...oneOf, ...anyOf];
  return [...Object.keys(properties), ...parts.flatMap((part) => membersOf(part, resolve, location))];
}
