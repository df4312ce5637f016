/** The stylesheet of modals and of messages over all of the page. */
export const modalCss = `
.surface.modal{inset:0;margin:auto;max-width:440px;height:fit-content;--from:0 12px}
.modal .inside{--edge:32px}
.modal h2{font-size:22px}
.modal::backdrop{background:rgb(12 15 20/.45);animation:fade .2s both}
.modal .buttons{margin-top:4px}
.modal .buttons>*{flex:1 1 auto}
[data-leaving] ::backdrop{opacity:0;transition:opacity .16s}
.surface.full{inset:0;width:100vw;max-width:none;height:100dvh;max-height:none;border:0;border-radius:0;display:grid;--from:0 12px}
.full:not([open]){display:none}
.full .inside{--edge:32px;width:min(100%,640px);margin:auto}
.full h2{font-size:28px}
@media(min-width:760px){.full .card>*{margin-inline-end:0}}
.full .close{position:fixed;inset-block-start:12px;inset-inline-end:12px}
@media(max-width:479px){.modal{margin:auto auto 12px}.modal .inside{--edge:24px}.modal .buttons{flex-direction:column}}
`;
