/** Points out the edges of the service that the pointer or the focus is on. */
export function startMaps(): void {
  for (const map of document.querySelectorAll('.map')) {
    const edges = [...map.querySelectorAll<SVGElement>('.edge')];
    const show = (target: EventTarget | null): void => {
      const within = target instanceof Element ? target : null;
      const node = within?.closest<SVGElement>('[data-node]') ?? within?.querySelector<SVGElement>('a > [data-node]');
      const id = within === map ? undefined : node?.dataset.node;
      map.classList.toggle('focused', id !== undefined);
      for (const edge of edges)
        edge.classList.toggle('near', id !== undefined && (edge.dataset.from === id || edge.dataset.to === id));
    };
    map.addEventListener('pointerover', ({ target }) => {
      show(target);
    });
    map.addEventListener('focusin', ({ target }) => {
      show(target);
    });
    for (const end of ['pointerleave', 'focusout']) {
      map.addEventListener(end, () => {
        show(null);
      });
    }
  }
}
