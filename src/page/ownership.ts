/** Properties that frameworks leave on the elements they render: React, Preact, Vue, Svelte, Angular, Lit, Solid. */
const MARKS = /^(__react|_react|__vue|_vnode|__vnode|__svelte|__k$|__ngContext|_\$lit|\$\$)/;
/** Comments with which they find their place again: React, Vue, Svelte, Lit. */
const COMMENTS = /^(\[!?|\]|\/?\$[?!]?|v-if|lit-|\?lit\$|teleport)/;
const ROOTS =
  '#__next, #__nuxt, #___gatsby, [data-reactroot], [data-v-app], [data-server-rendered], [ng-version], [data-hk], [data-sveltekit-hydrate], astro-island';

/**
 * Whether a framework renders this list, now or after it hydrates, so that its nodes are not ours to move. A container
 * that may belong to one (`#root`, `#app`) counts too: the gentler way costs a static page nothing.
 */
export function isOwned(container: Element): boolean {
  if (container.closest(`${ROOTS}, #root, #app, #svelte`) !== null) return true;
  for (let at: Element | null = container; at !== null; at = at.parentElement) {
    if (hasMarks(at)) return true;
    for (const node of at.childNodes)
      if (node.nodeType === Node.COMMENT_NODE && COMMENTS.test((node as Comment).data)) return true;
  }
  const first = container.firstElementChild;
  return first !== null && (hasMarks(first) || /(^|\s)svelte-[a-z0-9]{5,}/.test(first.className));
}

const hasMarks = (element: Element): boolean => Object.keys(element).some((name) => MARKS.test(name));
