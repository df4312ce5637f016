/** The stylesheet of a coupon. */
export const couponCss = `
.ticket{display:flex;align-items:center;gap:4px;padding:4px;padding-inline-start:16px;border:1px dashed var(--line);border-radius:var(--inner);background:var(--tint)}
.ticket input{flex:1;min-width:0;height:44px;padding:0;border:0;background:transparent;font:600 18px/1 ui-monospace,Consolas,monospace;letter-spacing:.08em;text-overflow:ellipsis}
.ticket .button{flex:none}
.coupon .muted:first-child{margin-bottom:6px}
@media(forced-colors:active){.ticket{border:1px solid ButtonText}}
`;
