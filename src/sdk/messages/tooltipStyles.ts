/** The stylesheet of a tooltip: until it has its place it is where nobody can see it, and hidden, so that coming from there moves nothing. Its arrow is a square that stands on a corner, of which half can be seen. */
export const tooltipCss = `
.surface.tooltip{visibility:hidden;inset:auto;left:var(--x,200vw);top:var(--y);max-width:min(320px,calc(100vw - 16px));width:max-content;overflow:visible;--from:0}
.tooltip .inside{--edge:18px;overflow:auto;max-height:calc(100dvh - 48px)}
.tooltip .card{gap:10px}
.tooltip h2{font-size:16px}
.arrow{position:absolute;width:12px;height:12px;rotate:45deg;background:inherit;border:1px solid var(--border)}
[data-side=bottom]>.arrow,[data-side=top]>.arrow{left:calc(var(--tip) - 6px)}
[data-side=right]>.arrow,[data-side=left]>.arrow{top:calc(var(--tip) - 6px)}
[data-side=bottom]>.arrow{top:-7px;border-width:1px 0 0 1px}
[data-side=top]>.arrow{bottom:-7px;border-width:0 1px 1px 0}
[data-side=right]>.arrow{left:-7px;border-width:0 0 1px 1px}
[data-side=left]>.arrow{right:-7px;border-width:1px 1px 0 0}
`;
