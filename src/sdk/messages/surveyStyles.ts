/** The stylesheet of questions. */
export const surveyCss = `
.slide-in:has(.survey){max-width:456px}
.eyebrow{margin-bottom:-8px}
legend,[for]{display:block;font-size:17px;font-weight:650;line-height:1.45;text-wrap:balance;margin-bottom:14px}
.survey>:is(:first-child,:is(hr,[hidden]):first-child+*,.eyebrow+*)>:is(legend,[for]){padding-inline-end:calc(56px - var(--pad))}
small,.ends{font-size:12px;font-weight:400;color:var(--muted)}
.scale,.choices{display:grid;gap:4px}
.nps{grid-template-columns:repeat(6,1fr)}
.csat{grid-template-columns:repeat(5,1fr);gap:6px}
.scale label{position:relative}
.scale input{appearance:none;position:absolute;inset:0;width:100%;height:100%;cursor:pointer}
.scale span{display:grid;place-content:center;place-items:center;gap:4px;min-height:44px;border:1px solid var(--line);font-size:15px;font-variant-numeric:tabular-nums;line-height:1.2;transition:background .12s}
.scale label>*{border-radius:min(var(--inner),8px)}
.csat span:has(svg){padding:10px 0;font-size:13px}
.csat svg{width:28px;stroke-width:1.6}
.scale input:hover+span,.choices label:is(:hover,:has(:checked)){background:var(--tint)}
.scale input:checked+span{background:var(--accent);border-color:var(--accent);color:var(--accent-text);font-weight:650}
.ends{display:flex;justify-content:space-between;gap:24px;margin-top:8px;line-height:1.5}
.ends :last-child{text-align:end}
.choices{gap:8px}
.choices label{display:flex;align-items:center;gap:12px;min-height:44px;padding:8px 14px;border:1px solid var(--border);border-radius:var(--inner);line-height:1.45;cursor:pointer;transition:background .12s}
.choices label:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.choices label:has(:focus-visible){outline:2px solid var(--text);outline-offset:2px}
.choices input{flex:none;width:18px;height:18px;accent-color:var(--accent);outline:0}
.of-5{grid-template-columns:repeat(5,1fr)}.of-7{grid-template-columns:repeat(7,1fr)}.of-3{grid-template-columns:repeat(3,1fr)}.of-4{grid-template-columns:repeat(4,1fr)}
.of-6{grid-template-columns:repeat(6,1fr)}:is(.of-8,.of-9,.of-10){grid-template-columns:repeat(5,1fr)}
.thumbs{grid-template-columns:1fr 1fr;gap:8px}
.thumbs span{grid-auto-flow:column;padding:10px;gap:10px}
.thumbs svg{width:22px}
.thumbs label:last-child svg{rotate:180deg}
.stars span{border:0;min-height:48px}
.stars svg{width:32px;stroke:var(--line)}
.stars input:checked+span{background:transparent;color:inherit}
.stars label:is(:has(:checked),:has(~label :checked)) svg{fill:var(--accent);stroke:var(--accent)}
.pictures{display:grid;grid-template-columns:1fr 1fr;gap:8px}
.pictures label{position:relative;display:block;border:1px solid var(--border);border-radius:var(--inner);overflow:hidden;cursor:pointer}
.pictures input{position:absolute;inset-block-start:8px;inset-inline-start:8px;width:20px;height:20px;accent-color:var(--accent)}
.pictures img{width:100%;margin-bottom:8px;aspect-ratio:4/3;object-fit:cover;border-radius:0;background:var(--tint)}
.pictures span{display:block;line-height:1.45;padding-bottom:8px;text-align:center}
.pictures img+*,.pictures span{font-size:14px}
.pictures label:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.pictures label:has(:focus-visible){outline:2px solid var(--text);outline-offset:2px}
.line{display:block;width:100%;min-height:44px;padding:8px 14px;border:1px solid var(--line);border-radius:var(--inner);background:var(--surface);font-size:16px;line-height:1.5}
fieldset .line{margin-top:8px}
textarea{display:block;width:100%;min-height:104px;padding:10px 14px;border:1px solid var(--line);border-radius:var(--inner);background:transparent;font-size:16px;line-height:1.6;resize:vertical;field-sizing:content;max-height:40dvh}
::placeholder{color:var(--muted);opacity:1}
.problem{color:var(--problem);font-size:13px}
.problem:not(:empty){margin-top:8px}
.problem:not(:empty)::before{content:"!";display:inline-grid;place-items:center;width:16px;height:16px;margin-inline-end:6px;border:1.5px solid;border-radius:50%;font-size:11px;font-weight:700;line-height:1}
.steps{display:flex;align-items:center;gap:12px}
.steps .button:last-child{margin-inline-start:auto}
.steps .quiet:not(:last-child){margin-inline-start:-14px}
@media(min-width:480px){.nps{grid-template-columns:repeat(11,1fr)}.nps span{font-size:14px}}
@media(forced-colors:active){.stars{--line:CanvasText;--accent:Highlight}.scale:not(.stars) input:checked+span{forced-color-adjust:none;background:Highlight;color:HighlightText}.choices label:has(:checked){border:2px solid Highlight}}
`;
