/**
 * The stylesheet of every message; `modal.ts`, `tab.ts` and `coupon.ts` bring their own. Colours are tokens: the theme's, else these defaults,
 * which meet WCAG AA in both schemes. A message is seen in its first frame; an image is painted with no opacity first, also for who wants no
 * motion: browsers do not take it for the page's largest contentful paint then (V3).
 */
export const css = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:0 auto auto 0!important;width:0!important;height:0!important}
:host([data-kikubari=inline]){position:static!important;width:auto!important;height:auto!important}
*,::before,::after{box-sizing:border-box}
.root{--accent:#1f2a37;--accent-text:#fff;--surface:#fff;--text:#1d1f22;--muted:#5f646b;--border:#e3e5e8;--problem:#b3261e;--radius:14px;--gap:12px;--shade:rgb(15 20 28/.16);
--line:color-mix(in srgb,var(--muted) 80%,var(--surface));--tint:color-mix(in srgb,var(--accent) 6%,var(--surface));--inner:min(calc(var(--radius)*.7),12px);
--space:1;font:400 15px/1.6 system-ui,sans-serif;color:var(--text);text-align:start;overflow-wrap:anywhere;color-scheme:light}
.root[data-scheme=dark]{--accent:#eef0f3;--accent-text:#16181c;--surface:#1c1f24;--text:#f0f1f3;--muted:#a8adb5;--border:#343941;--problem:#ffb4ab;--shade:rgb(0 0 0/.5);color-scheme:dark}
.root[data-spacing=compact]{--space:.75}.root[data-spacing=roomy]{--space:1.3}
.root:lang(ja){line-height:1.75;word-break:auto-phrase;line-break:strict;font-family:"Hiragino Sans","Hiragino Kaku Gothic ProN","BIZ UDPGothic","Yu Gothic Medium","Noto Sans CJK JP","Noto Sans JP",Meiryo,sans-serif}
.root[data-font=serif]{font-family:"Iowan Old Style","Palatino Linotype",Georgia,"Noto Serif",serif}
.root[data-font=serif]:lang(ja){font-family:"Hiragino Mincho ProN","Yu Mincho","Noto Serif CJK JP","Noto Serif JP",serif}
.root[data-font=rounded]{font-family:ui-rounded,"Hiragino Maru Gothic ProN","Arial Rounded MT Bold","M PLUS Rounded 1c",system-ui,"Noto Sans CJK JP",sans-serif}
h2,p,fieldset,legend{margin:0;padding:0;border:0;min-width:0}
h2{font-size:19px;font-weight:650;line-height:1.4;text-wrap:balance}
[tabindex]{outline:0!important}
h2:lang(ja),legend:lang(ja){font-feature-settings:"palt";line-height:1.55}
p{white-space:pre-line;text-wrap:pretty}
.text{color:color-mix(in srgb,var(--text) 82%,var(--surface))}
hr{margin:0;border:0;border-top:1px solid var(--border)}
.text a{color:inherit;text-underline-offset:.2em}
[hidden]{display:none!important}
.muted{color:var(--muted);font-size:13px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
img{display:block;max-width:100%;height:auto;border-radius:var(--inner);animation:fade .2s both}
img:not([data-here]){opacity:0;animation:none}
.card>img:first-child{width:calc(100% + 2*var(--pad));max-width:none;margin:calc(-1*var(--pad));margin-bottom:4px;border-radius:0}
.card:has(>img:first-child)~.close::before{content:"";position:absolute;inset:8px;z-index:-1;border-radius:50%;background:var(--surface)}
button,input,textarea,select{font:inherit;color:inherit;margin:0}
button{cursor:pointer}
:focus-visible,.line:focus-within{outline:2px solid var(--text);outline-offset:2px}
.surface{position:fixed;margin:0;padding:0;border:1px solid var(--border);border-radius:var(--radius);background:var(--surface);color:var(--text);box-shadow:0 1px 2px var(--shade),0 16px 48px -12px var(--shade);overflow:auto;max-height:calc(100dvh - 24px);width:calc(100vw - 24px);height:auto;z-index:2147483647;animation:in .24s cubic-bezier(.2,.7,.2,1) -.04s both}
.inside{--edge:24px;--pad:calc(var(--edge)*var(--space));position:relative;padding:var(--pad)}
.card{display:grid;grid-template-columns:minmax(0,1fr);gap:calc(16px*var(--space));animation:fade .2s -.04s both}
.card:has(~.close)>:where(h2,hr,[class]):where(:first-child,:is(hr,[hidden]):first-child+*){margin-inline-end:calc(56px - var(--pad))}
h2+.text{margin-top:-8px}
.slide-in,.toast{inset:auto;inset-block-end:var(--gap);inset-inline-end:var(--gap);max-width:392px;--from:0 16px}
.surface[data-position$=right]{inset:auto var(--gap) var(--gap) auto}
.surface[data-position$=left]{inset:auto auto var(--gap) var(--gap)}
.surface[data-position^=top]{--from:0 -16px}
.surface[data-position=top-right]{inset:var(--gap) var(--gap) auto auto}
.surface[data-position=top-left]{inset:var(--gap) auto auto var(--gap)}
.toast:not([data-position*="-"]){inset:auto 0 var(--gap);margin-inline:auto}
.toast[data-position=top]{inset:var(--gap) 0 auto;margin-inline:auto}
.toast .inside{--edge:14px;padding-inline:18px 52px}
.toast .card{gap:4px;font-size:14px}
.toast .card>*{padding:0!important;margin:0}
.toast h2{font-size:15px}
.toast .close{inset-block-start:4px}
.inline{position:relative;width:auto;max-height:var(--room,none);box-shadow:none;animation:none;z-index:auto}
.surface.banner{inset:auto 0 0;width:100%;max-width:none;border-width:1px 0 0;border-radius:0;--from:0 100%;box-shadow:0 -8px 32px -16px var(--shade);padding-bottom:env(safe-area-inset-bottom)}
.surface.banner[data-position=top]{inset:0 0 auto;border-width:0 0 1px;--from:0 -100%;box-shadow:0 8px 32px -16px var(--shade);padding:env(safe-area-inset-top) 0 0}
.banner .inside{max-width:1080px;margin:auto;padding-block:10px;padding-inline:16px 52px}
.banner .card{grid-template-columns:1fr auto;gap:2px 16px;align-items:center;align-content:center}
.banner .card:has(>img:not([hidden])){grid-template-columns:auto 1fr auto;min-height:44px}
.banner .card>*{grid-column:-3;padding:0!important;margin:0}
.banner .card>.buttons{grid-column:-2;grid-row:1/span 4}
.banner .card>:is(:nth-child(2),img+*+*).buttons{grid-row:1}
.banner .card>img{grid-column:1;grid-row:1/span 3;width:auto;max-width:14vw;height:44px;margin:-22px 0;object-fit:cover;border-radius:8px}
.banner .card>img:only-child{grid-column:1/-1;max-width:100%;height:auto;max-height:96px;margin:0}
.banner h2{font-size:15px}
.banner .text{font-size:13px;line-height:1.55}
.buttons{display:flex;flex-wrap:wrap;gap:8px}
.button{display:inline-flex;align-items:center;justify-content:center;min-height:44px;padding:8px 20px;border:1px solid transparent;border-radius:var(--inner);background:var(--accent);color:var(--accent-text);font-weight:600;line-height:1.35;text-align:center;text-decoration:none;transition:background .12s}
.button:hover{box-shadow:inset 0 0 0 1px}
.quiet{background:transparent;color:var(--text);padding-inline:14px}
.quiet:hover{background:var(--tint);box-shadow:none}
.close{position:absolute;z-index:0;inset-block-start:6px;inset-inline-end:6px;width:44px;height:44px;padding:12px;border:0;border-radius:50%;background:transparent;color:var(--muted)}
.close:hover{color:var(--text);background:var(--tint)}
.banner .close{inset-block-start:calc(50% - 22px);inset-inline-end:4px}
svg{display:block;width:100%;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round}
[data-leaving] .surface,[data-leaving].surface{animation:out .16s ease-in both}
@keyframes in{from{opacity:0;translate:var(--from,0)}}
@keyframes out{to{opacity:0;translate:var(--from,0)}}
@keyframes fade{from{opacity:0}}
@media(max-width:599px){.banner .inside{padding-block:6px 7px}.banner .button{padding:8px 12px;font-size:13px}.banner .card{column-gap:12px}.banner h2{font-size:14px;line-height:1.4}.banner .text{font-size:12px;line-height:1.45}}
@media(min-width:600px){.root{--gap:24px}}
@media(prefers-reduced-motion:reduce){*,::before,::after,::backdrop{animation:none!important;transition:none!important}[data-here]{animation:fade .02s both!important}}
@media(forced-colors:active){.button,.close{border:1px solid ButtonText}}
`;
