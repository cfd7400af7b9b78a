// Shows openapi/v1.json as a list of operations. Text only, through textContent: nothing of the document is run or interpreted.
'use strict';

function element(tag, text, className) {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  if (className) node.className = className;
  return node;
}

function resolve(document, schema, depth) {
  if (!schema || depth > 5) return '…';
  if (schema.$ref) return resolve(document, document.components.schemas[schema.$ref.split('/').pop()], depth + 1);
  const types = [].concat(schema.type || []);
  if (schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties).map(([name, value]) => [name, resolve(document, value, depth + 1)]));
  }
  if (types.includes('array')) return [resolve(document, schema.items, depth + 1)];
  return (schema.enum || [schema.format || types.filter(type => type !== 'null').join('|') || 'any']).join('|');
}

function bodyOf(document, content) {
  const media = content && (content['application/json'] || content['application/problem+json']);
  return media && media.schema ? JSON.stringify(resolve(document, media.schema, 0), null, 2) : null;
}

function operationNode(document, path, method, operation) {
  const details = element('details');
  const summary = element('summary');
  summary.append(element('span', method.toUpperCase(), 'method ' + method), element('code', path), element('span', ' ' + (operation.summary || '')));
  details.append(summary);
  const request = operation.requestBody && bodyOf(document, operation.requestBody.content);
  if (request) details.append(element('h4', 'Request'), element('pre', request));
  for (const [status, response] of Object.entries(operation.responses || {})) {
    if (!status.startsWith('2')) continue;
    details.append(element('h4', 'Answer ' + status), element('pre', bodyOf(document, response.content) || '(empty)'));
  }
  return details;
}

async function show() {
  const target = document.getElementById('operations');
  const api = await (await fetch('/openapi/v1.json')).json();
  const groups = new Map();
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = (operation.tags || ['other'])[0];
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operationNode(api, path, method, operation));
    }
  }
  target.replaceChildren(...[...groups].flatMap(([tag, nodes]) => [element('h2', tag), ...nodes]));
}

show().catch(error => { document.getElementById('operations').textContent = 'The description could not be loaded: ' + error.message; });
