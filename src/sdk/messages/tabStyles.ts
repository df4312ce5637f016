/** The stylesheet of the launcher. Its focus ring is inside, on its own ground: that of the page may have any colour. */
export const tabCss = `
.launcher{position:fixed;margin:0;padding:0;border:0;background:transparent;overflow:visible;color:inherit;width:auto;height:auto;z-index:2147483647;animation:fade .3s both;inset:50% 0 auto auto;translate:0 -50%}
.launcher button{min-width:40px;min-height:44px;padding:14px 9px;border:1px solid var(--border);border-radius:var(--inner) 0 0 var(--inner);background:var(--surface);color:var(--text);font-size:14px;font-weight:600;line-height:1.4;letter-spacing:.06em;writing-mode:vertical-rl;outline-offset:-5px;box-shadow:0 4px 20px -6px var(--shade)}
.launcher button:hover{background:var(--tint)}
.launcher:has(+.surface){visibility:hidden}
:is(.launcher[data-position$=left],[dir=rtl]>.launcher:not([data-position$=right])){left:0;right:auto}
:is(.launcher[data-position$=left],[dir=rtl]>.launcher:not([data-position$=right])) button{border-radius:0 var(--inner) var(--inner) 0}
.launcher[data-position^=bottom-]{top:auto;bottom:var(--gap);translate:0}
[dir=rtl] button{letter-spacing:0}
[data-leaving] .launcher{animation:out .16s ease-in both}
`;
