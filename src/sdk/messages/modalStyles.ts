/** The stylesheet of a modal. */
export const modalCss = `
.modal{inset:0;margin:auto;max-width:440px;height:fit-content;--from:0 12px}
.modal .inside{--pad:32px}
.modal h2{font-size:22px}
.modal::backdrop{background:rgb(12 15 20/.45);animation:fade .2s both}
.modal .buttons{margin-top:4px}
.modal .buttons>*{flex:1 1 auto}
[data-leaving] ::backdrop{opacity:0;transition:opacity .16s}
@media(max-width:479px){.modal{margin:auto auto 12px}.modal .inside{--pad:24px}.modal .buttons{flex-direction:column}}
`;
