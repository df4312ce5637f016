/** What host pages do to the globals every script shares: replaced, throwing, or with additions on the prototypes. */

const throwing = (path) => `${path} = function () { throw new Error('host ${path}'); };`;

/** Each is a statement; it runs before the SDK loads or after. */
export const HOSTILITIES = {
  'fetch throws': throwing('window.fetch'),
  'fetch rejects': 'window.fetch = () => Promise.reject(new Error("host"));',
  'JSON.stringify throws': throwing('JSON.stringify'),
  'JSON.stringify lies': 'JSON.stringify = () => "{}";',
  'JSON.parse throws': throwing('JSON.parse'),
  'Promise gone': 'window.Promise = function () { throw new Error("host"); };',
  'Array.from throws': throwing('Array.from'),
  'Object.keys throws': throwing('Object.keys'),
  'Array map throws': throwing('Array.prototype.map'),
  'Array filter throws': throwing('Array.prototype.filter'),
  'Object.prototype.enabled': 'Object.prototype.enabled = true;',
  'Object.prototype.get': 'Object.prototype.get = function () { return 1; };',
  'Object.prototype.toJSON': 'Object.prototype.toJSON = function () { return "host"; };',
  'Array.prototype.toJSON': 'Array.prototype.toJSON = function () { return JSON.stringify([...this]); };',
  'String.prototype.toJSON': 'String.prototype.toJSON = function () { return "host"; };',
  'Array.prototype.extra': 'Array.prototype.extra = function () {};',
  'Date.now throws': throwing('Date.now'),
  'setTimeout throws': throwing('window.setTimeout'),
  'Blob throws': throwing('window.Blob'),
  'getRandomValues throws': throwing('Crypto.prototype.getRandomValues'),
};
